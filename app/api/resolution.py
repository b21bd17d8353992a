"""From what people write to records: the ids behind names, slugs and external ids."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from rapidfuzz import fuzz
from sqlalchemy import Connection

from app.api.problems import invalid_parameters, parameter_problem
from app.api.recollection import Key, Record, Records
from app.api.settling import Exchange
from app.api.suggestions import MOST_SUGGESTIONS
from app.api.validation import shown
from app.domain.names import fold
from app.queries.near import SAME_BEGINNING, names_near, near_parameters
from app.queries.records import NAMES, How, find_records
from app.schemas.problem import ParameterCode, ParameterProblem

MOST_SUGGESTED_VALUES = 5
"""Unknown values that get suggestions in one answer; each is a query."""

LONGEST_ID = 10
"""Characters of an external id behind the colon; no record has more."""

NEAR_NAME = 75.0  # of 100: `bostn` is 91 to `boston`, `worcester` 62 to `manchester`

_EXTERNAL = re.compile(r"([a-z][a-z0-9]*):(\S+)")
_CODE = re.compile(r"[A-Za-z]{2}")


Asked: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]
"""For each filter its parameters with their values."""

Ways: TypeAlias = list[tuple[How, str]]
Found: TypeAlias = dict[tuple[str, How, str], list[Record]]


def resolve(connection: Connection, asked: Asked, exchange: Exchange) -> dict[str, list[Records]]:
    """Return for each parameter the records that each of its values names.

    One query; none when nothing is asked, or all of it is remembered from other requests.
    Raises the problem that names every value which is unknown, with suggestions.
    """
    keys = list(dict.fromkeys((name, v) for name, ps in asked.items() for vs in ps.values() for v in vs))
    known: Mapping[Key, Records] | None = exchange.recall(keys)
    if known is None:
        known = _look_up(connection, keys)
        missing = [
            (name, parameter, value)
            for name, parameters in asked.items()
            for parameter, values in parameters.items()
            for value in values
            if not known[name, value]
        ]
        if missing:
            raise invalid_parameters(list(_unknown(connection, missing)))
        exchange.lookups.found.update(known)
    return {
        parameter: [known[name, value] for value in values]
        for name, parameters in asked.items()
        for parameter, values in parameters.items()
    }


def _look_up(connection: Connection, keys: Iterable[tuple[str, str]]) -> dict[Key, Records]:
    """Return the records that each value of a filter names, none for one that is unknown."""
    ways = {key: ways_of(*key) for key in keys}
    found = _find(connection, ways)
    return {(name, value): tuple(_surest(found, name, ways[name, value])) for name, value in ways}


def ways_of(name: str, value: str) -> Ways:
    """Return how a value may name a record of this filter, the surest way first."""
    names = NAMES[name]
    external = _EXTERNAL.fullmatch(value)
    if external is not None:
        possible = len(external[2]) <= LONGEST_ID and not _malformed(name, external)
        return [(How.EXTERNAL, external[2].upper())] if possible else []
    ways = [(How.SLUG, value)]
    if names.code is not None and _CODE.fullmatch(value):
        ways.append((How.CODE, value.upper()))
    folded = fold(value)
    if folded and names.slug == "slug":
        ways.append((How.NAME, folded))
    return ways


def _find(connection: Connection, ways: Mapping[tuple[str, str], Ways]) -> Found:
    """Return the records that the terms name, by filter, way and term."""
    terms: dict[tuple[str, How], list[str]] = {}
    for (name, _), ways_of_value in ways.items():
        for how, term in ways_of_value:
            terms.setdefault((name, how), []).append(term)
    if not terms:
        return {}
    found: dict[tuple[str, How, str], set[Record]] = {}
    for name, how, term, *record in connection.execute(*find_records(terms)):
        found.setdefault((name, How(how), term), set()).add(Record(*record))
    return {key: sorted(records, key=lambda record: record.slug) for key, records in found.items()}


def _surest(found: Found, name: str, ways: Ways) -> list[Record]:
    """Return what the surest way found: a slug is that record, even when another one has it as its name."""
    return next((found[name, how, term] for how, term in ways if (name, how, term) in found), [])


def _unknown(connection: Connection, missing: Iterable[tuple[str, str, str]]) -> Iterable[ParameterProblem]:
    for place, (name, parameter, value) in enumerate(missing):
        external = _EXTERNAL.fullmatch(value)
        malformed = external and _malformed(name, external)
        if malformed:
            yield parameter_problem(parameter, ParameterCode.INVALID_VALUE, malformed)
            continue
        near = suggest(connection, name, value) if place < MOST_SUGGESTED_VALUES else []
        hint = f" Did you mean '{near[0]}'?" if near else ""
        detail = f"No {name} is known as '{shown(value)}'.{hint}"
        yield parameter_problem(parameter, ParameterCode.UNKNOWN_VALUE, detail, suggestions=near)


def _malformed(name: str, external: re.Match[str]) -> str | None:
    """Return why this can be no external id of such a record, null when it can."""
    schemes = {known.scheme: known for known in NAMES[name].external}
    known = schemes.get(external[1])
    if known is None:
        kinds = " and ".join(f"'{scheme}:'" for scheme in schemes) or "none"
        return f"'{external[1]}:' is no kind of id here; for '{name}' there is {kinds}."
    if not known.form.fullmatch(external[2].upper()):
        return f"'{known.scheme}:' is followed by {known.described}, not by '{shown(external[2])}'."
    return None


def suggest(connection: Connection, name: str, value: str) -> list[str]:
    """Return slugs of records that `value` may have meant, the likeliest and most notable first."""
    folded = fold(value)
    if NAMES[name].slug != "slug" or len(folded) < SAME_BEGINNING:
        return []
    scored = [
        (max(likeness(folded, row.name_key), likeness(folded, fold(row.slug))), row)
        for row in connection.execute(names_near(name), near_parameters(folded))
    ]
    near = [found for found in scored if found[0] >= NEAR_NAME]
    near.sort(key=lambda found: (-found[0], -found[1].weight, found[1].slug))
    return list(dict.fromkeys(row.slug for _, row in near))[:MOST_SUGGESTIONS]


def likeness(folded: str, name: str) -> float:
    """Return how near a folded name is to another, of 100; one that has it as whole words is near."""
    if f" {folded} " in f" {name} ":
        return max(NEAR_NAME, fuzz.ratio(folded, name))
    return fuzz.ratio(folded, name)
