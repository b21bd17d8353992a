"""From what people write to records: the ids behind names, slugs and external ids, and what a path names."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process
from sqlalchemy import Connection

from app.api.problems import gone, invalid_parameters, not_found, parameter_problem
from app.api.suggestions import MOST_SUGGESTIONS
from app.api.validation import shown
from app.db.models.corpus import RecordKind
from app.domain.names import fold
from app.queries.records import (
    NAMES,
    Terms,
    find_records,
    names_near,
    record_at,
    redirect_of,
    withdrawal_of,
)
from app.schemas.problem import ParameterCode, ParameterProblem

CANDIDATES = 2_000
"""Names that are compared with an unknown one: those that begin like it."""

SAME_BEGINNING = 2
"""Letters that a suggestion shares with the unknown name: fewer would be a walk through all names."""

MOST_SUGGESTED_VALUES = 5
"""Unknown values that get suggestions in one answer; each is a query."""

NEAR_NAME = 75.0  # of 100: `bostn` is 91 to `boston`, `worcester` 62 to `manchester`

_EXTERNAL = re.compile(r"([a-z][a-z0-9]*):(\S+)")
_DIGITS = re.compile(r"[0-9]{1,10}")
_CODE = re.compile(r"[A-Za-z]{2}")


class MovedError(Exception):
    """The path names a record that was merged into another one: it stands at `slug`."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True, slots=True)
class Record:
    """A record that a value or a path was understood as."""

    id: int
    slug: str
    name: str | None


@dataclass(slots=True)
class _Look:
    """How one value is looked up: the ways in which it may name a record, the surest first."""

    value: str
    ways: list[tuple[str, str]] = field(default_factory=list)


def resolve(
    connection: Connection, asked: Mapping[str, Mapping[str, Sequence[str]]]
) -> dict[str, list[list[Record]]]:
    """Return for each parameter the records that each of its values names.

    `asked` gives for each filter its parameters with their values. One query, none when nothing is asked.
    Raises the problem that names every value which is unknown, with suggestions.
    """
    looks = {name: {p: [_look(name, v) for v in vs] for p, vs in ps.items()} for name, ps in asked.items()}
    found = _find(connection, looks)
    missing = [
        (name, parameter, look.value)
        for name, parameters in looks.items()
        for parameter, values in parameters.items()
        for look in values
        if not _first(found, name, look)
    ]
    if missing:
        raise invalid_parameters(list(_unknown(connection, missing)))
    return {
        parameter: [_first(found, name, look) for look in values]
        for name, parameters in looks.items()
        for parameter, values in parameters.items()
    }


def _look(name: str, value: str) -> _Look:
    names = NAMES[name]
    look = _Look(value)
    external = _EXTERNAL.fullmatch(value)
    if external is not None:
        scheme, number = external.groups()
        if _has_scheme(name, scheme) and _DIGITS.fullmatch(number):
            look.ways = [(scheme, number)]
        return look
    look.ways = [("slug", value)]
    if names.code is not None and _CODE.fullmatch(value):
        look.ways.append(("code", value.upper()))
    folded = fold(value)
    if folded and names.slug == "slug":
        look.ways.append(("name", folded))
    return look


_Found = dict[tuple[str, str, str], list[Record]]


def _find(connection: Connection, looks: Mapping[str, Mapping[str, list[_Look]]]) -> _Found:
    asked = {name: _terms(name, parameters.values()) for name, parameters in looks.items()}
    if not asked:
        return {}
    found: _Found = {}
    for row in connection.execute(find_records(asked)):
        name, how, term, id_, slug, label = row
        records = found.setdefault((name, how, term), [])
        record = Record(id_, slug, label)
        if record not in records:
            records.append(record)
    for records in found.values():
        records.sort(key=lambda record: record.slug)
    return found


def _terms(name: str, looks: Iterable[list[_Look]]) -> Terms:
    by_way: dict[str, dict[str, None]] = {}
    for look in (look for values in looks for look in values):
        for way, term in look.ways:
            by_way.setdefault(way, {})[term] = None
    scheme, _ = NAMES[name].external or ("", "")
    return Terms(
        slugs=list(by_way.get("slug", ())),
        codes=list(by_way.get("code", ())),
        names=list(by_way.get("name", ())),
        external=list(by_way.get(scheme, ())),
    )


def _first(found: _Found, name: str, look: _Look) -> list[Record]:
    """Return what the surest way found: a slug is that record, even when another one has it as its name."""
    for way, term in look.ways:
        records = found.get((name, way, term))
        if records:
            return records
    return []


def _unknown(connection: Connection, missing: Iterable[tuple[str, str, str]]) -> Iterable[ParameterProblem]:
    for place, (name, parameter, value) in enumerate(missing):
        external = _EXTERNAL.fullmatch(value)
        if external is not None and not _has_scheme(name, external[1]):
            yield parameter_problem(parameter, ParameterCode.INVALID_VALUE, _no_scheme(name, external[1]))
            continue
        near = suggest(connection, name, value) if place < MOST_SUGGESTED_VALUES else []
        hint = f" Did you mean '{near[0]}'?" if near else ""
        detail = f"No {name} is known as '{shown(value)}'.{hint}"
        yield parameter_problem(parameter, ParameterCode.UNKNOWN_VALUE, detail, suggestions=near)


def _has_scheme(name: str, scheme: str) -> bool:
    known = NAMES[name].external
    return known is not None and known[0] == scheme


def _no_scheme(name: str, scheme: str) -> str:
    known = NAMES[name].external
    hint = "there is none" if known is None else f"there is '{known[0]}:'"
    return f"'{scheme}:' is no kind of id of a {name}; {hint}."


def suggest(connection: Connection, name: str, value: str) -> list[str]:
    """Return slugs of records that `value` may have meant, the likeliest first."""
    folded = fold(value)
    if NAMES[name].slug != "slug" or len(folded) < SAME_BEGINNING:
        return []
    rows = connection.execute(names_near(name, folded[:SAME_BEGINNING], CANDIDATES)).all()
    names = [row.name_key for row in rows] + [fold(row.slug) for row in rows]
    near = process.extract(folded, names, scorer=fuzz.ratio, limit=None, score_cutoff=NEAR_NAME)
    scored = [(score, rows[place % len(rows)]) for _, score, place in near]
    scored.sort(key=lambda found: (-found[0], -found[1].weight, found[1].slug))
    slugs = dict.fromkeys(row.slug for _, row in scored)
    return list(slugs)[:MOST_SUGGESTIONS]


def at_path(connection: Connection, name: str, slug: str) -> Record:
    """Return the record that a path names.

    Raises MovedError for one that was merged, the problems `gone` for one that was withdrawn and `not_found`.
    """
    row = None if "\0" in slug else connection.execute(record_at(name, slug)).one_or_none()
    if row is None:
        raise absent(connection, NAMES[name].record, name, slug)
    return Record(row.id, row.slug, row.name)


def absent(connection: Connection, kind: RecordKind | None, name: str, slug: str) -> Exception:
    """Return why there is no record at a path: moved, gone, or never there."""
    if kind is not None and "\0" not in slug:
        target = connection.scalar(redirect_of(kind, slug))
        if target is not None:
            return MovedError(target)
        reason = connection.scalar(withdrawal_of(kind, slug))
        if reason is not None:
            return gone(f"The {name} '{shown(slug)}' stood once and was withdrawn: {reason}.")
    near = suggest(connection, name, slug) if name in NAMES else []
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return not_found(f"There is no {name} '{shown(slug)}'.{hint}")
