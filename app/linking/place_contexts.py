"""What the words around a name say that the name does not: in a list of states "New York" is the state."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from app.domain.annotation import Field, PlaceKind, PlaceMention
from app.domain.article import Article
from app.linking.gazetteer import Gazetteer
from app.linking.place_parts import with_whole_names
from app.linking.place_queries import STATE_AND_CITY, Query

_BETWEEN = re.compile(r",?\s+(?:(?:and|or|&)\s+)?(?:the\s+)?")  # the members of a list
_FEWEST_STATES = 2  # besides the name: "Texas and New York" may be a state and a city
# "Ortega County Jail in New York", "upstate New York": what lies in a state.
_IN_STATE = re.compile(r"\bCounty(?: [A-Z]\w+){0,3}(?:,| in) $|\b[Uu]pstate $")
_LONGEST_BEFORE = 120  # characters of these words
_CITY_BEHIND = re.compile(r"\sCity\b")  # "the Texas city" is no Texas City
_COUNTY_BEHIND = re.compile(r"\s[Cc]ounty\b")
_COUNTIES_BEHIND = re.compile(r"\s[Cc]ounties\b")
_IN_BRACKETS = re.compile(r"\s\(")  # "Ortega County (Springfield)"


def with_contexts(
    queries: Sequence[Query | None],
    mentions: Sequence[PlaceMention],
    *,
    article: Article,
    gazetteer: Gazetteer,
) -> list[Query | None]:
    """Return the queries in order, with the kind or container that the words around the names say."""
    listed = _kinds_of_lists(queries, mentions, article, gazetteer)
    told = [
        query and _told(query, mention, before, article, gazetteer, listed=listed.get(at))
        for at, (query, mention, before) in enumerate(zip(queries, mentions, [None, *mentions], strict=False))
    ]
    return with_whole_names(told, gazetteer)


def _told(
    query: Query,
    mention: PlaceMention,
    before: PlaceMention | None,
    article: Article,
    gazetteer: Gazetteer,
    *,
    listed: PlaceKind | None,
) -> Query:
    text = _field(mention.field, article)
    if _CITY_BEHIND.match(text, mention.span.end):
        query = _with_city(query, gazetteer)
    if query.kind is not None or query.container is not None:
        return query
    start = mention.span.start
    if query.name in STATE_AND_CITY and _IN_STATE.search(text[max(0, start - _LONGEST_BEFORE) : start]):
        listed = PlaceKind.STATE
    if _COUNTY_BEHIND.match(text, mention.span.end):
        listed = PlaceKind.COUNTY
    if listed is not None:
        return replace(query, kind=listed)
    county = before and _IN_BRACKETS.fullmatch(_between(before, mention, article))
    state = county and before and _state_of_county(before.text, gazetteer)
    return replace(query, container=state) if state else query


def _with_city(query: Query, gazetteer: Gazetteer) -> Query:
    """Return the query for "Jersey City" where "City" stands behind "Jersey": the larger city of the two."""
    whole = f"{query.name} city"
    if _largest(whole, gazetteer) <= _largest(query.name, gazetteer):
        return query
    return replace(query, name=whole, kind=PlaceKind.CITY)


def _largest(name: str, gazetteer: Gazetteer) -> int:
    """Return the inhabitants of the largest city of that name, -1 when there is none."""
    cities = (one.place for one in gazetteer.candidates(name) if one.place.kind is PlaceKind.CITY)
    return max((city.population or 0 for city in cities), default=-1)


def _kinds_of_lists(
    queries: Sequence[Query | None], mentions: Sequence[PlaceMention], article: Article, gazetteer: Gazetteer
) -> dict[int, PlaceKind]:
    """Return the kinds that lists say, by position: counties where "counties" closes one, and the states
    among names of both that stand with states and nothing else.
    """
    found: dict[int, PlaceKind] = {}
    for run in _runs(mentions, article):
        last = mentions[run[-1]]
        both = [at for at in run if (query := queries[at]) is not None and query.name in STATE_AND_CITY]
        others = sorted({*run} - {*both})
        if len(run) > 1 and _COUNTIES_BEHIND.match(_field(last.field, article), last.span.end):
            found |= dict.fromkeys(run, PlaceKind.COUNTY)
        elif len(others) >= _FEWEST_STATES and all(_is_state(mentions[at].text, gazetteer) for at in others):
            found |= dict.fromkeys(both, PlaceKind.STATE)
    return found


def _runs(mentions: Sequence[PlaceMention], article: Article) -> Iterator[list[int]]:
    """Yield the positions of the mentions of each list."""
    pairs = pairwise(mentions)
    goes_on = [bool(_BETWEEN.fullmatch(_between(one, other, article))) for one, other in pairs]
    number = 0
    numbers = [0] + [number := number + (not on) for on in goes_on]
    for _, run in groupby(range(len(mentions)), key=lambda at: numbers[at]):
        yield list(run)


def _between(one: PlaceMention, other: PlaceMention, article: Article) -> str:
    if one.field is not other.field:
        return "."
    return _field(one.field, article)[one.span.end : other.span.start]


def _field(field: Field, article: Article) -> str:
    return (article.title or "") if field is Field.TITLE else article.text


def _is_state(name: str, gazetteer: Gazetteer) -> bool:
    return any(one.place.kind is PlaceKind.STATE and not one.alias for one in gazetteer.candidates(name))


def _state_of_county(name: str, gazetteer: Gazetteer) -> str | None:
    """Return the postal code of the one state that has the county."""
    counties = (one.place for one in gazetteer.candidates(name) if one.place.kind is PlaceKind.COUNTY)
    states = {county.state for county in counties}
    return states.pop() if len(states) == 1 else None
