"""What a state, province or country printed behind a city says about where it lies."""

from dataclasses import dataclass

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.linking.gazetteer import Candidate, Gazetteer


@dataclass(frozen=True, slots=True)
class Container:
    """A country, or the part of it: a US state by postal code, a province by its code in the gazetteer."""

    country: str
    state: str | None = None
    region: str | None = None


def read_container(words: str, *, gazetteer: Gazetteer, whole: bool = False) -> frozenset[Container]:
    """Return what the words may mean: both for "Georgia", nothing when they name no state or country.

    With `whole` only a place's own name counts, no abbreviation.
    """
    places = (one.place for one in gazetteer.candidates(words) if not (whole and one.alias))
    named = {container_of(place) for place in places if place.kind in {PlaceKind.STATE, PlaceKind.COUNTRY}}
    region = gazetteer.region(words)
    if region is not None and region.country:
        named.add(Container(region.country, region=region.code or None))
    return frozenset(named)


def container_of(place: GazetteerPlace) -> Container:
    """Return the state or country that a place is or lies in."""
    return Container(place.country, state=place.state)


def lies_in(candidate: Candidate, container: Container) -> bool:
    """Tell whether a place lies in the container, as far as the gazetteer knows."""
    place, region = candidate.place, candidate.region
    if place.country != container.country:
        return False
    if container.state is not None:
        return place.state == container.state
    return container.region is None or not region or region == container.region
