"""Measure the whole job: articles and words a CPU second, and the share of it that is extraction.

    python -m benchmarks.job PATH... [--database sqlite|postgresql] [--finder encoder|rules]

What is under PATH is taken into an empty database whose known places are loaded, with the models loaded too.
CPU time is that of this process, which does all of it, and of the process of PostgreSQL that serves it.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine

from app.db.engine import writing_engine
from app.extraction.finders import DEFAULT_FINDER, FINDERS
from app.ingestion.database import prepare
from app.ingestion.job import Options, run_ingestion
from app.ingestion.report import Report
from app.settings import Settings
from benchmarks.databases import KINDS, ROOT, database_server, new_database, server_seconds

T = TypeVar("T")
WARMING = (ROOT / "seed",)  # all models, word lists and indexes are loaded by these articles


class _Timed(Executor):
    """Does at once what it is given, and counts the CPU seconds."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        """Do it."""
        done: Future[T] = Future()
        begin = time.process_time()
        done.set_result(fn(*args, **kwargs))
        self.seconds += time.process_time() - begin
        return done


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("path", nargs="+", type=Path, help="what is taken in")
    parser.add_argument("--database", choices=KINDS, action="append", help="one of them (both)")
    parser.add_argument("--finder", choices=sorted(FINDERS), default=DEFAULT_FINDER, help=DEFAULT_FINDER)
    asked = parser.parse_args()
    for kind in asked.database or KINDS:
        with tempfile.TemporaryDirectory() as folder, database_server(kind, Path(folder)) as server:
            for url in new_database(server, Path(folder)):
                _measure(kind, url, asked.path, asked.finder)


def _measure(kind: str, url: str, paths: Sequence[Path], finder: str) -> None:
    engine = writing_engine(url)
    prepare(engine)
    _run(engine, WARMING, finder, _Timed())
    gc.freeze()  # as in a run that has gone on for a while
    extraction = _Timed()
    begin, began = time.process_time(), server_seconds(engine)
    report = _run(engine, paths, finder, extraction)
    here, there = time.process_time() - begin, server_seconds(engine) - began
    engine.dispose()
    total = here + there
    rest = here - extraction.seconds
    print(
        f"{kind}: {report.new:,} articles, {report.words:,} words, {report.statements:,} statements: "
        f"{report.new / total:.2f} articles and {report.words / total:,.0f} words a CPU second; "
        f"extraction {extraction.seconds / total:.1%}, the rest here {rest / total:.1%}, "
        f"the server {there / total:.1%}"
    )


def _run(engine: Engine, paths: Sequence[Path], finder: str, executor: Executor) -> Report:
    settings = Settings()
    options = Options(
        model=settings.spacy_model,
        finder=finder,
        batch_size=settings.batch_size,
        max_article_chars=settings.max_article_chars,
        make_executor=lambda: executor,
    )
    return run_ingestion(paths, engine=engine, options=options)


if __name__ == "__main__":
    main()
