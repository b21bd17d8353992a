"""Whom a pronoun cannot stand for by its place in the sentence, told on the parse of the shipped model."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from app.extraction.binding import MOST_JOINED, bound, reach_of

PRONOUNS = frozenset({"him", "her", "his", "himself", "he", "she"})


def last_pronoun(plain: Language, text: str) -> tuple[Doc, int]:
    doc = plain(text)
    return doc, max(token.i for token in doc if token.lower_ in PRONOUNS)


BOUND = [
    ("Pressed by Falk, he said that the bridge was old.", ["Falk"]),
    ("Asked by Ortega and Falk, she left.", ["Falk", "Ortega"]),
    ("Ortega met him on Monday.", ["Ortega"]),
    ("Ortega gave him a hat.", ["Ortega"]),
    ("The mayor, Ortega, met him.", ["Ortega", "mayor"]),
    ("Ortega entered the court to thank him.", ["Ortega"]),
    ("Ortega began to praise him on Monday.", ["Ortega"]),
    ("Ortega had tried to begin to praise him.", ["Ortega"]),
    ("Ortega opened the bridge and thanked him.", ["Ortega"]),
    ("Ortega asked Falk to help her.", ["Falk"]),
    ("Ortega asked Falk to speak for her.", ["Falk"]),
    ("Ortega heard that Falk wished to work with him.", ["Falk"]),
    ("Ortega asked Falk to come with her.", ["Falk"]),
    ("Ortega accused Falk of hitting him.", ["Falk"]),
    ("Ortega left without thanking him.", ["Ortega"]),
    ("Ortega wrote a letter, thanking him for the bridge.", ["Ortega"]),
    ("Falk knew the officer who arrested him.", ["officer"]),
    ("Ortega saw her leave the court.", ["Ortega"]),
    ("Ortega and Falk met him on Monday.", ["Falk", "Ortega"]),
    ("Ortega was his deputy.", ["Ortega"]),
    ("Ortega hired Falk as his deputy.", ["Falk"]),
    ("They called Falk his heir.", ["Falk"]),
    ("Falk was named his deputy.", ["Falk"]),
]

FREE = [
    "Pressed by Falk, Ortega said that he was late.",
    "When the bridge was closed by Falk, he left.",
    "Opposed to Falk, he left.",
    "Ortega lost his hat.",
    "Ortega hurt himself.",
    "Ortega spoke of the bridge as his great work.",
    "Ortega was his own lawyer.",
    "Ortega said that Falk praised his bridge.",
    "Ortega said that he was late.",
    "Ortega took the dog with him.",
    "Ortega kept the dog behind him.",
    "Ortega found her calling as an actor.",
    "Ortega, her mother and her sister left.",
    "Ortega's brother said that he was late.",
]


@pytest.mark.parametrize(("text", "expected"), BOUND)
def test_who_acts_on_a_pronoun_is_not_meant_by_it(plain: Language, text: str, expected: list[str]) -> None:
    doc, at = last_pronoun(plain, text)
    assert sorted(doc[i].text for i in bound(doc[at])) == expected


@pytest.mark.parametrize("text", FREE)
def test_a_pronoun_that_nothing_binds_may_mean_anybody(plain: Language, text: str) -> None:
    doc, at = last_pronoun(plain, text)
    assert bound(doc[at]) == set()


def test_the_owner_of_a_subject_may_be_meant_by_its_object(plain: Language) -> None:
    doc, at = last_pronoun(plain, "Ortega's brother met him.")
    assert [doc[i].text for i in bound(doc[at])] == ["brother"]


def test_of_a_long_list_of_subjects_the_first_are_looked_at(plain: Language) -> None:
    text = f"{', '.join(['Ortega'] * 40)} and Falk met him."
    doc, at = last_pronoun(plain, text)
    assert len(bound(doc[at])) <= MOST_JOINED


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("She left when Ortega came.", "left"),
        ("Falk asked him about Ortega.", "asked"),
        ("His brother met Ortega.", None),
    ],
)
def test_in_reach_of_a_pronoun_is_what_its_verb_governs(plain: Language, text: str, verb: str | None) -> None:
    doc = plain(text)
    reach = reach_of(next(token for token in doc if token.lower_ in PRONOUNS))
    assert (reach.text if reach is not None else None) == verb
