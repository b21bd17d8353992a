"""How the places that an article likely means support each other: towns of one region are named together."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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
_LOCAL = frozenset({PlaceKind.CITY, PlaceKind.COUNTY})


@dataclass(frozen=True, slots=True)
class Expected:
    """A place that a name of the article means with some probability."""

    name: str
    place: GazetteerPlace
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What the other names say of a name's places.

    `cities` are those that the article likely means. `homes`: for each name, how likely each state and
    country is where the article is from by all names but this one, in nats below the likeliest.
    """

    cities: Sequence[Expected] = ()
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
        for other in self.cities:
            if other.name == name or other.place.name == place.name or not _may_be_near(place, other.place):
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
    return Support(
        cities=[one for one in expected if one.chance >= LEAST_CHANCE and one.place.kind is PlaceKind.CITY],
        homes=_homes(expected, named),
    )


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


def _may_be_near(one: GazetteerPlace, other: GazetteerPlace) -> bool:
    """Tell, at little cost, whether two places may lie in one region."""
    if one.latitude is None or other.latitude is None:
        return False
    return abs(one.latitude - other.latitude) * _DEGREE <= IN_REGION


def distance(one: GazetteerPlace, other: GazetteerPlace) -> float:
    """Return the distance in km along the surface, infinite when a place has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH_RADIUS * math.asin(math.sqrt(half))
