"""From parameters to filters, and back to what the answer says that it understood."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel
from sqlalchemy import Connection

from app.api.filters import Collapse, Match, Others
from app.api.pagination import Count
from app.api.parameters import ListQuery
from app.api.recollection import Record, Records
from app.api.resolution import resolve
from app.api.settling import Exchange
from app.db.cue_words import asked_words
from app.db.models.links import OrganizationRelation
from app.queries.associations import Relations
from app.queries.filters import FILTERS, Filters, Group
from app.queries.periods import IdRange, parse_period, published_between
from app.queries.records import NAMES
from app.queries.search import Search, parse_search
from app.queries.slots import Value
from app.schemas.listing import QueryEcho, Understood, UnderstoodValue

_SLUG = re.compile(r"[a-z0-9-]+")
_ELSEWHERE = frozenset({"limit", "cursor", "sort", "count"})  # said of every list


@dataclass(frozen=True, slots=True)
class Preset:
    """The filter that a nested path presets, with the record that the path names."""

    filter: str
    record: Record


def understand(
    connection: Connection,
    parameters: ListQuery,
    exchange: Exchange,
    *,
    relations: Relations,
    preset: Preset | None,
) -> tuple[Filters, QueryEcho]:
    """Return the filters, all names resolved, and the query as it was understood.

    `relations` are those of organizations when the query says none. One query, none without names.
    Raises the problem that names every value which is unknown.
    """
    records = resolve(connection, _named(parameters), exchange)
    asked = frozenset(parameters.organization_relation) or relations
    filters = Filters(
        wanted=(*_wanted(parameters, records), *_preset(preset)),
        unwanted=tuple(_unwanted(parameters, records)),
        relations=asked,
        published=_published(parameters),
        search=None if parameters.q is None else parse_search(parameters.q),
        collapsed=parameters.collapse is Collapse.STORY,
    )
    return filters, _echo(parameters, records, filters, preset)


def is_bounded(parameters: ListQuery, filters: frozenset[str], *, most: int, preset: str | None) -> bool:
    """Tell whether a page is soon read: it is asked for no more than so many values of these filters."""
    given = parameters.model_fields_set
    if parameters.q is not None or parameters.count is Count.EXACT or not given.isdisjoint(_UNBOUNDED):
        return False
    asked = [(name, value) for name in given & FILTERS.keys() for value in _given(parameters, name)]
    asked += [] if preset is None else [(preset, "")]
    if len(asked) > most or sum(FILTERS[name].of_statement for name, _ in asked) > 1:
        return False  # two conditions on one statement are asked of every article that might have it
    return all(name in filters and (not value or _SLUG.fullmatch(str(value))) for name, value in asked)


_CUES = frozenset({"cue", "exclude_cue"})
_EXCLUDING = frozenset(f"exclude_{name}" for name in FILTERS)
_UNBOUNDED = _EXCLUDING | {"collapse"}


def _given(parameters: BaseModel, name: str) -> Sequence[str]:
    """Return the values of a parameter; none when it is not given, or this list does not take it."""
    value = getattr(parameters, name) if name in parameters.model_fields_set else ()
    return value if isinstance(value, tuple) else (value,)


def _named(parameters: BaseModel) -> dict[str, dict[str, Sequence[str]]]:
    """Return the values that name records, by filter and parameter."""
    named: dict[str, dict[str, Sequence[str]]] = {}
    given = parameters.model_fields_set
    for name in NAMES:
        for parameter in (name, f"exclude_{name}"):
            if parameter in given and _given(parameters, parameter):
                named.setdefault(name, {})[parameter] = _given(parameters, parameter)
    return named


def _alternatives(
    parameters: BaseModel, parameter: str, records: dict[str, list[Records]]
) -> list[tuple[Value, ...]]:
    """Return for each value of a parameter what satisfies it: the ids of its records, or itself."""
    if parameter in records:
        return [tuple(record.id for record in found) for found in records[parameter]]
    values = _given(parameters, parameter)
    return [(value,) for value in (map(asked_words, values) if parameter in _CUES else values)]


def _wanted(parameters: BaseModel, records: dict[str, list[Records]]) -> list[Group]:
    groups = []
    given = parameters.model_fields_set
    for name in FILTERS:
        if name in given:
            alternatives = _alternatives(parameters, name, records)
            if getattr(parameters, f"{name}_match", Match.ANY) is Match.ANY:
                alternatives = [_merged(alternatives)] if alternatives else []
            groups += [Group(name, values) for values in dict.fromkeys(alternatives)]
    return groups


def _unwanted(parameters: BaseModel, records: dict[str, list[Records]]) -> list[Group]:
    if parameters.model_fields_set.isdisjoint(_EXCLUDING):
        return []
    found = {name: _merged(_alternatives(parameters, f"exclude_{name}", records)) for name in FILTERS}
    return [Group(name, values) for name, values in found.items() if values]


def _merged(alternatives: Sequence[tuple[Value, ...]]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(value for values in alternatives for value in values))


def _preset(preset: Preset | None) -> list[Group]:
    return [] if preset is None else [Group(preset.filter, (preset.record.id,))]


def _published(parameters: Others) -> IdRange | None:
    start, end = (
        None if text is None else parse_period(text)
        for text in (parameters.published_from, parameters.published_to)
    )
    return published_between(start, end)


def _echo(
    parameters: ListQuery,
    records: dict[str, list[Records]],
    filters: Filters,
    preset: Preset | None,
) -> QueryEcho:
    echo: QueryEcho = {}
    if preset is not None:
        echo[preset.filter] = [_understood(preset.record.slug, [preset.record])]
    for name in _echoed(type(parameters), parameters.model_fields_set):
        value = getattr(parameters, name)
        if name in records:
            echo[name] = [_understood(v, found) for v, found in zip(value, records[name], strict=True)]
        elif name == "q" and isinstance(filters.search, Search):
            echo[name] = filters.search.understood
        elif name == "organization_relation":
            if _relations_matter(parameters, preset):
                echo[name] = [str(each) for each in OrganizationRelation if each in filters.relations]
        elif name.endswith("_match"):
            if _given(parameters, name.removesuffix("_match")):
                echo[name] = str(value)
        elif value not in (None, ()) and name not in _ELSEWHERE:
            echo[name] = [str(each) for each in value] if isinstance(value, tuple) else str(value)
    return echo


def _echoed(model: type[BaseModel], given: set[str]) -> list[str]:
    """Return the parameters that may be told, in the order of the model: the given ones, and those that have
    a say even when they are left out.
    """
    told = {"organization_relation", *given, *(f"{name}_match" for name in given)}
    return [name for name in model.model_fields if name in told]


def _relations_matter(parameters: Others, preset: Preset | None) -> bool:
    by_path = preset is not None and preset.filter == "organization"
    given = _given(parameters, "organization") or parameters.exclude_organization
    return bool(by_path or given)


def _understood(value: str, records: Sequence[Record]) -> UnderstoodValue:
    found = [Understood(slug=record.slug, name=record.name) for record in records]
    return UnderstoodValue(value=value, records=found)
