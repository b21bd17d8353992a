import pytest
from spacy.language import Language

from app.extraction.titles import best

# text -> title and affiliation of the first person
CASES = [
    ("Boston Mayor Ana Ortega spoke.", "Boston Mayor", None),
    (
        "Acting Immigration and Customs Enforcement Director Ruben Falk spoke.",
        "Acting Immigration and Customs Enforcement Director",
        "Immigration and Customs Enforcement",
    ),
    ("Rep. Ana Ortega said no.", "Rep.", None),
    ("Secretary of State Ruben Falk spoke.", "Secretary of State", None),
    ("Speaker of the House Karen Ortega spoke.", "Speaker of the House", None),
    (
        "Ambassador to the United Nations Ana Ortega spoke.",
        "Ambassador to the United Nations",
        "United Nations",
    ),
    ("A spokesman of the Senator Ruben Falk spoke.", "Senator", None),
    ("The director of the town Ana Ortega spoke.", None, None),
    ("A lawyer for the Port Ana Ortega spoke.", None, None),
    ("The spokesman of the former Mayor Ana Ortega spoke.", "former Mayor", None),
    ("The senator met the House Speaker Karen Ortega.", "House Speaker", None),
    (
        "Ana Ortega, executive director of the Harbor Legal Center, spoke.",
        "executive director",
        "Harbor Legal Center",
    ),
    ("Ana Ortega, senior policy counsel for the ACLU, spoke.", "senior policy counsel", "ACLU"),
    ("Ana Ortega, then attorney general, spoke.", "then attorney general", None),
    ("Rep. Ana Ortega, a Mississippi Democrat, spoke.", "Rep.", None),
    ("Ana Ortega, a Mississippi Democrat, spoke.", "Mississippi Democrat", None),
    (
        "Rep. Ana Ortega, D-Texas, chairwoman of the House Homeland Security Committee, spoke.",
        "chairwoman",
        "House Homeland Security Committee",
    ),
    ("Ana Ortega of the American Civil Liberties Union spoke.", None, "American Civil Liberties Union"),
    ("The mayor of Tampa, Ana Ortega, spoke.", "mayor of Tampa", None),
    (
        "Ana Ortega, who was chief counsel at the Harbor Legal Center, spoke.",
        "chief counsel",
        "Harbor Legal Center",
    ),
    (
        "Ana Ortega, director of communications for the Tampa-based Harbor Legal Center, spoke.",
        "director of communications",
        "Harbor Legal Center",
    ),
    ("A spokesman for Sen. Ana Ortega declined to comment.", "Sen.", None),
    ("A spokesman for House Speaker Ana Ortega declined to comment.", "House Speaker", None),
    (
        "House Permanent Select Committee on Intelligence Chairman Ruben Falk said the plan was bad.",
        "House Permanent Select Committee on Intelligence Chairman",
        "Intelligence",
    ),
    ("Falk, a member of Ana Ortega’s council, left.", None, None),
    ("Critics fear a President Ana Ortega.", None, None),
    ("Candidate for Governor Ana Ortega spoke.", "Candidate for Governor", None),
    ("Nebraska GOP Sen. Ana Ortega spoke.", "Nebraska GOP Sen.", None),
    ("Ana Ortega spoke, and the director left.", None, None),
    ("Ruben Falk, Secretary of Defense Ana Marek and others met in Tampa.", None, None),
    ("The court will stop Ruben Falk from circumventing Congress.", None, None),
    ("Ruben Falk, a Supreme Court litigator, left.", "Supreme Court litigator", None),
    (
        "White House Deputy Press Secretary Ruben Falk left.",
        "White House Deputy Press Secretary",
        "White House",
    ),
    ("Sen. Ana Ortega and Tampa Mayor Ruben Falk met.", "Sen.", None),
    ("On Monday Mexican Foreign Minister Ana Ortega left.", "Mexican Foreign Minister", None),
    ("Ana Ortega, the Democratic members of this Congress and others left.", None, None),
    ("Steven Marek and Ana Ortega, directors of the Harbor Legal Center, left.", None, None),
    ("Ana Ortega, a Tea Party-backed lawyer, left.", "Tea Party-backed lawyer", None),
    ("Ana Ortega, a former Obama adviser, left.", "former Obama adviser", None),
    ("Former Obama adviser Ana Ortega left.", "Former Obama adviser", None),
]


@pytest.mark.parametrize(("text", "title", "affiliation"), CASES)
def test_title_and_affiliation_as_printed(
    nlp: Language, text: str, title: str | None, affiliation: str | None
) -> None:
    person = next(one for one in nlp(text)._.people if one.given)
    assert best(person.presentations, {}) == (title, affiliation)


def test_a_plural_title_goes_to_all_who_are_listed(nlp: Language) -> None:
    people = nlp("GOP Sens. Ana Ortega of Ohio and Ruben Falk of Iowa wrote a letter.")._.people
    assert [best(person.presentations, {})[0] for person in people] == ["GOP Sens.", "GOP Sens."]


def test_a_plural_behind_the_last_of_several_is_that_ones_title(nlp: Language) -> None:
    people = nlp("Steven Marek and Ana Ortega, directors of the Harbor Legal Center, left.")._.people
    assert best(people[1].presentations, {}) == ("directors", "Harbor Legal Center")
