"""Fit how sure the encoder's statements are, on PolNeAR dev, and write it as a table of numbers.

    python -m training.calibration app/extraction/data/encoder

A statement is right when most of its content and its source are (the scorer's end-to-end match). Isotonic
regression, by kind and by whether rules confirm it. The reliability that is printed is that of articles left
out of the fit.
"""

import argparse
import importlib.util
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path
from types import ModuleType

from app.domain.annotation import StatementKind
from app.extraction.encoder.calibration import (
    ALONE,
    CALIBRATION,
    CONFIRMED,
    Group,
    Tables,
    calibrated,
    group_of,
)
from app.extraction.encoder.component import load_networks
from app.extraction.encoder.decode import decode
from app.extraction.encoder.joining import join
from app.extraction.layout import lay_out
from evaluation.statements import SCORER, Record, build_pipeline, read_articles

SMALLEST = 40
"""Statements of a step of a table, at least: fewer follow noise."""

FOLDS = 2
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
HEAD = "# Share of statements that are right, by kind, rules and raw score: training/calibration.py.\n"


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement of the encoder: number of its article, group, raw score, and whether it is right."""

    article: int
    group: Group
    raw: float
    right: bool


def judge(articles: Sequence[Record]) -> Iterator[Judged]:
    """Yield the encoder's statements in articles that have gold."""
    scorer = _scorer()
    docs = build_pipeline("rules").pipe(article["text"] for article in articles)
    for number, (article, doc) in enumerate(zip(articles, docs, strict=True)):
        layout, reading = lay_out(doc), load_networks().read(article["text"])
        if reading is None:
            continue
        found = join(layout, decode(load_networks(), layout.text, reading), tables={})
        words, mask = scorer.Words(layout.text), scorer.quotation_mask(layout.text)
        items = [{"content": one.content, "source": one.source} for one in found]
        gold, ours = (scorer.read_statements(s, words, mask) for s in (article["statements"], items))
        right = {
            j
            for i, j, _ in scorer.match_best_first(
                len(gold),
                len(ours),
                lambda i, j, gold=gold, ours=ours: scorer.jaccard(gold[i].content, ours[j].content),
                scorer.MIN_JACCARD,
            )
            if scorer.same_source(words, gold[i].source, ours[j].source)
        }
        for j, one in enumerate(found):
            if one.cue and one.score < 1:
                yield Judged(number, group_of(one), one.score, j in right)


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_extraction", SCORER)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(SCORER)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


def fit(judged: Sequence[Judged]) -> Tables:
    """Return the tables of statements: for each group, steps that never fall (pool adjacent violators)."""
    tables = {}
    for group in product(StatementKind, (False, True)):
        ours = sorted((one for one in judged if one.group == group), key=lambda one: one.raw)
        blocks = [ours[at : at + SMALLEST] for at in range(0, len(ours), SMALLEST)]
        if len(blocks) > 1 and len(blocks[-1]) < SMALLEST:
            blocks[-2:] = [blocks[-2] + blocks[-1]]
        tables[group] = [(_mean_raw(block), _share(block)) for block in _rising(blocks)]
    return tables


def _rising(blocks: Sequence[list[Judged]]) -> list[list[Judged]]:
    rising: list[list[Judged]] = []
    for block in blocks:
        rising.append(block)
        while len(rising) > 1 and _share(rising[-2]) >= _share(rising[-1]):
            rising[-2:] = [rising[-2] + rising[-1]]
    return rising


def _share(block: Sequence[Judged]) -> float:
    return sum(one.right for one in block) / len(block)


def _mean_raw(block: Sequence[Judged]) -> float:
    return sum(one.raw for one in block) / len(block)


def reliability(judged: Sequence[Judged]) -> str:
    """Return a table: of the statements given so sure, how many are right, each fitted on other articles."""
    given: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        tables = fit([one for one in judged if one.article % FOLDS != fold])
        held = (one for one in judged if one.article % FOLDS == fold)
        given += [(calibrated(tables, one.group, one.raw), one.right) for one in held]
    rows = ["| confidence | statements | mean confidence | right |", "|---|---|---|---|"]
    for low, high in pairwise(BINS):
        some = [(sure, right) for sure, right in given if low <= sure < high or sure == high == 1]
        if some:
            sure, right = (100 * sum(column) / len(some) for column in zip(*some, strict=True))
            rows.append(f"| {low:.1f}-{high:.1f} | {len(some)} | {sure:.0f}% | {right:.0f}% |")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Fit how sure the encoder's statements are.")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args(arguments).folder
    judged = list(judge(read_articles("dev")))
    rows = [
        f"{kind}\t{CONFIRMED if confirmed else ALONE}\t{raw:.3f}\t{share:.3f}\n"
        for (kind, confirmed), table in fit(judged).items()
        for raw, share in table
    ]
    (folder / CALIBRATION).write_text(HEAD + "".join(rows), encoding="utf-8")
    sys.stdout.write(reliability(judged) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
