import pytest
from spacy.language import Language
from spacy.tokens import Span

from app.extraction.entities import raw_entities
from app.extraction.names import names_in
from app.extraction.person_spans import whole_person

# text -> words and label of each entity
CASES = [
    (
        "Naureen Ortega of the Justice Department flew to Tampa.",
        [("Naureen Ortega", "person"), ("Justice Department", "organization"), ("Tampa", "location")],
    ),
    ("Congresswoman Ana Ortega’s Office called.", [("Ana Ortega", "person")]),
    ("The 1984 United States presidential election was close.", []),
    ("Hispanic voters like DACA.", []),
    ("She met Sir Ruben Falk in Tampa.", [("Sir Ruben Falk", "person"), ("Tampa", "location")]),
    ("She met Mr. Ruben Falk in Tampa.", [("Ruben Falk", "person"), ("Tampa", "location")]),
    ("Fine Gael won the vote.", [("Fine Gael", "organization")]),
    ("US border agents went to Tampa.", [("US", "location"), ("Tampa", "location")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_recognised_names(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.span.of(text), one.label.value) for one in raw_entities(nlp(text))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody spoke.\n\nTrump ally bids are late.", ["Trump"]),
        ("Rep. Ana Moons left Tampa. Moons said the bridge was late.", ["Ana Moons", "Moons"]),
        ("Rep. Ana Moons left Tampa. Moons hang above the bridge.", ["Ana Moons"]),
    ],
)
def test_a_last_name_that_looks_like_a_plural_is_a_name_where_it_speaks(
    nlp: Language, text: str, expected: list[str]
) -> None:
    assert [one.span.of(text) for one in raw_entities(nlp(text)) if one.label == "person"] == expected


@pytest.mark.parametrize(("label", "kept"), [("ORG", 0), ("GPE", 0), ("PERSON", 1)])
def test_a_name_in_that_of_an_election_is_none_unless_it_is_a_person_s(
    nlp: Language, label: str, kept: int
) -> None:
    doc = nlp.make_doc("They lost the 2024 Ortega general election.")
    doc.ents = [Span(doc, 4, 5, label=label)]
    assert len(list(raw_entities(doc))) == kept


def test_a_name_goes_on_behind_the_hyphen_of_a_particle(nlp: Language) -> None:
    doc = nlp.make_doc("Layla al-Falk spoke.")
    assert whole_person(doc, 0, 2) == (0, 4)


def test_names_between_two_tokens_are_those_of_the_text(nlp: Language) -> None:
    doc = nlp(
        "Naureen Ortega of the Justice Department flew to Tampa, Florida, with Ruben Falk of Harbor House."
    )
    assert len(doc.ents) > 3
    for start in range(len(doc)):
        for end in range(start, len(doc) + 1):
            inside = [one for one in doc.ents if start <= one.start and one.end <= end]
            assert list(names_in(doc, start, end)) == inside
