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
    (
        "The 9th U.S. Circuit Court of Appeals asked the Ohio Supreme Court.",
        [
            ("9th U.S. Circuit Court of Appeals", "9th U.S. Circuit Court of Appeals"),
            ("Ohio Supreme Court", "Ohio Supreme Court"),
        ],
    ),
    (
        "The U.S. District Court for the Southern District of Texas heard Ana Ortega.",
        [("U.S. District Court for the Southern District of Texas",) * 2],
    ),
    (
        "The U.S. Court of Appeals for the Ninth Circuit sat.",
        [("U.S. Court of Appeals for the Ninth Circuit",) * 2],
    ),
    ("The Elm County District Attorney's Office sued.", [("Elm County District Attorney's Office",) * 2]),
    ("The Elm County Sheriff’s Office sued.", [("Elm County Sheriff’s Office",) * 2]),
    (
        "The House Subcommittee on Harbors, Rivers, and Lakes met.",
        [("House Subcommittee on Harbors, Rivers, and Lakes",) * 2],
    ),
    (
        "The Office of Refugee Resettlement and Customs and Border Protection met.",
        [("Office of Refugee Resettlement",) * 2, ("Customs and Border Protection",) * 2],
    ),
    ("The ACLU of Texas sued.", [("ACLU of Texas",) * 2]),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("India’s Supreme Court met. The Supreme Court voted.", ["Supreme Court of India"] * 2),
        ("The Supreme Court met. India’s Supreme Court voted.", ["Supreme Court"] * 2),
        ("The United States’ Supreme Court met.", ["Supreme Court"]),
        ("The Elm Times printed what the Times heard.", ["Elm Times"] * 2),
    ],
)
def test_names_that_many_bear_are_those_of_the_article(nlp: Language, text: str, expected: list[str]) -> None:
    assert [one.full_name.removeprefix("The ") for one in nlp(text)._.organizations] == expected
