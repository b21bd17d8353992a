"""Presidents of the United States: whom "the president" and "the Republican president" can mean."""

from collections.abc import Iterable
from functools import cache

from app.extraction.people import NamedPerson
from app.extraction.words import rows

PRESIDENT = "president"

OF_THE_COUNTRY = {
    "american": None,
    "u.s.": None,
    "us": None,
    "democratic": "Democratic",
    "republican": "Republican",
}
"""Words with "president" that say of which country, by the party that they tell."""


@cache
def _parties() -> dict[str, str]:
    return {row[1]: row[2] for row in rows("presidents.txt")}


def presidents(people: Iterable[NamedPerson], said: frozenset[str]) -> list[NamedPerson]:
    """Return the presidents among persons whom "president" means with the words `said` before it."""
    if not said <= OF_THE_COUNTRY.keys():
        return []
    parties = {OF_THE_COUNTRY[word] for word in said} - {None}
    return [one for one in people if one.is_president and parties <= {_parties()[one.last]}]
