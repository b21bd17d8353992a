"""Fit the weights of app/linking/place_scores.py: `python -m evaluation.fit_places [--shared ../shared]`.

Prints the weights; they are copied into the module by hand. Examples are the names of the development
halves of GeoWebNews and LGL, once with the gold spans and once with the pipeline's own mentions.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from app.domain.annotation import AnnotatedArticle, PlaceKind
from app.domain.links import GazetteerPlace
from app.extraction.pipeline import annotate
from app.linking import place_scores
from app.linking.gazetteer import Gazetteer, load_gazetteer
from app.linking.place_queries import Query, candidates_of, describe, queries_of
from app.linking.place_scores import FEATURES, Name, Surroundings
from app.linking.places import answer_all, surroundings
from evaluation.linking import CORPORA, MODEL, read_corpus, to_article, with_gold_spans

Record = dict[str, Any]
# A row of features for each candidate; which one is right (their number for none); how much it counts.
Example = tuple[np.ndarray, int, float]
ROUNDS = 3  # the surroundings depend on the weights of the round before
STEPS = 400
RATE = 0.1
PENALTY = 0.002  # of squared weights: keeps a rare feature from running away
NATIONAL = 3.0  # weight of GeoWebNews: its articles are more like ours than those of local papers
SAME_CITY = 10.0  # km


def examples(pairs: Sequence[tuple[Record, AnnotatedArticle]], gazetteer: Gazetteer) -> Iterator[Example]:
    """Yield an example for every name of every article that the corpus decides."""
    for record, annotated in pairs:
        queries = queries_of(annotated.places)
        found = {query: candidates_of(query, gazetteer) for query in set(queries) if query}
        answers = answer_all(set(found), article=annotated.article, gazetteer=gazetteer)
        around = surroundings(found, answers, article=annotated.article, gazetteer=gazetteer)
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
    return place_scores.distance(place, there) <= SAME_CITY


def fit(data: Sequence[Example], start: np.ndarray) -> np.ndarray:
    """Return weights (the last one is that of none) by gradient ascent with Adam."""
    weights, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        gradient = -PENALTY * weights
        for table, gold, weight in data:
            full = np.vstack([np.hstack([table, np.zeros((len(table), 1))]), np.eye(len(weights))[-1]])
            scores = full @ weights
            chances = np.exp(scores - scores.max())
            gradient += weight * (full[gold] - (chances / chances.sum()) @ full) / len(data)
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        weights += RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def load(shared: Path, gazetteer: Gazetteer) -> Iterable[tuple[Record, AnnotatedArticle]]:
    """Yield the articles of the corpora with both kinds of mentions."""
    for corpus in CORPORA:
        records = read_corpus(shared / "corpora" / f"{corpus}.jsonl.gz")
        yield from zip(records, with_gold_spans(records, gazetteer), strict=True)
        yield from zip(
            records, annotate([to_article(record) for record in records], model=MODEL), strict=True
        )


def main() -> None:
    """Print the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    gazetteer = load_gazetteer()
    pairs = list(load(parser.parse_args().shared, gazetteer))
    for _ in range(ROUNDS):
        data = list(examples(pairs, gazetteer))
        start = np.array([*(place_scores.WEIGHTS[name] for name in FEATURES), place_scores.NONE_OF_THESE])
        weights = fit(data, start)
        place_scores.WEIGHTS = dict(place_scores.WEIGHTS) | dict(
            zip(FEATURES, map(float, weights), strict=False)
        )
        place_scores.NONE_OF_THESE = float(weights[-1])
    for name, weight in place_scores.WEIGHTS.items():
        print(f'    "{name}": {weight:.2f},')
    print(f"NONE_OF_THESE = {place_scores.NONE_OF_THESE:.2f}   # from {len(data)} names")


if __name__ == "__main__":
    main()
