import pytest
from spacy.language import Language

from app.extraction.organizations import initials

# text -> words and full name of each mention
CASES = [
    (
        "The Harbor Legal Resource Center (HLRC) sued. HLRC won.",
        [
            ("Harbor Legal Resource Center", "Harbor Legal Resource Center"),
            ("HLRC", "Harbor Legal Resource Center"),
            ("HLRC", "Harbor Legal Resource Center"),
        ],
    ),
    (
        "Immigration and Customs Enforcement did not answer. ICE never does.",
        [
            ("Immigration and Customs Enforcement", "Immigration and Customs Enforcement"),
            ("ICE", "Immigration and Customs Enforcement"),
        ],
    ),
    ("ICE did not answer.", [("ICE", "ICE")]),
    (
        "The Harbor Coalition of Los Angeles sued DHS.",
        [("Harbor Coalition of Los Angeles", "Harbor Coalition of Los Angeles"), ("DHS", "DHS")],
    ),
    ("White House Deputy Press Secretary Ruben Falk left.", [("White House", "White House")]),
    ("She likes DACA, the Affordable Care Act and Global Entry.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_mentions_with_the_long_form_of_the_text(
    nlp: Language, text: str, expected: list[tuple[str, str]]
) -> None:
    assert [(one.text, one.full_name) for one in nlp(text)._.organizations] == expected


@pytest.mark.parametrize(
    ("name", "letters"),
    [("American Civil Liberties Union", "ACLU"), ("Immigration and Customs Enforcement", "ICE"), ("", "")],
)
def test_initials_leave_small_words_out(name: str, letters: str) -> None:
    assert initials(name) == letters
