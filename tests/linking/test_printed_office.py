import re
from itertools import islice

import pytest

from app.domain.links import Party
from app.domain.span import Span
from app.linking.article import Indexes
from app.linking.office_holders import Office
from app.linking.printed_office import PrintedOffice, read_office

SENATOR, REPRESENTATIVE = Office.SENATOR, Office.REPRESENTATIVE


def printed(indexes: Indexes, text: str, *, title: str | None = None) -> PrintedOffice:
    """Read what stands beside the mentions of Ortega."""
    spans = [Span(*found.span()) for found in islice(re.finditer(r"(?:Ana )?Ortega", text), 5)]
    return read_office(text, spans, title=title, affiliation=None, gazetteer=indexes.gazetteer)


@pytest.mark.parametrize(
    ("text", "office", "state", "party"),
    [
        ("Sen. Ana Ortega (R-Fla.) said so.", SENATOR, "FL", Party.REPUBLICAN),
        ("Sen. Ana Ortega, D-N.Y., said so.", SENATOR, "NY", Party.DEMOCRATIC),
        ("Sen. Ana Ortega (D., N.J.) said so.", SENATOR, "NJ", Party.DEMOCRATIC),
        ("Rep. Ana Ortega (D-TX 21st) said so.", REPRESENTATIVE, "TX", Party.DEMOCRATIC),
        ("Rep. Ana Ortega (R) of Virginia said so.", REPRESENTATIVE, None, Party.REPUBLICAN),
        ("Ortega, a Texas Democrat, said so.", None, "TX", Party.DEMOCRATIC),
        ("Mr. Ortega, Ohio Republican, said so.", None, "OH", Party.REPUBLICAN),
        ("Ortega, a Democrat from New Mexico, said so.", None, "NM", Party.DEMOCRATIC),
        ("Florida Sen. Ana Ortega said so.", SENATOR, "FL", None),
        ("Texas Republican Rep. Ana Ortega said so.", REPRESENTATIVE, "TX", Party.REPUBLICAN),
        ("Rep. Ana Ortega of New York said so.", REPRESENTATIVE, "NY", None),
        ("Sens. Juan Vega (R-Ariz.), Eva Luna (D-Ill.) and Ana Ortega said so.", SENATOR, None, None),
        ("Senate Majority Leader Ana Ortega said so.", SENATOR, None, None),
        ("House Harbor Committee Chairman Ana Ortega said so.", REPRESENTATIVE, None, None),
        ("White House Speaker Ana Ortega said so.", None, None, None),
        ("Democrat Ana Ortega said so.", None, None, Party.DEMOCRATIC),
        ("As Sen. Ana Ortega said so.", SENATOR, None, None),
        ("Sen. Juan Vega (R) of Alabama and Sen. Ana Ortega said so.", SENATOR, None, None),
        ("Under Republican control, before Ana Ortega came.", None, None, None),
        ("The senator left. Ana Ortega said so.", None, None, None),
        ("Sen. Ana Ortega (I-Vt.) said so.", SENATOR, "VT", Party.INDEPENDENT),
        ("Ortega, a Maine independent who won, said so.", None, "ME", Party.INDEPENDENT),
        ("Sen. Ana Ortega, R-Ga., said so.", SENATOR, "GA", Party.REPUBLICAN),
        ("Sen. Ana Ortega (D-Ill.) and Rep. Vega, D-Md. He said so.", SENATOR, "IL", Party.DEMOCRATIC),
        ("Ms. Ortega, I think you are late.", None, None, None),
        ("Ms. Ortega I know.", None, None, None),
        ("Ortega, an independent harbor pilot, said so.", None, None, None),
        ("Many Democrats said Ortega was late.", None, None, None),
        ("Republicans supported Ortega.", None, None, None),
        ("Ana Ortega, who told a Republican, left.", None, None, None),
        (f"Sen. {'R-A ' * 36}met Ana Ortega.", None, None, None),  # would not end in a lifetime
    ],
)
def test_what_stands_beside_a_name(
    indexes: Indexes, text: str, office: Office | None, state: str | None, party: Party | None
) -> None:
    found = printed(indexes, text)
    assert found.offices == ({office} if office else set())
    assert found.states == ({state} if state else set())
    assert found.parties == ({party} if party else set())


@pytest.mark.parametrize(
    ("title", "party"),
    [
        ("libertarian candidate for governor", Party.LIBERTARIAN),
        ("Vermont independent", Party.INDEPENDENT),
        ("analyst at libertarian think tank", None),
        ("independent lawyer", None),
        ("Democratic strategist", Party.DEMOCRATIC),
    ],
)
def test_which_titles_tell_a_party(indexes: Indexes, title: str, party: Party | None) -> None:
    assert printed(indexes, "Ortega said so.", title=title).parties == ({party} if party else set())


@pytest.mark.parametrize(
    ("text", "title"),
    [("Texas state Sen. Ana Ortega said so.", None), ("Ortega said so.", "state representative")],
)
def test_a_seat_in_a_state_is_none_in_congress(indexes: Indexes, text: str, title: str | None) -> None:
    found = printed(indexes, text, title=title)
    assert found.state_level
    assert not found.offices


@pytest.mark.parametrize(
    ("title", "other"),
    [
        (None, False),
        ("Senate Majority Leader", False),
        ("top Democrat", False),
        ("Florida Gov.", False),
        ("professor of law", True),
        ("sheriff", True),
    ],
)
def test_which_titles_speak_against_congress(indexes: Indexes, title: str | None, *, other: bool) -> None:
    assert printed(indexes, "Ana Ortega said so.", title=title).other_title is other


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("Ana Ortega, head of the Harbor Union, left.", "head of the Harbor Union"),
        ("Ana Ortega, as well as the Harbor Union, left.", ""),
        ("Ana Ortega, along with the Harbor Union, left.", ""),
    ],
)
def test_what_is_joined_to_a_name_does_not_describe_it(indexes: Indexes, text: str, beside: str) -> None:
    assert printed(indexes, text).beside == beside
