from datetime import date

import pytest

from app.domain.links import Party
from app.linking.article import Indexes
from app.linking.office_holders import Office
from app.linking.printed_office import PrintedOffice
from app.linking.public_people import held_on, office_holder, party_and_state

SEN, REP = frozenset({Office.SENATOR}), frozenset({Office.REPRESENTATIVE})
DEMOCRATIC, REPUBLICAN = frozenset({Party.DEMOCRATIC}), frozenset({Party.REPUBLICAN})
IN_2018 = date(2018, 6, 1)


def states(*codes: str) -> frozenset[str]:
    return frozenset(codes)


@pytest.mark.parametrize(
    ("name", "printed", "on", "slug"),
    [
        ("Chuck Schumer", PrintedOffice(offices=SEN), IN_2018, "chuck-schumer"),
        ("Charles E. Schumer", PrintedOffice(parties=DEMOCRATIC), IN_2018, "chuck-schumer"),
        ("Charles Schumer", PrintedOffice(congress=True), IN_2018, "chuck-schumer"),
        ("Joaquin Castro", PrintedOffice(), IN_2018, None),
        ("Joaquin Castro", PrintedOffice(congress=True, other_title=True), IN_2018, None),
        ("Chuck Schumer", PrintedOffice(), IN_2018, "chuck-schumer"),
        ("Chuck Schumer", PrintedOffice(), date(1970, 1, 1), None),
        ("Chuck Schumer", PrintedOffice(), None, "chuck-schumer"),
        ("Chuck Schumer", PrintedOffice(other_title=True), IN_2018, None),
        ("Chuck Schumer", PrintedOffice(states=states("TX")), IN_2018, None),
        ("Joaquin Castro", PrintedOffice(congress=True), None, None),
        ("Chuck Schumer", PrintedOffice(congress=True), date(1990, 1, 1), "chuck-schumer"),  # in the House
        ("Chuck Schumer", PrintedOffice(congress=True), date(1970, 1, 1), None),
        ("Chuck Schumer", PrintedOffice(states=states("NY")), None, "chuck-schumer"),
        ("Chuck Schumer", PrintedOffice(offices=SEN), None, "chuck-schumer"),
        ("Mike Pence", PrintedOffice(), None, "mike-pence"),
        ("Chuck Schumer", PrintedOffice(offices=SEN, states=states("TX")), IN_2018, None),
        ("Chuck Schumer", PrintedOffice(offices=SEN, parties=REPUBLICAN), IN_2018, None),
        ("Chuck Schumer", PrintedOffice(offices=SEN), date(1990, 1, 1), None),
        ("Chuck Schumer", PrintedOffice(offices=REP), date(1990, 1, 1), "chuck-schumer"),
        ("Chuck Schumer", PrintedOffice(state_level=True, states=states("NY")), IN_2018, None),
        ("Bernie Sanders", PrintedOffice(offices=SEN, parties=DEMOCRATIC), IN_2018, "bernie-sanders"),
        ("Rick Scott", PrintedOffice(state_office=True, states=states("FL")), IN_2018, "rick-scott"),
        ("Rick Scott", PrintedOffice(state_office=True, states=states("TX")), IN_2018, None),
        ("Rick Scott", PrintedOffice(congress=True), date(2012, 6, 1), None),
        ("Alexandria Ocasio-Cortez", PrintedOffice(parties=DEMOCRATIC), IN_2018, "alexandria-ocasio-cortez"),
        ("Alexandria Ocasio-Cortez", PrintedOffice(parties=DEMOCRATIC), date(2012, 6, 1), None),
        ("Mike Rogers", PrintedOffice(offices=REP), date(2014, 6, 1), None),
        ("Mike Rogers", PrintedOffice(offices=REP, states=states("MI")), date(2014, 6, 1), None),
        ("Mike Rogers", PrintedOffice(offices=REP, states=states("AL")), date(2014, 6, 1), "mike-rogers"),
        ("Bob Menendez", PrintedOffice(offices=SEN, states=states("NJ")), date(2014, 6, 1), None),
        ("Bob Menendez", PrintedOffice(states=states("NJ"), parties=DEMOCRATIC), date(2023, 6, 1), None),
        ("Bob Menendez", PrintedOffice(states=states("NJ"), parties=DEMOCRATIC), None, None),
        ("Robert Menendez", PrintedOffice(offices=REP), date(2024, 6, 1), None),
        (
            "Robert Menendez",
            PrintedOffice(offices=REP, states=states("NJ")),
            date(2024, 6, 1),
            "rob-menendez",
        ),
        ("Donald Trump", PrintedOffice(), date(2012, 6, 1), "donald-trump"),
        ("Schumer", PrintedOffice(offices=SEN, states=states("NY")), IN_2018, None),
        ("Ortega", PrintedOffice(offices=SEN, states=states("NY")), IN_2018, None),
    ],
)
def test_who_fits(
    indexes: Indexes, name: str, printed: PrintedOffice, on: date | None, slug: str | None
) -> None:
    found = office_holder(name, printed=printed, on=on, holders=indexes.office_holders)
    assert (found.slug if found else None) == slug


@pytest.mark.parametrize(
    ("name", "printed", "on", "expected"),
    [
        ("Chuck Schumer", PrintedOffice(), IN_2018, (Party.DEMOCRATIC, "NY")),
        ("Kevin Kiley", PrintedOffice(), date(2024, 7, 1), (Party.REPUBLICAN, "CA")),
        ("Kevin Kiley", PrintedOffice(), date(2026, 5, 1), (Party.INDEPENDENT, "CA")),
        ("Kevin Kiley", PrintedOffice(), None, (None, None)),
        ("Donald Trump", PrintedOffice(), IN_2018, (Party.REPUBLICAN, None)),
        ("Donald Trump", PrintedOffice(parties=REPUBLICAN), date(2016, 6, 1), (Party.REPUBLICAN, None)),
        ("Donald Trump", PrintedOffice(), date(2012, 6, 1), (None, None)),
        ("Chuck Schumer", PrintedOffice(), None, (Party.DEMOCRATIC, "NY")),
    ],
)
def test_party_and_state_are_those_of_the_day(
    indexes: Indexes,
    name: str,
    printed: PrintedOffice,
    on: date | None,
    expected: tuple[Party | None, str | None],
) -> None:
    (holder,) = indexes.office_holders.named(name)
    assert party_and_state(holder, printed=printed, on=on) == expected


def test_others_have_the_party_and_state_that_are_printed() -> None:
    printed = PrintedOffice(parties=DEMOCRATIC, states=states("TX"), state_level=True)
    assert party_and_state(None, printed=printed, on=IN_2018) == (Party.DEMOCRATIC, "TX")
    assert party_and_state(None, printed=PrintedOffice(states=states("TX")), on=None) == (None, None)


@pytest.mark.parametrize(
    ("on", "holds"), [(None, False), (date(2016, 12, 1), False), (IN_2018, True), (date(2022, 1, 1), False)]
)
def test_an_office_is_held_from_the_first_day_to_the_last(
    indexes: Indexes, on: date | None, *, holds: bool
) -> None:
    (trump,) = indexes.office_holders.named("Donald Trump")
    assert (held_on(trump, on) is not None) is holds
