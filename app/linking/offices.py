"""Who held an office when: enough to tell whom "President Bush" names in an article of a given day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files

from app.domain.names import fold

_FILE = "presidents.tsv"
# "President-elect Bush" is printed from the election in November until the inauguration in January.
_ELECTED_BEFORE = timedelta(days=80)
# Words around an office that change when it was held. Any other word ("deputy", "bank") makes another office.
_NOT_YET = frozenset({"elect"})
_NO_LONGER = frozenset({"former", "ex", "past", "late", "then"})
_NEUTRAL = frozenset({"us", "united", "states", "american", "the", "democratic", "republican", "mr"})


@dataclass(frozen=True, slots=True)
class Term:
    """One person in one office from `start` to `end`, the day that the next one starts."""

    office: str
    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Offices:
    """Terms by the folded last name of who held them."""

    by_last_name: Mapping[str, tuple[Term, ...]]
    names: frozenset[str]  # folded, as news prints them: these keep their middle initials

    def holder(self, last_name: str, title: str, *, on: date | None) -> str | None:
        """Return the full name that a title and a last name mean on a day, null unless only one fits."""
        office, when = _read_title(title)
        if office is None:
            return None
        terms = [t for t in self.by_last_name.get(fold(last_name), ()) if t.office == office]
        if on is not None:
            begun = [
                term for term in terms if term.start <= on
            ]  # titles are kept: "President Bush" years later
            terms = [term for term in terms if _fits(term, on, when)] or begun
        names = {term.name for term in terms}
        return names.pop() if len(names) == 1 else None


def load_offices() -> Offices:
    """Read the file that is part of the package."""
    by_last_name: dict[str, tuple[Term, ...]] = {}
    names = set()
    for line in files("app.linking").joinpath("data", _FILE).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        start, end, office, last, name = line.split("\t")
        term = Term(office, name, date.fromisoformat(start), date.fromisoformat(end))
        by_last_name[fold(last)] = (*by_last_name.get(fold(last), ()), term)
        names.add(fold(name))
    return Offices(by_last_name, frozenset(names))


def _read_title(title: str) -> tuple[str | None, str]:
    """Return the office that a title names, and "now", "not yet" or "no longer"."""
    words = fold(title).split()
    core = [word for word in words if word not in _NOT_YET | _NO_LONGER | _NEUTRAL]
    office = {("president",): "president", ("vice", "president"): "vice president"}.get(tuple(core))
    if not _NOT_YET.isdisjoint(words):
        return office, "not yet"
    return office, "no longer" if not _NO_LONGER.isdisjoint(words) else "now"


def _fits(term: Term, on: date, when: str) -> bool:
    if when == "no longer":
        return term.start <= on
    if when == "not yet":
        return term.start - _ELECTED_BEFORE <= on < term.start
    return term.start <= on < term.end
