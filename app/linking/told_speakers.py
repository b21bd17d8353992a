"""Speakers whom a person names: who a name means, and what office somebody held on a day."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from app.domain.links import Party, RoleCategory
from app.linking.office_holders import OfficeHolder, OfficeHolders, load_office_holders
from app.linking.printed_office import PrintedOffice
from app.linking.public_people import held_on, party_and_state
from app.linking.roles import role_of_term

InOffice = tuple[Party | None, str | None, RoleCategory]
"""Party, state and role on a day."""


def in_office(*, bioguide: str | None, wikidata: str | None, on: date | None) -> InOffice:
    """Return party, state and role of a person of public office on a day; what is unknown is null."""
    holder = _holder(bioguide, wikidata)
    party, state = party_and_state(holder, printed=PrintedOffice(), on=on)
    term = held_on(holder, on)
    return party, state, RoleCategory.UNKNOWN if term is None else role_of_term(term)


def _holder(bioguide: str | None, wikidata: str | None) -> OfficeHolder | None:
    for one in _all(_holders()):
        if (bioguide and one.bioguide == bioguide) or (wikidata and one.wikidata == wikidata):
            return one
    return None


def _all(holders: OfficeHolders) -> Iterator[OfficeHolder]:
    for same in holders.by_name.values():
        yield from same


@lru_cache(maxsize=1)
def _holders() -> OfficeHolders:
    return load_office_holders()
