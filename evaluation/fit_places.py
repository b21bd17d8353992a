"""Fit the weights of app/linking/place_scores.py: `python -m evaluation.fit_places [--shared ../shared]`.

Prints what the weights reach on articles that they were not fitted on, then the weights; they are copied
into the module by hand. Examples are the names of the development halves of GeoWebNews and LGL, once with
the gold spans and once with the pipeline's own mentions.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.annotation import AnnotatedArticle, PlaceKind
from app.domain.links import GazetteerPlace
from app.extraction.finders import FINDERS
from app.extraction.pipeline import annotate
from app.linking import place_scores
from app.linking.gazetteer import Gazetteer, load_gazetteer
from app.linking.place_contexts import with_contexts
from app.linking.place_queries import Query, candidates_of, describe, queries_of
from app.linking.place_scores import FEATURES, NONE, Name, Surroundings
from app.linking.place_support import distance
from app.linking.places import (
    ROUNDS,
    answer_round,
    has_company,
    link_places,
    read_surroundings,
    supported,
    with_companions,
)
from evaluation.linking import (
    CORPORA,
    MODEL,
    load_scorer,
    prediction,
    read_corpus,
    to_article,
    with_gold_spans,
)

Record = dict[str, Any]
# A row of features for each candidate; which one is right (their number for none); how much it counts.
Example = tuple[np.ndarray, int, float]
Pair = tuple[Record, AnnotatedArticle]
STEPS = 250
RATE = 0.05
PENALTY = 0.002  # of squared weights: keeps a rare feature from running away
LEAST_SPREAD = 0.05  # of a feature, where it is brought to the scale of the others
FOLDS = 5
SEED = 0
PREFIXES = ("gwn", "lgl")  # of the ids of the corpora
BY_HAND = {
    "county": 4.0,  # the corpora do not say which county is meant
    "common_word": -2.5,  # a city from a surname is worse than one missed
    "famous": 1.5,  # half of the corpora are local papers, which name their town like a city that all know
}
"""Weights that are not fitted, each with its reason."""
STATE_FIRST = (
    1.0  # by which a state is likelier than a country of its name: in US news "Georgia" is the state
)
NATIONAL = 3.0  # weight of GeoWebNews: its articles are more like ours than those of local papers
SAME_CITY = 10.0  # km


def examples(pairs: Sequence[Pair], gazetteer: Gazetteer, *, rounds: int) -> Iterator[Example]:
    """Yield an example for every name of every article that the corpus decides, as it is before a round."""
    for record, annotated in pairs:
        queries = with_contexts(
            queries_of(annotated.places), annotated.places, article=annotated.article, gazetteer=gazetteer
        )
        around = read_surroundings(annotated.article, gazetteer=gazetteer)
        found = {query: candidates_of(query, gazetteer, around.named) for query in set(queries) if query}
        around = with_companions(around, found)
        if rounds and not has_company(found):
            continue
        for number in range(rounds):
            weights = place_scores.TOGETHER if number else place_scores.ALONE
            around = supported(around, answer_round(found, around, gazetteer, weights=weights))
        for query, gold in judged(record, annotated, queries).items():
            candidates = found[query]
            if query.container or query.kind or not candidates:
                continue
            if any(one.place.kind is PlaceKind.COUNTY for one in candidates):
                continue  # the gazetteer's counties have no GeoNames id, so that none could be right
            name = describe(query.name, gazetteer)
            weight = NATIONAL if record["id"].startswith("gwn") else 1.0
            yield rows(candidates, name, around), right(candidates, gold), weight


def rows(candidates: Sequence[Any], name: Name, around: Surroundings) -> np.ndarray:
    """Return the matrix of features."""
    table = place_scores.feature_table(candidates, name, around)
    return np.array([[found.get(feature, 0.0) for feature in FEATURES] for found in table])


def judged(
    record: Record, annotated: AnnotatedArticle, queries: Sequence[Query | None]
) -> dict[Query, Record | None]:
    """Return the gold place of each query, null where the corpus has none; skip what it leaves open."""
    judged: dict[Query, Record | None] = {}
    for mention, query in zip(annotated.places, queries, strict=True):
        if query is None or mention.field != "text" or mention.role == "name_part":
            continue
        gold = [
            g for g in record["places"] if g["start"] < mention.span.end and g["end"] > mention.span.start
        ]
        if gold and gold[0].get("ignore"):
            continue
        judged.setdefault(query, gold[0] if gold else None)
    return judged


def right(candidates: Sequence[Any], gold: Record | None) -> int:
    """Return the index of the right candidate, or their number."""
    for at, one in enumerate(candidates):
        if gold is not None and is_gold(one.place, gold):
            return at
    return len(candidates)


def is_gold(place: GazetteerPlace, gold: Record) -> bool:
    """Tell whether a place is the gold one: by id, or a city by distance."""
    if gold.get("geonameid") is not None and place.geonameid == gold["geonameid"]:
        return True
    if place.kind is not PlaceKind.CITY or gold.get("lat") is None or gold.get("fclass", "P") != "P":
        return False
    there = GazetteerPlace(
        slug="", kind=PlaceKind.CITY, name="", country="", latitude=gold["lat"], longitude=gold["lon"]
    )
    return distance(place, there) <= SAME_CITY


def fit(data: Sequence[Example]) -> dict[str, float]:
    """Return a weight for each feature, and NONE's, by gradient ascent with Adam from zero."""
    table = np.vstack([rows for rows, _, _ in data])
    lengths = np.array([len(rows) for rows, _, _ in data])
    firsts = np.concatenate([[0], lengths.cumsum()[:-1]])
    name_of = np.repeat(np.arange(len(data)), lengths)
    scale = np.maximum(table.std(axis=0), LEAST_SPREAD)
    scaled = table / scale
    none = np.array([gold == len(rows) for rows, gold, _ in data])
    chosen = firsts[~none] + np.array([gold for _, gold, _ in data])[~none]
    share = np.array([weight for _, _, weight in data]) / len(data)
    weights, first, second = (np.zeros(len(FEATURES) + 1) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = scaled @ weights[:-1]
        top = np.maximum(np.maximum.reduceat(scores, firsts), weights[-1])
        powers, none_power = np.exp(scores - top[name_of]), np.exp(weights[-1] - top)
        total = np.add.reduceat(powers, firsts) + none_power
        pull = -powers / total[name_of] * share[name_of]
        pull[chosen] += share[~none]
        gradient = np.append(
            scaled.T @ pull - PENALTY * weights[:-1], (share * (none - none_power / total)).sum()
        )
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights += RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return dict(zip((*FEATURES, NONE), (*(weights[:-1] / scale).tolist(), float(weights[-1])), strict=True))


def learn(pairs: Sequence[Pair], gazetteer: Gazetteer) -> int:
    """Set the weights of the module to those that fit the articles; return the number of names."""
    alone = list(examples(pairs, gazetteer, rounds=0))
    place_scores.ALONE = by_hand(fit(alone))
    for rounds in range(1, ROUNDS + 1):
        place_scores.TOGETHER = by_hand(fit(list(examples(pairs, gazetteer, rounds=rounds))))
    return len(alone)


def by_hand(weights: dict[str, float]) -> dict[str, float]:
    """Return the weights with those that are set by hand."""
    return weights | BY_HAND | {"state": weights["country"] + STATE_FIRST}


def cross_validate(own: Sequence[Pair], gold: Sequence[Pair], gazetteer: Gazetteer, scorer: Any) -> None:  # noqa: ANN401
    """Print what the weights reach on the articles of each part when they were fitted on the others."""
    parts = np.random.default_rng(SEED).permutation(len(own)) % FOLDS
    predictions: dict[str, Record] = {}
    for part in range(FOLDS):
        fitted_on = np.flatnonzero(parts != part).tolist()
        learn([some[at] for some in (own, gold) for at in fitted_on], gazetteer)
        for at in np.flatnonzero(parts == part).tolist():
            predictions[own[at][0]["id"]] = linked(own[at][1], gazetteer)
    report("cross-validated", own, predictions, scorer)


def linked(annotated: AnnotatedArticle, gazetteer: Gazetteer) -> Record:
    """Return the article's places as the scorer reads them."""
    return prediction(
        annotated, link_places(annotated.places, article=annotated.article, gazetteer=gazetteer)
    )


def report(how: str, own: Sequence[Pair], predictions: Mapping[str, Record], scorer: Any) -> None:  # noqa: ANN401
    """Print the scores of both corpora."""
    for corpus, prefix in zip(CORPORA, PREFIXES, strict=True):
        records = [record for record, _ in own if record["id"].startswith(prefix)]
        scores = scorer.score(records, [predictions[record["id"]] for record in records])["places"]
        cities, near = scores["cities_an_article"], scores["cities"]["end_to_end"]["recall"]
        figures = "  ".join(f"{name} {cities[name]:.3f}" for name in ("precision", "recall", "f1"))
        print(f"# {corpus:16} {how:16} cities an article: {figures}; within 161 km: {near:.3f}")


def load(shared: Path, gazetteer: Gazetteer, finder: str) -> tuple[list[Pair], list[Pair]]:
    """Return the articles of the corpora with the pipeline's own mentions, and with the gold spans."""
    own: list[Pair] = []
    gold: list[Pair] = []
    for corpus in CORPORA:
        records = read_corpus(shared / "corpora" / f"{corpus}.jsonl.gz")
        articles = [to_article(record) for record in records]
        own += zip(records, annotate(articles, model=MODEL, finder=finder), strict=True)
        gold += zip(records, with_gold_spans(records, gazetteer), strict=True)
    return own, gold


def main() -> None:
    """Print the scores as comments and the weights as lines of the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--finder", choices=sorted(FINDERS), default="encoder")
    options = parser.parse_args()
    gazetteer, scorer = load_gazetteer(), load_scorer(options.shared)
    own, gold = load(options.shared, gazetteer, options.finder)
    run(own, gold, gazetteer, scorer)


def run(own: Sequence[Pair], gold: Sequence[Pair], gazetteer: Gazetteer, scorer: Any) -> None:  # noqa: ANN401
    """Cross-validate, then fit on everything and print."""
    cross_validate(own, gold, gazetteer, scorer)
    names = learn([*own, *gold], gazetteer)
    report("fitted", own, {record["id"]: linked(annotated, gazetteer) for record, annotated in own}, scorer)
    print(f"# from {names} names")
    for when, weights in (("ALONE", place_scores.ALONE), ("TOGETHER", place_scores.TOGETHER)):
        print(f"{when}: Weights = {{")
        for name, weight in weights.items():
            print(f'    "{name}": {weight:.2f},')
        print("}")


if __name__ == "__main__":
    main()
