"""Whose "the administration" is, and whom "the Republican president" means."""

import pytest
from spacy.language import Language

SAID = "The administration said the bridge was late."


def speakers(nlp: Language, text: str) -> list[str]:
    return [one.name for one in nlp(text)._.statements[-1].speakers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # of several, the one of the paragraph
        (f"The Bush administration left.\n\nThe Obama administration came. {SAID}", ["Obama administration"]),
        (f"The Bush administration met the Obama administration. {SAID}", []),
        (f"The Bush administration left. The Obama administration came.\n\n{SAID}", []),
        # none is named: that of the only president
        (f"President Obama flew to Tampa.\n\n{SAID}", ["Obama administration"]),
        (f"President Obama flew to Tampa, as Obama said.\n\n{SAID}", ["Obama administration"]),
        (f"Former President Obama flew to Tampa. {SAID}", []),
        (f"Barack Obama flew to Tampa. {SAID}", []),
        (f"President Obama met Donald Trump. {SAID}", []),
        (f"President Obama met the mayor, and the Ortega administration left. {SAID}", []),
        (f"President Obama met the mayor of the Falk administration’s port. {SAID}", []),
        (f"President Ana Ortega flew to Tampa. {SAID}", []),
        ("President Obama flew to Tampa. An administration said the bridge was late.", []),
    ],
)
def test_whose_administration_it_is(nlp: Language, text: str, expected: list[str]) -> None:
    assert speakers(nlp, text) == expected


def test_an_administration_named_later_is_that_of_the_only_president(nlp: Language) -> None:
    text = f"{SAID} President Obama left. The Obama administration came."
    assert [one.name for one in nlp(text)._.statements[0].speakers] == ["Obama administration"]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("The Republican president", ["Donald Trump"]),
        ("The U.S. president", ["Donald Trump"]),
        ("The Democratic president", []),
        ("The Harbor president", []),
        ("A Republican president", []),
    ],
)
def test_which_president_it_is(nlp: Language, who: str, expected: list[str]) -> None:
    text = f"Donald Trump flew to Tampa. {who} said the bridge was late."
    assert speakers(nlp, text) == expected


def test_of_two_presidents_the_one_of_the_party(nlp: Language) -> None:
    text = "Barack Obama met Donald Trump. The Republican president said the bridge was late."
    assert speakers(nlp, text) == ["Donald Trump"]
