"""What the article asks by a name (kind and container said), and the places that could answer."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.domain.annotation import PlaceKind, PlaceMention
from app.domain.names import fold
from app.linking.containers import Container, container_of, lies_in, read_container
from app.linking.gazetteer import Candidate, Gazetteer, name_key
from app.linking.place_scores import Name

_STATE = PlaceKind.STATE
_HOME = "US"  # the country whose places news names without it
_COUNTY_WORDS = (" County", " Parish", " Borough")
# Known by the city, the largest of the name, unless the words say that the state or another one is meant.
STATE_AND_CITY = frozenset({"new york", "washington"})
_LOUISIANA = "La."  # "LA" and "L.A." are the city
_DISTRICT = "DC"  # "D.C." is the city; the district only by its full name
_PARTS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western"}
    | {"downtown", "greater", "metro"}
)
# Words of institutions that recognition leaves on a name: "Tampa City [Council]", "Tampa Regional [Airport]".
_INSTITUTIONS = frozenset(
    {"area", "central", "city", "community", "district", "high", "international", "library"}
    | {"marina", "memorial", "metropolitan", "municipal", "parks", "public", "regional", "town", "ward"}
)
_LARGE_ENOUGH = 20_000  # inhabitants: smaller cities have no parts that news calls by a name
_LARGE = (
    100_000  # inhabitants: "San Francisco, New York, Chicago" is a list, and no city in the state of New York
)


@dataclass(frozen=True, slots=True)
class Query:
    """A name with the kind and the container that the article gives it: one sense an article."""

    name: str
    kind: PlaceKind | None
    container: str | None


def queries_of(mentions: Sequence[PlaceMention]) -> list[Query | None]:
    """Return what each mention asks, null for a blocked one."""
    containers = _containers(mentions)
    return [None if mention.blocked else _query(mention, containers) for mention in mentions]


def candidates_of(query: Query, gazetteer: Gazetteer, named: Collection[Container]) -> tuple[Candidate, ...]:
    """Return the places of the name that are of the kind and in the container that the words say.

    A small place is one where no other place bears the name, or none in the container that is printed
    behind it. Without one, the country of a place abroad has to be among those that the article has `named`;
    a US place whose state is among them stands beside larger ones too.
    """
    found = _records(query.name, gazetteer) or _small_places(query, gazetteer, named)
    found += tuple(one for one in _hamlets(query.name, gazetteer, named) if one not in found)
    if query.kind is PlaceKind.COUNTY:
        found += tuple(one for word in _COUNTY_WORDS for one in gazetteer.candidates(query.name + word))
    if query.kind is not None:
        found = tuple(one for one in found if one.place.kind is query.kind)
    if query.container is not None and (where := read_container(query.container, gazetteer=gazetteer)):
        inside = _within(found, where) or _within(gazetteer.small_places(query.name), where)
        if inside or not _names_large_city(query.container, gazetteer):
            return inside
    return found if query.kind is not None else _usual(query.name, found)


def has_record(name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether any place may be meant by the name, whatever the article says."""
    return bool(_records(name, gazetteer) or gazetteer.small_places(name))


def usual_candidates(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the places that the bare name may mean, small ones aside."""
    return _usual(name, gazetteer.candidates(name))


def _records(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the places of the name, or of the part of it that is one's."""
    return gazetteer.candidates(name) or _around_part(name, gazetteer) or _before_institution(name, gazetteer)


def _hamlets(name: str, gazetteer: Gazetteer, named: Collection[Container]) -> Iterator[Candidate]:
    """Yield the small US places in the states that the article names."""
    for one in gazetteer.small_places(name):
        if one.place.country == _HOME and container_of(one.place) in named:
            yield one


def _small_places(query: Query, gazetteer: Gazetteer, named: Collection[Container]) -> tuple[Candidate, ...]:
    """Return the small places of the US and of the countries that are named, or all for a container."""
    countries = {container.country for container in named} | {_HOME}
    return tuple(
        one
        for one in gazetteer.small_places(query.name)
        if query.container is not None or one.place.country in countries
    )


def _around_part(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the states and larger cities that a name without a record is a part of: "South Philadelphia"."""
    part, _, whole = name.partition(" ")
    if part not in _PARTS or gazetteer.region(name) is not None:
        return ()
    return tuple(
        one
        for one in gazetteer.candidates(whole)
        if not one.alias and (one.place.kind is _STATE or (one.place.population or 0) >= _LARGE_ENOUGH)
        if one.place.kind is not PlaceKind.COUNTRY
    )


def _before_institution(name: str, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the cities that a name without a record is without the last words, those of an institution."""
    city, _, last = name.rpartition(" ")
    if last not in _INSTITUTIONS:
        return ()
    found = usual_candidates(city, gazetteer)
    if not found:
        return _before_institution(city, gazetteer)
    return found if all(one.place.kind is PlaceKind.CITY for one in found) else ()


def _usual(name: str, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the candidates without those that nobody means by the bare name."""
    found = tuple(
        one for one in found if not (one.alias and one.place.kind is _STATE and one.place.state == _DISTRICT)
    )
    if fold(name) in STATE_AND_CITY:
        return tuple(one for one in found if one.place.kind is PlaceKind.CITY)[:1]
    states = tuple(one for one in found if one.place.kind is _STATE and not one.alias)
    countries = tuple(one for one in found if one.place.kind is PlaceKind.COUNTRY)
    return states + countries if states else tuple(found)


def _names_large_city(name: str, gazetteer: Gazetteer) -> bool:
    cities = (one.place for one in gazetteer.candidates(name) if one.place.kind is PlaceKind.CITY)
    return any((city.population or 0) >= _LARGE for city in cities)


def describe(name: str, gazetteer: Gazetteer) -> Name:
    """Return what the name itself says."""
    return Name(
        text=name,
        common_word=fold(name) in _common_words(),
        region=gazetteer.region(name) is not None,
        words=len(name.split()),
    )


def _within(found: Sequence[Candidate], where: Collection[Container]) -> tuple[Candidate, ...]:
    """Return the cities and counties that lie in one of the containers."""
    parts = (one for one in found if one.place.kind in {PlaceKind.CITY, PlaceKind.COUNTY})
    return tuple(one for one in parts if any(lies_in(one, container) for container in where))


def _containers(mentions: Sequence[PlaceMention]) -> dict[str, str]:
    """Return the container that the article prints behind a name, if it prints one and the same."""
    printed: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.container:
            printed.setdefault(name_key(mention.text), set()).add(mention.container)
    return {name: containers.pop() for name, containers in printed.items() if len(containers) == 1}


def _query(mention: PlaceMention, containers: Mapping[str, str]) -> Query:
    """Return what is asked: with the container of the mention, else that of the name elsewhere."""
    kind, container = mention.kind, mention.container
    if kind is None and mention.text == _LOUISIANA:
        kind = _STATE
    if container is None and kind in {None, PlaceKind.CITY}:
        container = containers.get(name_key(mention.text))
    return Query(fold(mention.text), kind, container)


@cache
def _common_words() -> frozenset[str]:
    lines = (
        files("app.linking").joinpath("data", "needs_support.txt").read_text(encoding="utf-8").splitlines()
    )
    return frozenset(fold(line) for line in lines if not line.startswith("#"))
