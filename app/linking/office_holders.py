"""Who held an office when: members of Congress, presidents and vice presidents since 1957.

The file holds the members of Congress who sat when it was made, with all of their terms, and no former ones:
that a name is not here says nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from importlib.resources import files

from app.domain.links import Party
from app.domain.names import fold

_FILE = "office_holders.tsv"
_SHARED = "shared_names.txt"
_WELL_KNOWN = "well_known.txt"
# "President-elect Bush" is printed from the election in November until the inauguration in January.
ELECTED_BEFORE = timedelta(days=80)
# Words around an office that change when it was held. Any other word ("deputy", "bank") makes another office.
_NOT_YET = frozenset({"elect"})
_NO_LONGER = frozenset({"former", "ex", "past", "late", "then"})
_NEUTRAL = frozenset({"us", "united", "states", "american", "the", "democratic", "republican", "mr"})
_LONGEST_INITIALS = 2  # letters: "W.", "H. W."


class Office(StrEnum):
    """The offices of the file."""

    REPRESENTATIVE = "rep"
    SENATOR = "sen"
    PRESIDENT = "prez"
    VICE_PRESIDENT = "viceprez"


_WITHOUT_NAMESAKES = frozenset({"biden", "obama", "trump"})
"""Last names that, alone, mean a president in news of any year."""

EXECUTIVE = frozenset({Office.PRESIDENT, Office.VICE_PRESIDENT})
_TITLES = {("president",): Office.PRESIDENT, ("vice", "president"): Office.VICE_PRESIDENT}


@dataclass(frozen=True, slots=True)
class Term:
    """One office from `start` until `end`, the day that the next one starts; presidents are of no state."""

    office: Office
    start: date
    end: date
    state: str | None
    party: Party | None

    def covers(self, day: date | None) -> bool:
        """Tell whether the office is held on a day; on an unknown one it may be."""
        return day is None or self.start - ELECTED_BEFORE <= day < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHolder:
    """A person with every name in print. `name` is among `names`.

    `shares_name`: print shows another member of Congress under it, who is not in the file. `is_well_known`:
    the name alone means the person on a day in office.
    """

    slug: str
    name: str
    bioguide: str | None
    wikidata: str | None
    last_name: str
    names: tuple[str, ...]
    terms: tuple[Term, ...]
    shares_name: bool = False
    is_well_known: bool = False

    @property
    def was_executive(self) -> bool:
        """Tell whether it is a president or vice president: their names mean nobody else in the news."""
        return any(term.office in EXECUTIVE for term in self.terms)

    def term_on(self, day: date | None) -> Term | None:
        """Return the term that covers the day, the last one before it, null before all of them."""
        if day is None:
            return self.terms[-1] if len({(one.party, one.state) for one in self.terms}) == 1 else None
        begun = [term for term in self.terms if term.start - ELECTED_BEFORE <= day]
        return max(begun, key=lambda term: (term.covers(day), term.start)) if begun else None


@dataclass(frozen=True, slots=True)
class OfficeHolders:
    """The office holders by folded full name, without middle initials too, and by folded last name."""

    by_name: Mapping[str, tuple[OfficeHolder, ...]]
    by_last_name: Mapping[str, tuple[OfficeHolder, ...]]

    def named(self, name: str) -> tuple[OfficeHolder, ...]:
        """Return those who bear a full name, given without honorifics; a middle initial has to be theirs."""
        exact = self.by_name.get(fold(name))
        if exact:
            return exact
        words = fold(name).split()
        initials = [word for word in words[1:-1] if len(word) <= _LONGEST_INITIALS]
        bare = " ".join([*words[:1], *(word for word in words[1:-1] if word not in initials), *words[-1:]])
        return tuple(one for one in self.by_name.get(bare, ()) if _may_have(one, initials))

    def president(self, last_name: str, title: str, *, on: date | None) -> OfficeHolder | None:
        """Return the (vice) president that a title and a last name mean on a day, if only one fits."""
        office, when = _read_title(title)
        if office is None:
            return None
        terms = [
            (one, term)
            for one in self.by_last_name.get(fold(last_name), ())
            for term in one.terms
            if term.office == office
        ]
        if on is not None:  # titles are kept: "President Bush" years later
            begun = [(one, term) for one, term in terms if term.start <= on]
            terms = [(one, term) for one, term in terms if _fits(term, on, when)] or begun
        found = {one.slug: one for one, _ in terms}
        return next(iter(found.values())) if len(found) == 1 else None

    def by_last_name_alone(self, last_name: str) -> OfficeHolder | None:
        """Return the president whom news means by the last name alone."""
        name = fold(last_name)
        found = [one for one in self.by_last_name.get(name, ()) if one.was_executive]
        return found[0] if name in _WITHOUT_NAMESAKES and len(found) == 1 else None


def load_office_holders() -> OfficeHolders:
    """Read the file that is part of the package."""
    shared, well_known = frozenset(_lines(_SHARED)), frozenset(_lines(_WELL_KNOWN))
    return index_office_holders(
        replace(one, shares_name=one.slug in shared, is_well_known=one.slug in well_known)
        for one in map(_holder, _lines(_FILE))
    )


def _lines(name: str) -> Iterator[str]:
    text = files("app.linking").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if not line.startswith("#"))


def index_office_holders(holders: Iterable[OfficeHolder]) -> OfficeHolders:
    """Return the look-ups over the office holders. A name that two bear leads to both."""
    by_name: dict[str, tuple[OfficeHolder, ...]] = {}
    by_last_name: dict[str, tuple[OfficeHolder, ...]] = {}
    for holder in holders:
        for name in dict.fromkeys(form for one in holder.names for form in _forms(one)):
            by_name[name] = (*by_name.get(name, ()), holder)
        last = fold(holder.last_name)
        by_last_name[last] = (*by_last_name.get(last, ()), holder)
    return OfficeHolders(by_name, by_last_name)


def _holder(line: str) -> OfficeHolder:
    slug, name, bioguide, wikidata, last, others, terms = line.split("\t")
    return OfficeHolder(
        slug=slug,
        name=name,
        bioguide=bioguide or None,
        wikidata=wikidata or None,
        last_name=last,
        names=(name, *filter(None, others.split("|"))),
        terms=tuple(map(_term, terms.split("|"))),
    )


def _term(cell: str) -> Term:
    office, start, end, state, party = cell.split(":")
    return Term(
        Office(office),
        date.fromisoformat(start),
        date.fromisoformat(end),
        state or None,
        Party(party) if party else None,
    )


def _forms(name: str) -> tuple[str, str]:
    """Return the folded name, and without its middle initials: "Bennie G. Thompson", "Bennie Thompson"."""
    words = fold(name).split()
    middle = [word for word in words[1:-1] if len(word) > _LONGEST_INITIALS]
    return " ".join(words), " ".join([*words[:1], *middle, *words[-1:]])


def _may_have(holder: OfficeHolder, initials: list[str]) -> bool:
    """Tell whether middle initials are the person's, or the file does not know the person's."""
    known = {word[0] for name in holder.names for word in fold(name).split()[1:-1]}
    return not known or all(initial[0] in known for initial in initials)


def _read_title(title: str) -> tuple[Office | None, str]:
    """Return the office that a title names, and "now", "not yet" or "no longer"."""
    words = fold(title).split()
    core = tuple(word for word in words if word not in _NOT_YET | _NO_LONGER | _NEUTRAL)
    if not _NOT_YET.isdisjoint(words):
        return _TITLES.get(core), "not yet"
    return _TITLES.get(core), "no longer" if not _NO_LONGER.isdisjoint(words) else "now"


def _fits(term: Term, on: date, when: str) -> bool:
    if when == "no longer":
        return term.start <= on
    if when == "not yet":
        return term.start - ELECTED_BEFORE <= on < term.start
    return term.start <= on < term.end
