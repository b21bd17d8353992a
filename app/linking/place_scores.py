"""How well a place fits a name in an article: readable features, one weight each."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.linking.containers import Container, container_of
from app.linking.gazetteer import Candidate

EARTH_RADIUS = 6371.0  # km
NEAR = 60.0  # km: a metropolitan area
IN_REGION = 161.0  # km: 100 miles, the distance that the field calls near

# One unit is a factor of ten in population: 5.8 is a city of 650,000 named without any context.
STATE_PRIOR = 7.3
COUNTRY_PRIOR = 7.8
COUNTY_PRIOR = 6.0
REGION_PRIOR = 7.0
ALIAS = -1.0
ABROAD = -0.5
STATE_NAMED = 2.0
COUNTRY_NAMED = 1.5
NEAR_ANOTHER = 1.5
IN_REGION_OF_ANOTHER = 0.7
COMMON_WORD = -2.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the article says about where it is: states and countries named, and the places already told."""

    named: Mapping[Container, int] = field(default_factory=dict)
    anchors: tuple[GazetteerPlace, ...] = ()


def score(candidate: Candidate, surroundings: Surroundings, *, common_word: bool) -> float:
    """Return how likely the name means this place, in powers of ten."""
    place = candidate.place
    total = prior(place) + (ALIAS if candidate.alias and place.kind is PlaceKind.CITY else 0.0)
    if place.kind in {PlaceKind.CITY, PlaceKind.COUNTY}:
        total += support(place, surroundings) + (COMMON_WORD if common_word else 0.0)
    return total


def prior(place: GazetteerPlace) -> float:
    """Return the score of a place that is named without any context."""
    if place.kind is PlaceKind.CITY:
        return math.log10((place.population or 0) + 1) + (ABROAD if place.country != "US" else 0.0)
    return {PlaceKind.STATE: STATE_PRIOR, PlaceKind.COUNTRY: COUNTRY_PRIOR}.get(place.kind, COUNTY_PRIOR)


def support(place: GazetteerPlace, surroundings: Surroundings) -> float:
    """Return what the article's other places add: its state or country named, a place near it."""
    inside = container_of(place)
    total = 0.0
    if inside in surroundings.named:
        total += STATE_NAMED if inside.state else COUNTRY_NAMED
    others = (anchor for anchor in surroundings.anchors if anchor.slug != place.slug)
    nearest = min((distance(place, other) for other in others), default=math.inf)
    if nearest <= NEAR:
        total += NEAR_ANOTHER
    elif nearest <= IN_REGION:
        total += IN_REGION_OF_ANOTHER
    return total


def distance(one: GazetteerPlace, other: GazetteerPlace) -> float:
    """Return the distance in km along the surface, infinite when a place has no coordinates."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return math.inf
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    across = math.radians(other.longitude - one.longitude)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(half))
