"""Measure the read path: the real server under load, beside what the framework alone can do and beside the
same list as it is commonly written.

    python -m benchmarks.read_path [--articles 10000,100000] [--database sqlite,postgresql]
                                   [--requests newest,city] [--rounds N] [--seconds S] [--json FILE] [--keep]

Prints tables, and writes the report to a file. `--keep` writes it to benchmarks/results/read_path.json, and
its tables to docs/performance.md. Corpora are built when first needed, and stay in .cache/benchmarks.
"""

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.databases import FOLDER, KINDS, ROOT, database, database_server
from benchmarks.load import generator
from benchmarks.machine import database_version, machine
from benchmarks.questions import TITLES
from benchmarks.rounds import CONNECTIONS
from benchmarks.suite import ROUNDS, SECONDS, Plan, run
from benchmarks.tables import tables
from tools.write_tables import with_table

SIZES = (10_000, 100_000)
COMMAND = "make benchmark"
RESULT = Path(__file__).with_name("results") / "read_path.json"
DOCUMENT = ROOT / "docs" / "performance.md"


def measure(sizes: list[int], kinds: list[str], plan: Plan, *, folder: Path = FOLDER) -> dict[str, Any]:
    """Return the report. `folder` keeps the corpora."""
    report: dict[str, Any] = {
        "machine": machine(),
        "method": {
            "connections": CONNECTIONS,
            "rounds": plan.rounds,
            "seconds": plan.seconds,
            "starts": plan.starts,
        },
        "databases": {},
    }
    for kind in kinds:
        with database_server(kind, folder) as server:
            urls = {size: database(server, size, folder=folder) for size in sizes}
            with generator() as load, TemporaryDirectory() as logs:
                figures = run(urls, plan, load, Path(logs))
            report["databases"][kind] = {"version": database_version(urls[sizes[0]]), **figures}
    return report


def document(text: str, report: dict[str, Any]) -> str:
    """Return the page about performance with the tables of the report in it."""
    for name, table in tables(report).items():
        text = with_table(text, name, table, command=COMMAND)
    return text


def main() -> None:
    """Measure what the command line asks for."""
    arguments = _arguments()
    plan = Plan(names=arguments.requests, rounds=arguments.rounds, seconds=arguments.seconds)
    report = measure(arguments.articles, arguments.database, plan)
    for name, table in tables(report).items():
        print(f"\n{name}\n\n{table}")
    written = json.dumps(report, indent=1) + "\n"
    if arguments.json:
        arguments.json.write_text(written, "utf-8")
    if arguments.keep:
        RESULT.parent.mkdir(exist_ok=True)
        RESULT.write_text(written, "utf-8")
        DOCUMENT.write_text(document(DOCUMENT.read_text("utf-8"), report), "utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=_sizes, default=list(SIZES))
    parser.add_argument("--database", type=lambda text: _names(text, KINDS), default=list(KINDS))
    parser.add_argument("--requests", type=lambda text: _names(text, tuple(TITLES)), default=list(TITLES))
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--keep", action="store_true")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _names(text: str, known: tuple[str, ...]) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(known):
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: none of {', '.join(known)}")
    return names


if __name__ == "__main__":
    main()
