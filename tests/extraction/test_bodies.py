"""Which organization "the group" and "the newspaper" mean; "the department" is in test_sources.py."""

import pytest
from spacy.language import Language


def speakers(nlp: Language, text: str) -> list[str]:
    return [one.name for one in nlp(text)._.statements[-1].speakers]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The ACLU sued the port. ", ["ACLU"]),
        ("The ACLU sued the port.\n\n", ["ACLU"]),
        ("The ACLU sued the port.\n\nIt rained.\n\n", []),
        ("The ACLU and Human Rights Watch sued. ", []),
        ("The ACLU sued the Department of Homeland Security. ", ["ACLU"]),
        ("The ACLU sued the White House. ", ["ACLU"]),
        ("The ACLU sued the Harbor Legal Center. ", []),  # may be a group, too
        ("The Harbor Legal Center sued the port. ", []),
        ("The Harbor Legal Center, a small nonprofit in Tampa, sued. ", ["Harbor Legal Center"]),
        ("The Harbor Legal Center, like one nonprofit in Tampa, sued. ", []),
        ("The Harbor Legal Center, which is small, met a nonprofit. ", []),
        ("The advocacy group Harbor Legal Center sued. ", ["Harbor Legal Center"]),
        ("The group FactCheck.org heard it. ", ["FactCheck.org"]),
        ("FactCheck.org heard it. ", []),
        ("The ACLU sued. A group of bakers left. ", []),
        ("The ACLU sued. Groups left. ", []),
        ("The ACLU sued. The group of bakers left. ", []),
        ("The ACLU sued the port. The group won. ", ["ACLU"]),
    ],
)
@pytest.mark.parametrize("noun", ["group", "organization"])
def test_which_group_it_is(nlp: Language, before: str, noun: str, expected: list[str]) -> None:
    assert speakers(nlp, f"{before}The {noun} said the plan was bad.") == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The Elm Times printed it. ", ["Elm Times"]),
        ("The Elm Times printed it.\n\n", ["Elm Times"]),
        ("The Elm Times printed it.\n\nIt rained.\n\n", []),
        ("The Elm Times and the Oak Herald printed it. ", []),
        ("The Elm Times printed it. A newspaper in Tampa did, too. ", []),
        ("The Elm Times printed it, as other newspapers did. ", []),
        ("CNN told the Elm Times. ", ["Elm Times"]),
        ("CNN told it. ", []),
    ],
)
def test_which_newspaper_it_is(nlp: Language, before: str, expected: list[str]) -> None:
    assert speakers(nlp, f"{before}The newspaper said the plan was bad.") == expected
