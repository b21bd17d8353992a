"""How likely a name means a place: readable features of name, place and article, one weight each.

A conditional logit: the candidates of a name and "none of these" share the probability. The weights were
fitted by evaluation/fit_places.py on the development halves of GeoWebNews and LGL.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.linking.containers import Container, container_of
from app.linking.gazetteer import Candidate

_EARTH_RADIUS = 6371.0  # km
NEAR = 50.0  # km: a metropolitan area
IN_REGION = 161.0  # km: 100 miles, the distance that the field calls near
LARGE = 5.0  # power of ten of inhabitants: from here on a city is known without its state
FEATURES = (
    "population",
    "large",
    "famous",
    "state",
    "country",
    "abroad",
    "alias",
    "most_populous",
    "state_named",
    "state_share",
    "country_named",
    "country_share",
    "companions",
    "companions_inside",
    "near",
    "in_region",
    "common_word",
    "region_name",
    "one_word",
)
WEIGHTS: Mapping[str, float] = {
    "county": 4.0,  # set by hand: the corpora do not say which county is meant
    "population": 0.19,
    "large": 0.90,
    "famous": 0.14,
    "state": 5.0,  # by hand (fitted 3.95): in US news "Georgia" is the state
    "country": 4.26,
    "abroad": 0.31,
    "alias": -1.03,
    "most_populous": 1.05,
    "state_named": 1.55,
    "state_share": 1.31,
    "country_named": 1.44,
    "country_share": -0.20,
    "companions": 2.99,
    "companions_inside": 3.0,  # by hand (0.78): unless the other places are those of the country
    "near": 0.72,
    "in_region": 0.69,
    "common_word": -2.5,  # by hand (-1.36): a city from a surname is worse than one missed
    "region_name": -2.10,
    "one_word": -1.22,
}
NONE_OF_THESE = 1.09


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the article says about where it is.

    `named`: how often it names each state and country. `companions`: for each of them the share of the
    article's other names that some place in it bears. `anchors`: the places already told.
    """

    named: Mapping[Container, float] = field(default_factory=dict)
    companions: Mapping[Container, float] = field(default_factory=dict)
    anchors: tuple[GazetteerPlace, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What the name itself says."""

    common_word: bool
    region: bool
    words: int


def probabilities(candidates: Sequence[Candidate], name: Name, around: Surroundings) -> list[float]:
    """Return the probability of each candidate; what is missing to one is that of "none of these"."""
    scores = [_weighed(found) for found in feature_table(candidates, name, around)]
    top = max((*scores, NONE_OF_THESE))
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers) + math.exp(NONE_OF_THESE - top)
    return [power / total for power in powers]


def feature_table(
    candidates: Sequence[Candidate], name: Name, around: Surroundings
) -> list[dict[str, float]]:
    """Return the features of each candidate."""
    cities = [one.place.population or 0 for one in candidates if one.place.kind is PlaceKind.CITY]
    namesakes = (max(cities, default=0), sum(cities))
    return [features(one, name, around, namesakes=namesakes) for one in candidates]


def features(
    candidate: Candidate, name: Name, around: Surroundings, *, namesakes: tuple[int, int]
) -> dict[str, float]:
    """Return the features of one candidate; a missing one is 0.

    `namesakes`: the largest and the total population of the cities of this name.
    """
    place = candidate.place
    population = place.population or 0
    if place.kind in {PlaceKind.STATE, PlaceKind.COUNTRY}:
        inside = around.companions.get(container_of(place), 0.0)
        return {place.kind.value: 1.0, "companions_inside": inside}
    found = {
        "population": math.log10(population + 1),
        "large": max(0.0, math.log10(population + 1) - LARGE),
        "famous": max(0.0, math.log10(population + 1) - LARGE) * population / max(namesakes[1], 1),
        "county": float(place.kind is PlaceKind.COUNTY),
        "abroad": float(place.country != "US"),
        "alias": float(candidate.alias),
        "most_populous": float(population == namesakes[0] > 0),
        "common_word": float(name.common_word),
        "region_name": float(name.region),
        "one_word": float(name.words == 1),
    }
    return found | _named(place, around) | _nearness(place, around.anchors)


def _named(place: GazetteerPlace, around: Surroundings) -> dict[str, float]:
    inside = container_of(place)
    kind = "state" if inside.state else "country"
    times = around.named.get(inside, 0.0)
    return {
        f"{kind}_named": float(times > 0),
        f"{kind}_share": times / sum(around.named.values()) if times else 0.0,
        "companions": around.companions.get(inside, 0.0),
    }


def _nearness(place: GazetteerPlace, anchors: Iterable[GazetteerPlace]) -> dict[str, float]:
    others = (distance(place, anchor) for anchor in anchors if anchor.name != place.name)
    nearest = min(others, default=math.inf)
    return {"near": float(nearest <= NEAR), "in_region": float(nearest <= IN_REGION)}


def _weighed(found: Mapping[str, float]) -> float:
    return sum(WEIGHTS[name] * value for name, value in found.items())


def distance(one: GazetteerPlace, other: GazetteerPlace) -> float:
    """Return the distance in km along the surface, infinite when a place has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * _EARTH_RADIUS * math.asin(math.sqrt(half))
