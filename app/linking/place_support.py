"""How the places that an article likely means support each other: towns of one region are named together."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.linking.containers import Container, container_of

NEAR = 50.0  # km: a metropolitan area
IN_REGION = 161.0  # km: 100 miles, the distance that the field calls near
LEAST_CHANCE = 0.02  # of a city that can support another
ELSEWHERE = 0.05  # chance that a name of the article means a place outside of where it is from
FARTHEST = -6.0  # in nats: what is less likely to be home is no less likely for that
_EARTH_RADIUS = 6371.0  # km
_DEGREE = 111.0  # km from north to south, a little less than it is
_CELL = 2.0  # degrees that a cell of the map is high and wide
_COLUMNS = 180
_HIGHEST = 89.0  # degrees of latitude: at the pole everything is near
_LOCAL = frozenset({PlaceKind.CITY, PlaceKind.COUNTY})

Cell = tuple[int, int]
"""Row and column of a cell of the map."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A place that a name of the article means with some probability."""

    name: str
    place: GazetteerPlace
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What the other names say of a name's places.

    `cities` are those that the article likely means, numbered, by the cell that they lie in. `homes`: for
    each name, how likely each state and country is where the article is from by all names but this one, in
    nats below the likeliest.
    """

    cities: Mapping[Cell, Sequence[tuple[int, Expected]]] = field(default_factory=dict)
    homes: Mapping[str, Mapping[Container, float]] = field(default_factory=dict)

    def of(self, place: GazetteerPlace, name: str) -> dict[str, float]:
        """Return the features of a city or county."""
        near, in_region = self._around(place, name)
        home = self.homes.get(name, {})
        below = home.get(container_of(place), 0.0)
        total = sum(map(math.exp, home.values()))
        return {
            "near": math.log1p(near),
            "in_region": math.log1p(in_region),
            "home": math.exp(below) / total if total else 0.0,
            "not_home": max(below, FARTHEST),
        }

    def _around(self, place: GazetteerPlace, name: str) -> tuple[float, float]:
        """Return how many other names likely mean a place within each of the two distances."""
        near: dict[str, float] = {}
        in_region: dict[str, float] = {}
        around = (one for cell in _cells_around(place) for one in self.cities.get(cell, ()))
        for _, other in sorted(around, key=itemgetter(0)):
            if other.name == name or other.place.name == place.name:
                continue
            kilometres = distance(place, other.place)
            if kilometres <= IN_REGION:
                in_region[other.name] = max(other.chance, in_region.get(other.name, 0.0))
            if kilometres <= NEAR:
                near[other.name] = max(other.chance, near.get(other.name, 0.0))
        return sum(near.values()), sum(in_region.values())


NO_SUPPORT = Support()


def support_of(expected: Iterable[Expected], named: Mapping[Container, float]) -> Support:
    """Return the support that places give; `named`: how often the article names each state and country."""
    expected = list(expected)
    cities: dict[Cell, list[tuple[int, Expected]]] = {}
    for number, one in enumerate(expected):
        cell = _cell_of(one.place)
        if cell is not None and one.chance >= LEAST_CHANCE and one.place.kind is PlaceKind.CITY:
            cities.setdefault(cell, []).append((number, one))
    return Support(cities=cities, homes=_homes(expected, named))


def _homes(
    expected: Sequence[Expected], named: Mapping[Container, float]
) -> dict[str, dict[Container, float]]:
    """Return for each name how likely each container is home, by the other names and by its own."""
    inside: dict[str, dict[Container, float]] = {}
    for one in expected:
        if one.place.kind in _LOCAL:
            chances, container = inside.setdefault(one.name, {}), container_of(one.place)
            chances[container] = chances.get(container, 0.0) + one.chance
    says = {
        name: {container: math.log(chance + ELSEWHERE) for container, chance in chances.items()}
        for name, chances in inside.items()
    }
    nothing = math.log(ELSEWHERE)
    containers = {container_of(one.place) for one in expected}
    total = {
        container: math.log1p(named.get(container, 0.0))
        + sum(said.get(container, nothing) for said in says.values())
        for container in containers
    }
    return {name: _below(total, said, nothing) for name, said in says.items()}


def _below(
    total: Mapping[Container, float], said: Mapping[Container, float], nothing: float
) -> dict[Container, float]:
    """Return the totals without what one name said, as nats below the highest."""
    others = {container: score - said.get(container, nothing) for container, score in total.items()}
    top = max(others.values())
    return {container: score - top for container, score in others.items()}


def _cell_of(place: GazetteerPlace) -> Cell | None:
    """Return the row and the column of the map that a place lies in; null when it has no coordinates."""
    if place.latitude is None or place.longitude is None:
        return None
    return math.floor(place.latitude / _CELL), math.floor(place.longitude / _CELL) % _COLUMNS


def _cells_around(place: GazetteerPlace) -> Iterator[Cell]:
    """Yield the cells that hold all that lies in one region with a place."""
    cell = _cell_of(place)
    if cell is None or place.latitude is None:
        return
    reach = IN_REGION / _DEGREE
    across = math.cos(math.radians(min(abs(place.latitude) + reach, _HIGHEST)))
    columns = min(math.ceil(reach / across / _CELL), _COLUMNS // 2 - 1)
    rows = math.ceil(reach / _CELL)
    for row in range(-rows, rows + 1):
        for column in range(-columns, columns + 1):
            yield cell[0] + row, (cell[1] + column) % _COLUMNS


def distance(one: GazetteerPlace, other: GazetteerPlace) -> float:
    """Return the distance in km along the surface, infinite when a place has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH_RADIUS * math.asin(math.sqrt(half))
