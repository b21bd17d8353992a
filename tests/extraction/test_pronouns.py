import pytest
from spacy.language import Language

# text -> the words besides names that stand for the first person
CASES = [
    ("Ruben Falk spoke on Monday. He thanked the guests.", ["He"]),
    ("Ruben Falk spoke on Monday. She thanked the guests.", []),
    ("Karen Ortega met Ruben Falk on Monday. He thanked the guests.", []),
    ("Steven Ortega met Ruben Falk on Monday. He thanked the guests.", []),
    ("Ruben Falk spoke. Ruben Falk praised him on Monday.", []),
    ("Ruben Falk began to praise him on Monday.", []),
    ("Ruben Falk spoke on Monday. A guest must give his/her name or he or she waits.", []),
    ("Karen Ortega spoke on Monday. A guest waits until he or she is called.", []),
    ("Ruben Falk spoke on Monday. He or his lawyer left.", ["He", "his"]),
    ("Ruben Falk was his deputy in 1990.", []),
    ("Ruben Falk spoke. An officer came in. He thanked the guests.", []),
    ("Mayor Ruben Falk spoke on Monday. The mayor thanked the guests.", ["The mayor"]),
    ("Mayor Ruben Falk met Mayor Ana Ortega. The mayor thanked the guests.", []),
    ("Former Mayor Ruben Falk spoke on Monday. The mayor thanked the guests.", []),
    ("Ruben Falk spoke on Monday. “He lied,” a guest said.", []),
    ("President Trump flew to Tampa. She thanked the guests.", []),
    (
        "Ruben Falk left early. “It is bad,” said Ana Ortega, a lawyer. Mr. Falk is “too late,” he said.",
        [],
    ),
    ("“The plan is bad,” said Ruben Falk. Mr. Marek is “going to pay,” he said.", ["he"]),
    ("The plan failed, according to Ruben Falk. He blamed the guests.", ["He"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_stands_for_a_person(nlp: Language, text: str, expected: list[str]) -> None:
    assert [span.text for span in nlp(text)._.people[0].others] == expected
