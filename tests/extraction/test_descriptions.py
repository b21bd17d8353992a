"""Whom "the Ohio Democrat" describes: by the state, party and seat that print puts beside a name."""

import pytest
from spacy.language import Language

MET = "Sen. Ana Ortega (D-Ohio) met Sen. Ruben Falk of Texas and Rep. Karen Marek, R-Wyo., in Tampa. "


def speakers(nlp: Language, text: str) -> list[str]:
    return [one.name for one in nlp(text)._.statements[0].speakers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (MET + "The Ohio Democrat said the bridge was late.", ["Ana Ortega"]),
        (MET + "The Ohio senator said the bridge was late.", ["Ana Ortega"]),
        (MET + "The Texas senator said the bridge was late.", ["Ruben Falk"]),
        (MET + "“It is late,” the Wyoming congresswoman added.", ["Karen Marek"]),
        (MET + "The Ohio Republican said the bridge was late.", []),
        (MET + "The Texas Democrat said the bridge was late.", []),
        (MET + "An Ohio Democrat said the bridge was late.", []),
        (MET + "The Utah senator said the bridge was late.", []),
        ("The Ohio Democrat said the bridge was late. Sen. Ana Ortega (D-Ohio) left.", []),
        (
            "Sen. Ana Ortega (D-Ohio) met Rep. Ruben Falk (D-Ohio). The Ohio Democrat said it was late.",
            [],
        ),
        (
            "Democratic Sen. Ana Ortega of New Mexico left. The New Mexico Democrat said it was late.",
            ["Ana Ortega"],
        ),
        ("Ruben Falk, an Ohio Republican, left. The Ohio Republican said it was late.", ["Ruben Falk"]),
        ("Ohio Sen. Ana Ortega (D) left. The Ohio Democrat said it was late.", ["Ana Ortega"]),
        ("Former Ohio Sen. Ana Ortega left. The Ohio senator said it was late.", []),
    ],
)
def test_who_is_described(nlp: Language, text: str, expected: list[str]) -> None:
    assert speakers(nlp, text) == expected


SAID = "The Ohio Democrat said the bridge was late."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Sen. Ana Ortega left. {SAID}", ["Ana Ortega"]),
        (f"Sen. Ana Ortega left.\n\n{SAID}", ["Ana Ortega"]),
        (f"Sen. Ana Ortega left.\n\nIt rained.\n\n{SAID}", []),
        (f"Senate Minority Leader Ana Ortega left. {SAID}", ["Ana Ortega"]),
        (f"Speaker Ana Ortega left. {SAID}", ["Ana Ortega"]),
        (f"Keynote speaker Ana Ortega left. {SAID}", []),
        (f"Senate Harbor Committee Chairwoman Ana Ortega left. {SAID}", ["Ana Ortega"]),
        (f"Harbor Committee Chairwoman Ana Ortega left. {SAID}", []),
        (f"Union leader Ana Ortega left. {SAID}", []),
        (f"Ana Ortega left. {SAID}", []),
        (f"Former Sen. Ana Ortega left. {SAID}", []),
        (f"Sen. Ana Ortega met Ruben Falk. {SAID}", []),
        (f"Ruben Falk met Sen. Ana Ortega. {SAID}", []),
        (f"Sen. Ana Ortega met President Obama. {SAID}", ["Ana Ortega"]),
        (f"Sen. Ana Ortega of Texas left. {SAID}", []),
        (f"Republican Sen. Ana Ortega left. {SAID}", []),
        (f"Democratic Sen. Ana Ortega left. {SAID}", ["Ana Ortega"]),
        (f"Sen. Ruben Falk (D-Ohio) came.\n\nSen. Ana Ortega left. {SAID}", ["Ruben Falk"]),
        ("Sen. Ana Ortega left. The Ohio senator said it was late.", ["Ana Ortega"]),
        ("Rep. Ana Ortega left. The Ohio senator said it was late.", []),
        (f"{SAID} Sen. Ana Ortega left.", []),
    ],
)
def test_who_alone_is_named_near(nlp: Language, text: str, expected: list[str]) -> None:
    assert speakers(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("President Trump flew to Tampa. The president said the bridge was late.", ["Trump"]),
        ("President Trump flew to Tampa. The president of the club said the bridge was late.", []),
    ],
)
def test_the_president_of_a_club_is_not_that_of_the_country(
    nlp: Language, text: str, expected: list[str]
) -> None:
    assert speakers(nlp, text) == expected
