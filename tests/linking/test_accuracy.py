"""Linking of places may not fall behind what was measured: gold spans as mentions, no recognition in it."""

from pathlib import Path

import pytest

from app.linking.article import Indexes
from app.linking.places import link_places
from evaluation.linking import load_scorer, prediction, read_corpus, with_gold_spans


@pytest.mark.parametrize(("corpus", "least"), [("geowebnews-dev", 0.87), ("lgl-dev", 0.77)])
def test_distinct_cities_of_an_article(shared: Path, indexes: Indexes, corpus: str, least: float) -> None:
    records = read_corpus(shared / "corpora" / f"{corpus}.jsonl.gz")
    articles = with_gold_spans(records, indexes.gazetteer)
    predictions = [
        prediction(one, link_places(one.places, article=one.article, gazetteer=indexes.gazetteer))
        for one in articles
    ]
    scores = load_scorer(shared).score(records, predictions)["places"]["cities_an_article"]
    assert scores["f1"] >= least
    assert scores["precision"] >= 0.82
