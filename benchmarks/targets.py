"""What the read path is to reach, and how far it is: computed from a report alone.

Servers are compared by the processor time of a request. With one worker that is what bounds requests a
second; on a machine that does other things as well it is the steadier of the two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from benchmarks.questions import TITLES

LEAST_OF_CONSTANT = 0.5  # requests that the product answers while the constant page answers one
LEAST_OF_NAIVE = 10.0  # requests that the product answers while the naive list answers one
MOST_GROWTH = 1.5  # CPU a request at the largest corpus over that at the smallest
MOST_MEMORY_MB = 120.0
MOST_START_SECONDS = 1.5
MOST_STATEMENTS = 2  # a list page on PostgreSQL
COMPARED = ("newest", "city")
FLAT = ("newest", "city", "speaker_year", "city_organization", "city_organization_middling", "deep")
LISTS = (*FLAT, "rare_city", "search")


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise and what was reached, in words, and whether it holds."""

    what: str
    goal: str
    reached: str
    met: bool


def goals(report: dict[str, Any]) -> list[Goal]:
    """Return every goal of which the report has the figures."""
    found = []
    for kind, database in report["databases"].items():
        if kind == "sqlite":
            found += [*_speed(database), *_growth(database), *_process(database)]
        else:
            found += list(_statements(database))
    return found


def ratio(figures: dict[str, Any], other: str, *, by: str = "cpu_us") -> float | None:
    """Return how many requests the product answers while another server answers one, by processor time
    (`cpu_us`) or by the clock (`per_second`); null where that server was not asked.
    """
    if other not in figures:
        return None
    ours, theirs = figures["product"][by], figures[other][by]
    return float(theirs / ours if by == "cpu_us" else ours / theirs)


def growth(question: dict[str, Any], sizes: list[int], what: str = "cpu_us") -> float | None:
    """Return what a request costs at the largest corpus over what it costs at the smallest; null for one."""
    if len(sizes) < 2:  # noqa: PLR2004 - two to compare
        return None
    least, most = (question[str(size)]["product"][what] for size in (min(sizes), max(sizes)))
    return float(most / least)


def sizes_of(database: dict[str, Any]) -> list[int]:
    """Return the sizes of the corpus, smallest first."""
    return sorted(int(size) for size in database["memory_mb"])


def _speed(database: dict[str, Any]) -> Iterator[Goal]:
    size = max(sizes_of(database))
    for name in COMPARED:
        figures = database["questions"].get(name, {}).get(str(size))
        if figures is None:
            continue
        for other, least in (("constant", LEAST_OF_CONSTANT), ("naive", LEAST_OF_NAIVE)):
            reached = ratio(figures, other)
            if reached is not None:
                what = f"{TITLES[name]}, {size:,} articles, against {other}"
                by_clock = ratio(figures, other, by="per_second")
                yield Goal(what, f"≥ {least:g}", f"{reached:.2f} ({by_clock:.2f} by req/s)", reached >= least)


def _growth(database: dict[str, Any]) -> Iterator[Goal]:
    sizes = sizes_of(database)
    for name in FLAT:
        reached = growth(database["questions"][name], sizes) if name in database["questions"] else None
        if reached is not None:
            what = f"{TITLES[name]}, growth from {min(sizes):,} to {max(sizes):,} articles"
            yield Goal(what, f"≤ {MOST_GROWTH:g}", f"{reached:.2f}", reached <= MOST_GROWTH)


def _process(database: dict[str, Any]) -> Iterator[Goal]:
    memory = database["memory_mb"][str(max(sizes_of(database)))]["product"]
    starts = database["starts"]
    start = f"{starts['seconds']:.2f} ({starts['cpu_seconds']:.2f} of CPU)"
    yield Goal(
        "resident memory after the run", f"≤ {MOST_MEMORY_MB:g} MB", f"{memory:.0f}", memory <= MOST_MEMORY_MB
    )
    yield Goal(
        "from start to first answer",
        f"≤ {MOST_START_SECONDS:g} s",
        start,
        starts["seconds"] <= MOST_START_SECONDS,
    )


def _statements(database: dict[str, Any]) -> Iterator[Goal]:
    size = str(max(sizes_of(database)))
    lists = [question[size]["database"] for name, question in database["questions"].items() if name in LISTS]
    if lists:
        most = max(each["statements"] for each in lists)
        yield Goal(
            "statements a list page, PostgreSQL", f"≤ {MOST_STATEMENTS}", str(most), most <= MOST_STATEMENTS
        )
