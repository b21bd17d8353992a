"""Names that hold another name of the article: "Ortega Reservoir", "Rodeo Ortega" in news from Ortega."""

import re
from collections.abc import Mapping, Sequence

from app.domain.annotation import PlaceKind
from app.linking.gazetteer import Gazetteer
from app.linking.place_queries import Query, has_record, usual_candidates

_BETWEEN_WORDS = re.compile(r"[ -]")
_Words = tuple[str, ...]
# Behind a city's name they make a name of something that is larger or elsewhere.
_NOT_IN_CITY = frozenset(
    {"state", "county", "province", "valley", "river", "lake", "bay", "strip", "island", "mountain"}
    | {"ave", "avenue", "st", "street", "road", "place", "co"}
)


def with_whole_names(queries: Sequence[Query | None], gazetteer: Gazetteer) -> list[Query | None]:
    """Return the queries; a name without a record that begins or ends in a city's name asks for that city.

    The city's name has to stand in the article by itself.
    """
    cities: dict[_Words, Query] = {}
    for query in queries:
        if query and _asks_for_city(query, gazetteer):
            cities.setdefault(_words(query.name), query)
    return [query and _whole(query, cities, gazetteer) for query in queries]


def _whole(query: Query, cities: Mapping[_Words, Query], gazetteer: Gazetteer) -> Query:
    words = _words(query.name)
    if len(words) == 1 or _NOT_IN_CITY.intersection(words[1:]) or has_record(query.name, gazetteer):
        return query
    parts = (part for length in range(len(words) - 1, 0, -1) for part in (words[:length], words[-length:]))
    return next((cities[part] for part in parts if part in cities), query)


def _asks_for_city(query: Query, gazetteer: Gazetteer) -> bool:
    found = usual_candidates(query.name, gazetteer)
    return bool(found) and all(one.place.kind is PlaceKind.CITY for one in found)


def _words(name: str) -> _Words:
    return tuple(_BETWEEN_WORDS.split(name))
