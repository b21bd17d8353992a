"""Topics may not fall behind what was measured on the articles read by eye."""

from collections import Counter
from pathlib import Path

import pytest

from app.extraction.topics import load_taxonomy
from evaluation.topics import SETS, counts, read_articles, read_gold


def test_the_gold_names_topics_of_the_taxonomy_and_each_article_once() -> None:
    gold = list(read_gold())
    assert {slug for case in gold for slug in case.topics} <= set(load_taxonomy().topics)
    assert len({case.article for case in gold}) == len(gold)
    assert {case.part for case in gold} == set(SETS)


@pytest.mark.parametrize(("part", "precision", "recall"), [("develop", 0.94, 0.84), ("held_out", 0.82, 0.76)])
def test_precision_and_recall(shared: Path, part: str, precision: float, recall: float) -> None:
    cases = [case for case in read_gold() if case.part == part]
    total = sum(counts(cases, read_articles(shared)).values(), Counter[str]())
    assert total["right"] / (total["right"] + total["wrong"]) >= precision
    assert total["right"] / (total["right"] + total["missed"]) >= recall
