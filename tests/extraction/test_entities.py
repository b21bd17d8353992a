import pytest
from spacy.language import Language

from app.extraction.entities import raw_entities

# text -> words and label of each entity
CASES = [
    (
        "Naureen Ortega of the Justice Department flew to Tampa.",
        [("Naureen Ortega", "person"), ("Justice Department", "organization"), ("Tampa", "location")],
    ),
    ("Congresswoman Ana Ortega’s Office called.", [("Ana Ortega", "person")]),
    ("The 1984 United States presidential election was close.", []),
    ("Hispanic voters like DACA.", []),
    ("US border agents went to Tampa.", [("US", "location"), ("Tampa", "location")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_recognised_names(nlp: Language, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.span.of(text), one.label.value) for one in raw_entities(nlp(text))] == expected
