"""Which place a name means in an article: the likeliest, if it is likely enough, else it stays open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.annotation import PlaceKind, PlaceMention
from app.domain.article import Article
from app.domain.links import GazetteerPlace, LinkedPlaceMention, Outcome
from app.linking import place_scores
from app.linking.containers import Container, container_of
from app.linking.counties import named_counties
from app.linking.evidence import named_containers
from app.linking.gazetteer import Candidate, Gazetteer
from app.linking.place_contexts import with_contexts
from app.linking.place_queries import Query, candidates_of, describe, queries_of
from app.linking.place_scores import Surroundings, Weights, probabilities
from app.linking.place_support import Expected, support_of

LIKELY = 0.3  # a place that is less likely than this is not linked
TIMES = 1.2  # nor one that is not this much likelier than the second
ROUNDS = 2  # in which names help each other; more change nothing


@dataclass(frozen=True, slots=True)
class Answer:
    """The candidates of a query with their probabilities, the likeliest first."""

    ranked: tuple[tuple[float, GazetteerPlace], ...]

    @property
    def best(self) -> GazetteerPlace | None:
        """Return the place that is likely enough, and enough likelier than the second."""
        first = self.ranked[0][0] if self.ranked else 0.0
        second = self.ranked[1][0] if len(self.ranked) > 1 else 0.0
        return self.ranked[0][1] if first >= LIKELY and first >= TIMES * second else None


def link_places(
    mentions: Sequence[PlaceMention], *, article: Article, gazetteer: Gazetteer
) -> tuple[LinkedPlaceMention, ...]:
    """Return the mentions in order, each with its place, or ambiguous or unlinked with the reason."""
    queries = with_contexts(queries_of(mentions), mentions, article=article, gazetteer=gazetteer)
    answers = answer_all({query for query in queries if query}, article=article, gazetteer=gazetteer)
    return tuple(
        _linked(mention, query, answers.get(query) if query else None)
        for mention, query in zip(mentions, queries, strict=True)
    )


def answer_all(queries: set[Query], *, article: Article, gazetteer: Gazetteer) -> dict[Query, Answer]:
    """Return the answers: each name by itself first, then by what the others likely mean."""
    around = read_surroundings(article, gazetteer=gazetteer)
    found = {query: candidates_of(query, gazetteer, around.named) for query in queries}
    around = with_companions(around, found)
    answers = answer_round(found, around, gazetteer, weights=place_scores.ALONE)
    for _ in range(ROUNDS if has_company(found) else 0):
        around = supported(around, answers)
        answers = answer_round(found, around, gazetteer, weights=place_scores.TOGETHER)
    return answers


def has_company(found: Mapping[Query, Sequence[Candidate]]) -> bool:
    """Tell whether more than one name has places, so that one can say something of another."""
    return sum(map(bool, found.values())) > 1


def answer_round(
    found: Mapping[Query, Sequence[Candidate]],
    around: Surroundings,
    gazetteer: Gazetteer,
    *,
    weights: Weights,
) -> dict[Query, Answer]:
    """Return the answers to the queries, given their candidates."""
    return {query: _answer(query, some, around, gazetteer, weights) for query, some in found.items()}


def read_surroundings(article: Article, *, gazetteer: Gazetteer) -> Surroundings:
    """Return what the words of the article say about where it is, before any name is looked up."""
    text = f"{article.title or ''}\n{article.text}"
    return Surroundings(
        named=named_containers(text, gazetteer=gazetteer), counties=named_counties(text, gazetteer=gazetteer)
    )


def with_companions(around: Surroundings, found: Mapping[Query, Sequence[Candidate]]) -> Surroundings:
    """Return the surroundings with what the names and their candidates say, before any is told."""
    named = dict(around.named)
    for query, candidates in found.items():
        if query.kind is PlaceKind.STATE and len(candidates) == 1:
            named.setdefault(container_of(candidates[0].place), 1.0)
    return replace(around, named=named, companions=_companions(found))


def supported(around: Surroundings, answers: Mapping[Query, Answer]) -> Surroundings:
    """Return the surroundings with what the answers to the other names say."""
    expected = (
        Expected(query.name, place, chance)
        for query, answer in answers.items()
        for chance, place in answer.ranked
    )
    return replace(around, support=support_of(expected, around.named))


def _answer(
    query: Query,
    found: Sequence[Candidate],
    around: Surroundings,
    gazetteer: Gazetteer,
    weights: Weights,
) -> Answer:
    chances = probabilities(found, describe(query.name, gazetteer), around, weights=weights)
    if query.container is not None or query.kind is not None:
        total = sum(chances) or 1.0  # the words say that it is one of them
        chances = [chance / total for chance in chances]
    ranked = zip(chances, (one.place for one in found), strict=True)
    return Answer(tuple(sorted(ranked, key=lambda pair: (-pair[0], pair[1].slug))))


def _linked(mention: PlaceMention, query: Query | None, answer: Answer | None) -> LinkedPlaceMention:
    if query is None or answer is None:
        return LinkedPlaceMention(mention=mention, outcome=Outcome.UNLINKED, reason=mention.blocked)
    if answer.best is not None:
        return LinkedPlaceMention(mention=mention, outcome=Outcome.LINKED, place=answer.best)
    outcome, reason = _open(query, answer)
    return LinkedPlaceMention(mention=mention, outcome=outcome, reason=reason)


def _open(query: Query, answer: Answer) -> tuple[Outcome, str]:
    """Return the outcome and reason for a name without a likely place."""
    if not answer.ranked:
        where = f" in {query.container}" if query.container else ""
        return Outcome.UNLINKED, f"the gazetteer has no {query.kind or 'place'} of that name{where}"
    if sum(chance for chance, _ in answer.ranked) >= LIKELY:
        return Outcome.AMBIGUOUS, " or ".join(place.slug for _, place in answer.ranked[:2])
    return Outcome.UNLINKED, f"too little speaks for {answer.ranked[0][1].slug}"


def _companions(found: Mapping[Query, Sequence[Candidate]]) -> dict[Container, float]:
    """Return for each state and country the share of the names that some city or county in it bears."""
    counts: dict[Container, float] = {}
    for candidates in found.values():
        local = (one.place for one in candidates if one.place.kind in {PlaceKind.CITY, PlaceKind.COUNTY})
        for container in {container_of(place) for place in local}:
            counts[container] = counts.get(container, 0.0) + 1.0
    others = max(len(found) - 1, 1)
    return {container: (count - 1) / others for container, count in counts.items()}
