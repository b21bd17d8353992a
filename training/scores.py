"""Fit which statements of the encoder are kept and how sure they are, on PolNeAR dev; write the weights.

    python -m training.scores app/extraction/data/encoder

A candidate is said when most of its content is that of a statement of the corpus (the scorer's overlap), and
right when its source is too (its end-to-end match). Two logistic regressions over the features of
`app/extraction/encoder/scores.py`. What is printed first is reached on the articles of each fifth by weights
fitted on the others.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.extraction.encoder.candidates import Ruled, candidates
from app.extraction.encoder.component import load_networks
from app.extraction.encoder.decode import Decoded, decode
from app.extraction.encoder.joining import join
from app.extraction.encoder.keeping import LEAST
from app.extraction.encoder.scores import ALWAYS, FEATURES, SCORES, Weights, features, probability
from app.extraction.layout import Layout, lay_out
from app.extraction.statements import to_drafts
from evaluation.linking import load_scorer
from evaluation.record import SHARED
from evaluation.statements import Record, build_pipeline, predicted, read_articles

Floats = NDArray[np.float64]

FOLDS = 5
SEED = 0
PENALTY = 3.0  # of squared weights of features brought to one scale
STEPS = 30
CLOSE = 1e-6  # change of the weights at which fitting ends
LEAST_SPREAD = 1e-3  # of a feature, where it is brought to the scale of the others
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
HEAD = "# Weights of what is said in these words, and of what is right, source and all: training/scores.py.\n"


@dataclass(frozen=True, slots=True)
class Judged:
    """An article as the networks see it; its candidates: rows of FEATURES, whether said, whether right."""

    article: Record
    layout: Layout
    decoded: Sequence[Decoded]
    rows: Floats
    said: Floats
    right: Floats


def judge(articles: Sequence[Record], scorer: Any) -> Iterator[Judged]:  # noqa: ANN401 - a loaded module
    """Yield the articles with their candidates beside the gold."""
    docs = build_pipeline("encoder", statements=False).pipe(article["text"] for article in articles)
    for article, doc in zip(articles, docs, strict=True):
        layout = lay_out(doc)
        decoded = decode(load_networks(), layout.text, doc._.reading)
        by_frame = candidates(layout, decoded, Ruled(layout))
        some = [one for number in sorted(by_frame) for one in by_frame[number]]
        words, mask = scorer.Words(layout.text), scorer.quotation_mask(layout.text)
        items = [{"content": one.found.content, "source": one.found.source} for one in some]
        gold, ours = (scorer.read_statements(each, words, mask) for each in (article["statements"], items))
        said, right = np.zeros(len(some)), np.zeros(len(some))
        for i, j, _ in scorer.match_best_first(
            len(gold),
            len(ours),
            lambda i, j, gold=gold, ours=ours: scorer.jaccard(gold[i].content, ours[j].content),
            scorer.MIN_JACCARD,
        ):
            said[j] = 1
            right[j] = scorer.same_source(words, gold[i].source, ours[j].source)
        found = [features(layout, one) for one in some]
        rows = np.array([[each[name] for name in FEATURES] for each in found]).reshape(-1, len(FEATURES))
        yield Judged(article, layout, decoded, rows, said, right)


def fit(rows: Floats, answers: Floats) -> dict[str, float]:
    """Return a weight for each feature, and ALWAYS's: a logistic regression by Newton's method."""
    scale = np.append(np.maximum(rows.std(axis=0), LEAST_SPREAD), 1)
    table = np.column_stack([rows, np.ones(len(rows))]) / scale
    penalty = np.diag([PENALTY] * len(FEATURES) + [0.0])
    weights = np.zeros(len(scale))
    for _ in range(STEPS):
        chances = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (answers - chances) - penalty @ weights
        bend = (table * (chances * (1 - chances))[:, None]).T @ table + penalty
        step = np.linalg.solve(bend, slope)
        weights += step
        if np.abs(step).max() < CLOSE:
            break
    return dict(zip((*FEATURES, ALWAYS), (weights / scale).tolist(), strict=True))


def fit_both(judged: Sequence[Judged]) -> Weights:
    """Return both rows of weights."""
    rows = np.concatenate([one.rows for one in judged])
    return Weights(
        said=fit(rows, np.concatenate([one.said for one in judged])),
        right=fit(rows, np.concatenate([one.right for one in judged])),
    )


def cross_validate(judged: Sequence[Judged], scorer: Any) -> str:  # noqa: ANN401 - a loaded module
    """Return the scorer's table and that of reliability, each article by weights fitted on other folds."""
    parts = np.random.default_rng(SEED).permutation(len(judged)) % FOLDS
    predictions: dict[str, Record] = {}
    given: list[tuple[float, float]] = []
    for part in range(FOLDS):
        weights = fit_both([one for one, at in zip(judged, parts, strict=True) if at != part])
        for one in (one for one, at in zip(judged, parts, strict=True) if at == part):
            drafts = to_drafts(join(one.layout, one.decoded, weights=weights))
            predictions[one.article["id"]] = predicted(one.article["id"], drafts)
            given += [
                (probability(values, weights.right), right)
                for row, right in zip(one.rows, one.right, strict=True)
                if probability(values := dict(zip(FEATURES, row, strict=True)), weights.said) >= LEAST
            ]
    articles = [one.article for one in judged]
    table: str = scorer.table(scorer.score(articles, [predictions[one["id"]] for one in articles]))
    return f"{table}\n\n{reliability(given)}"


def reliability(given: Sequence[tuple[float, float]]) -> str:
    """Return a table: of the candidates that are likely enough and given so sure, how many are right."""
    rows = ["| confidence | statements | mean confidence | right |", "|---|---|---|---|"]
    for low, high in pairwise(BINS):
        some = [(sure, right) for sure, right in given if low <= sure < high or sure == high == 1]
        if some:
            sure, right = (100 * sum(column) / len(some) for column in zip(*some, strict=True))
            rows.append(f"| {low:.1f}-{high:.1f} | {len(some)} | {sure:.0f}% | {right:.0f}% |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Fit which statements are kept and how sure they are.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    scorer = load_scorer(SHARED)
    judged = list(judge(read_articles("dev"), scorer))
    sys.stdout.write(cross_validate(judged, scorer) + "\n")
    weights = fit_both(judged)
    lines = [f"{name}\t{weights.said[name]:.3f}\t{weights.right[name]:.3f}\n" for name in (*FEATURES, ALWAYS)]
    (folder / SCORES).write_text(HEAD + "".join(lines), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
