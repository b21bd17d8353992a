"""How likely a name means a place: readable features of name, place and article, one weight each.

A conditional logit: the candidates of a name and "none of these" share the probability. The weights are
printed by evaluation/fit_places.py, fitted on the development halves of GeoWebNews and LGL; those of
counties, states and well-known cities are set there by hand.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.linking.containers import Container, container_of
from app.linking.gazetteer import Candidate
from app.linking.place_support import NO_SUPPORT, Support

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
    "population_share",
    "abroad_in_us_news",
    "abroad_unnamed",
    "state_named",
    "state_share",
    "country_named",
    "country_share",
    "county_named",
    "county_share",
    "companions",
    "companions_inside",
    "near",
    "in_region",
    "home",
    "not_home",
    "common_word",
    "region_name",
    "one_word",
)
Weights = Mapping[str, float]
NONE = "none"
"""What speaks for "none of these" stands among the weights."""

ALONE: Weights = {
    "population": 0.40,
    "large": 0.45,
    "famous": 1.50,
    "state": 7.14,
    "country": 6.14,
    "abroad": 0.61,
    "alias": -0.63,
    "most_populous": 0.88,
    "population_share": 0.52,
    "abroad_in_us_news": -1.64,
    "abroad_unnamed": 0.07,
    "state_named": 1.60,
    "state_share": 1.78,
    "country_named": 1.47,
    "country_share": -0.52,
    "county_named": 3.38,
    "county_share": 0.93,
    "companions": 4.03,
    "companions_inside": 3.12,
    "near": 0.00,
    "in_region": 0.00,
    "home": 0.00,
    "not_home": 0.00,
    "common_word": -2.50,
    "region_name": -2.89,
    "one_word": -0.89,
    "none": 2.81,
    "county": 4.00,
}
"""Before any other name of the article is told."""
TOGETHER: Weights = {
    "population": 0.50,
    "large": 0.90,
    "famous": 1.50,
    "state": 5.77,
    "country": 4.77,
    "abroad": 0.30,
    "alias": 0.03,
    "most_populous": 0.68,
    "population_share": 0.67,
    "abroad_in_us_news": -1.07,
    "abroad_unnamed": -0.19,
    "state_named": 0.97,
    "state_share": 1.39,
    "country_named": 1.15,
    "country_share": -1.43,
    "county_named": 3.04,
    "county_share": 1.30,
    "companions": 1.47,
    "companions_inside": 3.11,
    "near": -0.01,
    "in_region": 1.04,
    "home": -1.28,
    "not_home": 0.56,
    "common_word": -2.50,
    "region_name": -2.49,
    "one_word": -0.49,
    "none": 1.37,
    "county": 4.00,
}
"""When the likely places of the other names are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the article says about where it is.

    `named`: how often it names each state and country. `counties`: those that it names, by FIPS number, each
    with its share of the name. `companions`: for each state and country the share of the article's other
    names that some place in it bears. `support`: the places that its names likely mean.
    """

    named: Mapping[Container, float] = field(default_factory=dict)
    counties: Mapping[str, float] = field(default_factory=dict)
    companions: Mapping[Container, float] = field(default_factory=dict)
    support: Support = NO_SUPPORT


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What the name itself says."""

    text: str
    common_word: bool
    region: bool
    words: int


def probabilities(
    candidates: Sequence[Candidate], name: Name, around: Surroundings, *, weights: Weights
) -> list[float]:
    """Return the probability of each candidate; what is missing to one is that of "none of these"."""
    scores = [_weighed(found, weights) for found in feature_table(candidates, name, around)]
    none = weights[NONE]
    top = max((*scores, none))
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers) + math.exp(none - top)
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
    # Without Egypt named, "Alexandria" is no city that all readers know.
    known = place.country == "US" or container_of(place) in around.named
    county = around.counties.get(candidate.region, 0.0)
    found = {
        "population": math.log10(population + 1),
        "large": max(0.0, math.log10(population + 1) - LARGE),
        "famous": known * max(0.0, math.log10(population + 1) - LARGE) * population / max(namesakes[1], 1),
        "county": float(place.kind is PlaceKind.COUNTY),
        "county_named": float(county > 0),
        "county_share": county,
        "abroad": float(place.country != "US"),
        "alias": float(candidate.alias),
        "most_populous": float(population == namesakes[0] > 0),
        "population_share": population / max(namesakes[1], 1),
        "common_word": float(name.common_word),
        "region_name": float(name.region),
        "one_word": float(name.words == 1),
    }
    return found | _named(place, around) | around.support.of(place, name.text)


def _named(place: GazetteerPlace, around: Surroundings) -> dict[str, float]:
    inside = container_of(place)
    kind = "state" if inside.state else "country"
    times = around.named.get(inside, 0.0)
    everything = sum(around.named.values())
    found = {
        f"{kind}_named": float(times > 0),
        f"{kind}_share": times / everything if times else 0.0,
        "companions": around.companions.get(inside, 0.0),
    }
    if place.country != "US":
        at_home = sum(count for container, count in around.named.items() if container.country == "US")
        found["abroad_in_us_news"] = at_home / everything if everything else 0.0
        found["abroad_unnamed"] = float(not times)
    return found


def _weighed(found: Mapping[str, float], weights: Weights) -> float:
    return sum(weights[name] * value for name, value in found.items())
