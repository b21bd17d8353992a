"""Measure the whole job: articles and words a CPU second, and the share of it that is extraction.

    python -m benchmarks.job PATH... [--database sqlite|postgresql] [--finder encoder|rules] [--workers N]

What is under PATH is taken into an empty database whose known places are loaded, with the models loaded too.
CPU time is that of this process, which does all of it, and of the process of PostgreSQL that serves it.
With workers it is the clock that counts: extraction alone by these processes, then the whole job by them.
The machine should have no other work then.
"""

import argparse
import gc
import tempfile
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine

from app.db.engine import writing_engine
from app.domain.article import Article
from app.extraction.finders import DEFAULT_FINDER, FINDERS
from app.extraction.pipeline import annotate
from app.ingestion.batches import Batch
from app.ingestion.database import prepare
from app.ingestion.extracting import extract_on
from app.ingestion.job import BATCHES_A_WORKER, run_ingestion
from app.ingestion.report import Report
from app.ingestion.workers import process_pool
from app.readers.files import read_paths
from app.settings import Settings
from benchmarks.databases import KINDS, ROOT, database_server, new_database, server_seconds
from benchmarks.options import options

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


class _Kept(Executor):
    """Another executor, of so many workers, which nobody who uses this one can end."""

    def __init__(self, executor: Executor, workers: int) -> None:
        self.executor = executor
        self.workers = workers

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        """Have the other one do it."""
        return self.executor.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - its own signature
        """Leave the other one as it is."""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("path", nargs="+", type=Path, help="what is taken in")
    parser.add_argument("--database", choices=KINDS, action="append", help="one of them (both)")
    parser.add_argument("--finder", choices=sorted(FINDERS), default=DEFAULT_FINDER, help=DEFAULT_FINDER)
    parser.add_argument("--workers", type=int, default=1, help="processes that extract (1: this one)")
    asked = parser.parse_args()
    for kind in asked.database or KINDS:
        with tempfile.TemporaryDirectory() as folder, database_server(kind, Path(folder)) as server:
            for url in new_database(server, Path(folder)):
                make_pool = process_pool(asked.workers)
                if make_pool is None:
                    _measure(kind, url, asked.path, asked.finder)
                else:
                    with make_pool() as pool:
                        _measure_by_clock(kind, url, asked.path, asked.finder, _Kept(pool, asked.workers))


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


def _measure_by_clock(kind: str, url: str, paths: Sequence[Path], finder: str, pool: _Kept) -> None:
    engine = writing_engine(url)
    prepare(engine)
    _run(engine, WARMING, finder, _Timed())  # what this process needs for linking and writing
    _extract(WARMING * pool.workers * BATCHES_A_WORKER, finder, pool)
    extraction = _extract(paths, finder, pool)
    begin = time.perf_counter()
    report = _run(engine, paths, finder, pool, pool.workers)
    took = time.perf_counter() - begin
    engine.dispose()
    print(
        f"{kind}: {report.new:,} articles, {report.words:,} words by {pool.workers} workers: extraction "
        f"alone {extraction:.1f} s by the clock, the whole job {took:.1f} s, "
        f"{extraction / took:.1%} of its pace"
    )


def _extract(paths: Sequence[Path], finder: str, pool: _Kept) -> float:
    """Return the seconds that extracting the articles takes, in the job's own batches."""
    settings = Settings()
    read = read_paths(paths, max_article_chars=settings.max_article_chars)
    articles = [answer for answer in read if isinstance(answer, Article)]
    parts = (
        Batch(changed=tuple(articles[at : at + settings.batch_size]), refused=(), unchanged=0, position=at)
        for at in range(0, len(articles), settings.batch_size)
    )
    work = partial(annotate, model=settings.spacy_model, finder=finder)
    begin = time.perf_counter()
    window = pool.workers * BATCHES_A_WORKER
    deque(extract_on(lambda: pool, parts, annotate=work, window=window, tell=print), maxlen=0)
    return time.perf_counter() - begin


def _run(engine: Engine, paths: Sequence[Path], finder: str, executor: Executor, workers: int = 1) -> Report:
    asked = options(finder=finder, make_executor=lambda: executor, workers=workers)
    return run_ingestion(paths, engine=engine, options=asked)


if __name__ == "__main__":
    main()
