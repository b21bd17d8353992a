from datetime import date

import pytest

from app.domain.names import slugify
from app.linking.article import Indexes


@pytest.mark.parametrize(
    ("last", "title", "on", "name"),
    [
        ("Bush", "President", date(1990, 5, 1), "George H. W. Bush"),
        ("Bush", "President", date(2006, 5, 1), "George W. Bush"),
        ("Bush", "U.S. President", date(2006, 5, 1), "George W. Bush"),
        ("Biden", "Vice President", date(2014, 5, 1), "Joe Biden"),
        ("Trump", "President-elect", date(2016, 12, 1), "Donald Trump"),
        ("Clinton", "former President", date(2015, 5, 1), "Bill Clinton"),
        ("Obama", "President", date(2018, 5, 1), "Barack Obama"),
        ("Trump", "President", None, "Donald Trump"),
        ("Bush", "President", None, None),
        ("Bush", "President", date(2015, 5, 1), None),
        ("Trump", "President", date(1999, 5, 1), None),
        ("Obama", "Senator", date(2006, 5, 1), None),
        ("Obama", "Bank President", date(2012, 5, 1), None),
        ("Ortega", "President", date(2012, 5, 1), None),
    ],
)
def test_whom_an_office_and_a_last_name_mean(
    indexes: Indexes, last: str, title: str, on: date | None, name: str | None
) -> None:
    found = indexes.office_holders.president(last, title, on=on)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("name", "slugs"),
    [
        ("Chuck Schumer", ["chuck-schumer"]),
        ("Charles E. Schumer", ["chuck-schumer"]),
        ("Charles Schumer", ["chuck-schumer"]),
        ("Charles B. Schumer", []),
        ("Mario Díaz-Balart", ["mario-diaz-balart"]),
        ("Mario Diaz Balart", ["mario-diaz-balart"]),
        ("George W. Bush", ["george-w-bush"]),
        ("George H.W. Bush", ["george-hw-bush"]),
        ("George Bush", ["george-hw-bush", "george-w-bush"]),
        ("Mike Rogers", ["mike-rogers"]),
        ("Ana Ortega", []),
    ],
)
def test_who_bears_a_name(indexes: Indexes, name: str, slugs: list[str]) -> None:
    assert sorted(one.slug for one in indexes.office_holders.named(name)) == slugs


def test_slugs_are_those_of_the_names_and_ids_belong_to_one_person(indexes: Indexes) -> None:
    holders = {one.slug: one for same in indexes.office_holders.by_last_name.values() for one in same}
    assert all(one.slug == slugify(one.name) for one in holders.values())
    for key in ("bioguide", "wikidata"):
        ids = [id_ for one in holders.values() if (id_ := getattr(one, key))]
        assert len(ids) == len(set(ids)) > 500


@pytest.mark.parametrize(
    ("on", "seat"),
    [
        (date(1997, 5, 1), ("rep", "NY")),
        (date(1998, 12, 20), ("sen", "NY")),  # elected
        (date(2013, 5, 1), ("sen", "NY")),
        (date(1970, 5, 1), None),
    ],
)
def test_which_term_counts_on_a_day(indexes: Indexes, on: date, seat: tuple[str, str] | None) -> None:
    (schumer,) = indexes.office_holders.named("Chuck Schumer")
    term = schumer.term_on(on)
    assert (term and (term.office, term.state)) == seat
