"""Measure what the job holds in memory while it takes in files that are larger than memory should be.

    python -m benchmarks.large_inputs [--json-lines MB] [--web-archive MB] [--database sqlite|postgresql]

Each file is written and taken in whole, by rules, in this process. So that gigabytes take minutes, most
articles are in Spanish, which is stored and indexed but not extracted, lines come again after `DISTINCT`
others, and pages carry scripts.
"""

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from app.db.engine import writing_engine
from app.ingestion.database import prepare
from app.ingestion.job import run_ingestion
from benchmarks.databases import KINDS, database_server, new_database
from benchmarks.options import options

FINDER = "rules"
PARAGRAPHS = 200  # of an article: about 40 kB
DISTINCT = 5_000
SCRIPT = "<script>" + "var state = {loaded: false, items: []};" * 10_000 + "</script>"  # 390 kB
SPANISH = (
    "La ciudad publica hoy el informe {} sobre las {} solicitudes que la gente hizo durante el mes pasado, "
    "y la oficina {} dice que responde a las {} personas antes del verano siguiente."
)
ENGLISH = 100  # one article in so many is in English
STATEMENT = "Mayor Ana Ortega of Boston said on Friday that the city had counted {} new applications."
MENU = "<nav>" + "<li><a href=/{0}>Parte {0}</a></li>" * 20 + "</nav>"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--json-lines", type=int, default=2_000, metavar="MB", help="size (2000); 0: none")
    parser.add_argument("--web-archive", type=int, default=1_000, metavar="MB", help="size (1000); 0: none")
    parser.add_argument("--database", choices=KINDS, action="append", help="one of them (both)")
    asked = parser.parse_args()
    files = {
        "articles.jsonl": (_line, asked.json_lines),
        "pages.warc": (_response, asked.web_archive),
    }
    for kind in asked.database or KINDS:
        with tempfile.TemporaryDirectory() as folder, database_server(kind, Path(folder)) as server:
            for url in new_database(server, Path(folder)):
                for name, (record, megabytes) in files.items():
                    path = Path(folder, name)
                    _write(path, record, megabytes * 1_000_000)
                    _measure(kind, url, path)
                    path.unlink()


def _measure(kind: str, url: str, path: Path) -> None:
    engine = writing_engine(url)
    prepare(engine)
    before = _most_megabytes()
    begin, clock = time.process_time(), time.perf_counter()
    report = run_ingestion([path], engine=engine, options=options(finder=FINDER))
    spent, took = time.process_time() - begin, time.perf_counter() - clock
    engine.dispose()
    print(
        f"{kind}: {path.name} of {path.stat().st_size / 1e6:,.0f} MB: {report.new:,} of {report.read:,} "
        f"articles stored, {report.statements:,} statements; {spent:,.0f} s of CPU here, {took:,.0f} s by "
        f"the clock; at most {_most_megabytes():,.0f} MB of memory, {before:,.0f} MB before",
        flush=True,
    )


def _most_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write(path: Path, record: Callable[[int], bytes], size: int) -> None:
    with path.open("wb") as file:
        number = 0
        while file.tell() < size:
            file.write(record(number))
            number += 1


def _paragraphs(number: int) -> Iterator[str]:
    """Yield an article's paragraphs, which no other article repeats."""
    if number % ENGLISH == 0:
        yield STATEMENT.format(number)
        return
    for at in range(number * PARAGRAPHS, (number + 1) * PARAGRAPHS):
        yield SPANISH.format(at, at * 7 % 99_991, at * 11 % 99_989, at * 13 % 99_971)


def _line(number: int) -> bytes:
    number %= DISTINCT
    article = {"url": f"https://lines.example/{number}", "text": "\n\n".join(_paragraphs(number))}
    return json.dumps(article, ensure_ascii=False).encode() + b"\n"


def _response(number: int) -> bytes:
    """Return a page as CC-NEWS holds it: a record of a web archive that is an answer of a server."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in _paragraphs(number))
    head = f"<!doctype html><title>Informe {number}</title>{SCRIPT}"
    page = f"{head}{MENU.format(number)}<article>{text}</article>"
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.encode()
    header = (
        "WARC/1.0\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Date: 2020-02-15T00:00:00Z\r\nWARC-Target-URI: https://pages.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return header.encode() + answer + b"\r\n\r\n"


if __name__ == "__main__":
    main()
