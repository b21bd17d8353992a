"""Which place a name means in an article: the one that fits best by a margin, else it stays open."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from app.domain.annotation import MentionRole, PlaceKind, PlaceMention
from app.domain.article import Article
from app.domain.links import GazetteerPlace, LinkedPlaceMention, Outcome
from app.domain.names import fold
from app.linking.containers import Container, container_of, lies_in, read_container
from app.linking.gazetteer import Candidate, Gazetteer, name_key
from app.linking.place_scores import REGION_PRIOR, Surroundings, score

_LEAST = 5.0  # below it a name alone is no place: 100,000 inhabitants without support
_MARGIN = 0.5  # how much better than the second the best has to be, in powers of ten
_COUNTY_WORDS = (" County", " Parish", " Borough")


def link_places(
    mentions: Sequence[PlaceMention], *, article: Article, gazetteer: Gazetteer
) -> tuple[LinkedPlaceMention, ...]:
    """Return the mentions in order, each with its place, or ambiguous or unlinked with the reason."""
    del article  # the mentions hold all that is used so far
    surroundings = _surroundings(mentions, gazetteer)
    containers = _containers(mentions)
    return tuple(
        _linked(mention, _container(mention, containers), surroundings, gazetteer) for mention in mentions
    )


def _linked(
    mention: PlaceMention, container: str | None, surroundings: Surroundings, gazetteer: Gazetteer
) -> LinkedPlaceMention:
    if mention.blocked:
        return LinkedPlaceMention(mention=mention, outcome=Outcome.UNLINKED, reason=mention.blocked)
    found = _candidates(mention, container, gazetteer)
    if not found:
        where = f" in {container}" if container else ""
        reason = f"the gazetteer has no {mention.kind or 'place'} of that name{where}"
        return LinkedPlaceMention(mention=mention, outcome=Outcome.UNLINKED, reason=reason)
    return _best(mention, found, surroundings, gazetteer, certain=container is not None)


def _best(
    mention: PlaceMention,
    found: Sequence[Candidate],
    surroundings: Surroundings,
    gazetteer: Gazetteer,
    *,
    certain: bool,
) -> LinkedPlaceMention:
    common = fold(mention.text) in _common_words()
    scored = sorted(
        ((score(c, surroundings, common_word=common), c.place) for c in found), key=lambda s: -s[0]
    )
    best, place = scored[0]
    if not certain and gazetteer.region(mention.text) is not None and best < REGION_PRIOR:
        reason = "a region that the gazetteer does not hold"
        return LinkedPlaceMention(mention=mention, outcome=Outcome.UNLINKED, reason=reason)
    if not certain and mention.kind is None and best < _LEAST:
        reason = f"too little speaks for {place.slug}"
        return LinkedPlaceMention(mention=mention, outcome=Outcome.UNLINKED, reason=reason)
    if len(scored) > 1 and best - scored[1][0] < _MARGIN:
        reason = f"{place.slug} or {scored[1][1].slug}"
        return LinkedPlaceMention(mention=mention, outcome=Outcome.AMBIGUOUS, reason=reason)
    return LinkedPlaceMention(mention=mention, outcome=Outcome.LINKED, place=place)


def _candidates(mention: PlaceMention, container: str | None, gazetteer: Gazetteer) -> tuple[Candidate, ...]:
    """Return the places of the name that are of the kind and in the container that the words say."""
    found = gazetteer.candidates(mention.text)
    if mention.kind is PlaceKind.COUNTY:
        found = found + tuple(c for word in _COUNTY_WORDS for c in gazetteer.candidates(mention.text + word))
    if mention.kind is not None:
        found = tuple(c for c in found if c.place.kind is mention.kind)
    if container is not None and (inside := read_container(container, gazetteer=gazetteer)):
        found = tuple(c for c in found if any(_inside(c.place, one, gazetteer) for one in inside))
    return found


def _inside(place: GazetteerPlace, container: Container, gazetteer: Gazetteer) -> bool:
    of_part = place.kind in {PlaceKind.CITY, PlaceKind.COUNTY}
    return of_part and lies_in(place, container, gazetteer=gazetteer)


def _containers(mentions: Iterable[PlaceMention]) -> dict[str, str]:
    """Return the container that the article prints behind a name, if it prints one and the same."""
    printed: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.container:
            printed.setdefault(name_key(mention.text), set()).add(mention.container)
    return {name: containers.pop() for name, containers in printed.items() if len(containers) == 1}


def _container(mention: PlaceMention, containers: dict[str, str]) -> str | None:
    """Return the container of a mention: its own, else that of the name elsewhere in the article."""
    if mention.container:
        return mention.container
    return containers.get(name_key(mention.text)) if mention.kind in {None, PlaceKind.CITY} else None


def _surroundings(mentions: Iterable[PlaceMention], gazetteer: Gazetteer) -> Surroundings:
    named: Counter[Container] = Counter()
    anchors: dict[str, GazetteerPlace] = {}
    for mention in mentions:
        inside = read_container(mention.container, gazetteer=gazetteer) if mention.container else frozenset()
        named.update(inside)
        if mention.role is MentionRole.NAME_PART or mention.blocked:
            continue
        found = _candidates(mention, mention.container, gazetteer)
        if len(found) == 1:
            anchors[found[0].place.slug] = found[0].place
        named.update(_states_and_countries(found))
    return Surroundings(named, tuple(anchors.values()))


def _states_and_countries(found: Iterable[Candidate]) -> set[Container]:
    return {container_of(c.place) for c in found if c.place.kind in {PlaceKind.STATE, PlaceKind.COUNTRY}}


@cache
def _common_words() -> frozenset[str]:
    lines = (
        files("app.linking").joinpath("data", "needs_support.txt").read_text(encoding="utf-8").splitlines()
    )
    return frozenset(fold(line) for line in lines if not line.startswith("#"))
