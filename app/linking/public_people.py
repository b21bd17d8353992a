"""Which office holder a person of an article is: by the name and what is printed beside it, else none."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from app.domain.links import Party
from app.linking.office_holders import OfficeHolder, OfficeHolders, Term
from app.linking.printed_office import PrintedOffice

Found = TypeVar("Found")

_CAMPAIGN = timedelta(days=400)  # before the first day in office


def office_holder(
    name: str, *, printed: PrintedOffice, on: date | None, holders: OfficeHolders
) -> OfficeHolder | None:
    """Return the one who fits a full name without honorifics.

    A name alone is nobody's, except a president's and, on a day in office, that of a well-known member: else
    seat, state or party has to be printed with it, or on such a day Congress be named in the sentence. What
    contradicts (another seat, state, party or day) rules out. Two who fit, of those who hold an office then
    or else of those who did: none.
    """
    fitting = [one for one in holders.named(name) if _fits(one, printed, on)]
    sitting = [one for one in fitting if any(term.covers(on) for term in one.terms)]
    return _only(sitting or fitting)


def _only(fitting: Iterable[OfficeHolder]) -> OfficeHolder | None:
    found = list(fitting)
    return found[0] if len(found) == 1 else None


def _fits(holder: OfficeHolder, printed: PrintedOffice, on: date | None) -> bool:
    if printed.state_level or (holder.shares_name and not (printed.offices and printed.states)):
        return False
    if holder.was_executive:
        return True
    if printed.offices:
        return any(_is_seat(term, printed, on) for term in holder.terms)
    term = holder.term_on(on)
    if term is None:
        return _fits_before_congress(holder, printed, on)
    known = holder.is_well_known or (printed.congress and on is not None)
    in_congress = known and term.covers(on)
    beside = printed.parties or (not printed.other_title and (printed.states or in_congress))
    return _agrees(term, printed) and bool(beside)


def _fits_before_congress(holder: OfficeHolder, printed: PrintedOffice, on: date | None) -> bool:
    """Tell whether it is a governor or attorney general of the same state, or a candidate of the party."""
    first = holder.terms[0]
    if printed.state_office:
        return first.state in printed.states
    soon = on is not None and first.start - on < _CAMPAIGN
    return soon and first.party in printed.parties and not printed.other_title


def _is_seat(term: Term, printed: PrintedOffice, on: date | None) -> bool:
    """Tell whether a term is the seat that is printed, held on the day or before it."""
    begun = on is None or term.covers(on) or term.end <= on
    return term.office in printed.offices and begun and _agrees(term, printed)


def _agrees(term: Term, printed: PrintedOffice) -> bool:
    """Tell whether nothing printed contradicts a term; an independent sits with a party."""
    return (not printed.states or term.state in printed.states) and (
        not printed.parties or term.party is Party.INDEPENDENT or term.party in printed.parties
    )


def party_and_state(
    holder: OfficeHolder | None, *, printed: PrintedOffice, on: date | None
) -> tuple[Party | None, str | None]:
    """Return party and state on the day: of the seat held then or last, else as printed."""
    term = holder.term_on(on) if holder is not None else None
    if term is not None:
        return term.party, term.state
    in_politics = bool(printed.parties or printed.offices or printed.state_level or printed.state_office)
    return _single(printed.parties), _single(printed.states) if in_politics else None


def held_on(holder: OfficeHolder | None, day: date | None) -> Term | None:
    """Return the term in which the person holds office on the day; null before, after, and without a day.

    Without a day, what the article prints tells the role; elected is not yet in office.
    """
    term = holder.term_on(day) if holder is not None and day is not None else None
    return term if term is not None and day is not None and term.start <= day < term.end else None


def _single(found: frozenset[Found]) -> Found | None:
    return next(iter(found)) if len(found) == 1 else None
