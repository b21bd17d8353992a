"""What the evaluations measured when it was last recorded: evaluation/results.json.

Every evaluation hands its figures on here, set by set and finder by finder. They are printed with the
difference to the recorded run; `--record` writes them in its place.
"""

import argparse
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from app.extraction.finders import FINDERS
from app.extraction.pipeline import pipeline_version

RESULTS = Path(__file__).with_name("results.json")
SHARED = Path(__file__).parents[2] / "shared"
NO_FINDER = "-"
"""Stands for the finder of figures that do not depend on one."""

Run = dict[str, Any]  # date, pipeline, figures: by name, in percent, or whole numbers


def read_results(path: Path = RESULTS) -> dict[str, dict[str, Run]]:
    """Return the recorded runs by set and finder; none when nothing was recorded."""
    if not path.is_file():
        return {}
    found: dict[str, dict[str, Run]] = json.loads(path.read_text("utf-8"))
    return found


def options(description: str | None) -> argparse.ArgumentParser:
    """Return the command-line options that every evaluation has."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the corpora and scorers")
    parser.add_argument("--record", action="store_true", help="keep the figures in results.json")
    parser.add_argument("--finder", choices=sorted(FINDERS), action="append", help="both by default")
    return parser


def finders(chosen: argparse.Namespace) -> list[str]:
    """Return the finders to measure."""
    return chosen.finder or sorted(FINDERS)


class Results:
    """The figures of one run of an evaluation beside the recorded ones."""

    def __init__(self, *, save: bool, path: Path = RESULTS) -> None:
        """Read what was recorded; `save` tells whether to record this run."""
        self._save = save
        self._path = path
        self._before = read_results(path)

    def add(self, measured: str, finder: str, figures: Mapping[str, float], *, on: date | None = None) -> str:
        """Take the figures of a set and a finder; return them as lines with their differences."""
        before = self._before.get(measured, {}).get(finder, {}).get("figures", {})
        lines = [f"{measured}, {finder}" if finder != NO_FINDER else measured]
        rounded = {name: _rounded(value) for name, value in figures.items()}
        lines.extend(f"  {name:64}{_line(value, before.get(name))}" for name, value in rounded.items())
        lines.extend(f"  {name:64}{'-':>8}   was {before[name]}" for name in before if name not in rounded)
        if self._save:
            self._keep(measured, finder, rounded, on or datetime.now(tz=UTC).date())
        return "\n".join(lines)

    def _keep(self, measured: str, finder: str, figures: Mapping[str, float], day: date) -> None:
        version = pipeline_version() if finder == NO_FINDER else pipeline_version(finder)
        now = read_results(self._path)
        now.setdefault(measured, {})[finder] = {
            "date": day.isoformat(),
            "pipeline": version,
            "figures": dict(figures),
        }
        self._path.write_text(json.dumps(now, indent=1, sort_keys=False) + "\n", "utf-8")


def _rounded(value: float) -> float:
    """Return a percentage with one decimal, a whole number as it is."""
    return value if isinstance(value, int) else round(value, 1)


def _line(value: float, before: float | None) -> str:
    """Return a figure and its difference to the recorded one."""
    shown = f"{value:8}" if isinstance(value, int) else f"{value:8.1f}"
    if before is None:
        return f"{shown}   new"
    change = round(value - before, 1)
    return shown if change == 0 else f"{shown}   {change:+g}"
