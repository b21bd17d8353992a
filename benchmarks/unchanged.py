"""Measure a run that finds nothing new: JSON Lines of articles that are stored as they are.

    python -m benchmarks.unchanged [--articles N] [--database sqlite|postgresql]

Only the rows of the articles themselves are made, since no other table is looked into. CPU time is that of
the whole run in this process, and of the process of PostgreSQL that serves it.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.extraction.finders import DEFAULT_FINDER
from app.extraction.pipeline import pipeline_version
from app.ingestion.database import prepare, writing
from app.ingestion.job import run_ingestion
from app.readers.identity import identity_of, key_of
from app.readers.records import sha256_of
from app.storage.bulk import insert_rows
from benchmarks.databases import KINDS, database_server, new_database, server_seconds
from benchmarks.options import options

AT_ONCE = 5_000  # rows
WORDS = 500  # an article
_NOW = datetime(2026, 5, 1, tzinfo=UTC)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000, help="stored articles (100000)")
    parser.add_argument("--database", choices=KINDS, action="append", help="one of them (both)")
    asked = parser.parse_args()
    for kind in asked.database or KINDS:
        with tempfile.TemporaryDirectory() as folder, database_server(kind, Path(folder)) as server:
            for url in new_database(server, Path(folder)):
                _measure(kind, url, Path(folder, "articles.jsonl"), asked.articles)


def _measure(kind: str, url: str, path: Path, size: int) -> None:
    engine = writing_engine(url)
    prepare(engine)
    _store(engine, path, size)
    begin, began, clock = time.process_time(), server_seconds(engine), time.perf_counter()
    report = run_ingestion([path], engine=engine, options=options())
    here, there = time.process_time() - begin, server_seconds(engine) - began
    took = time.perf_counter() - clock
    print(
        f"{kind}: {report.unchanged:,} of {report.read:,} unchanged, {path.stat().st_size / 1e6:,.0f} MB: "
        f"{here:.1f} s of CPU here, {there:.1f} s in the server, {took:.1f} s by the clock, "
        f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB of memory"
    )
    engine.dispose()


def _store(engine: Engine, path: Path, size: int) -> None:
    """Write the lines and the rows of articles that were read from them."""
    with path.open("wb") as file, writing(engine) as connection:
        for first in range(0, size, AT_ONCE):
            lines = list(_lines(first, min(first + AT_ONCE, size)))
            file.writelines(line + b"\n" for _, _, line in lines)
            insert_rows(connection, Article, [_row(*each) for each in lines])


def _lines(first: int, last: int) -> Iterator[tuple[int, str, bytes]]:
    for number in range(first, last):
        url = f"https://news.example/{number}"
        text = " ".join(f"word{(number * at) % 9_973}" for at in range(WORDS))
        yield number, url, json.dumps({"url": url, "text": text}).encode()


def _row(number: int, url: str, line: bytes) -> dict[str, object]:
    identity = identity_of(url=url, source=None, external_id=None, text_sha256="")
    counts = dict.fromkeys(("words", "statements", "speakers", "organizations", "cities", "topics"), 0)
    return {
        "id": number + 1,
        "key": key_of(identity),
        "identity": identity,
        "fingerprint": "",
        "original_sha256": sha256_of(line),
        "summary_only": False,
        "url": url,
        "language": "en",
        "extracted": True,
        **counts,
        "ingested_at": _NOW,
        "updated_at": _NOW,
        "pipeline_version": pipeline_version(DEFAULT_FINDER),
    }


if __name__ == "__main__":
    main()
