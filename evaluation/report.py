"""The tables of docs/quality.md: what was last recorded beside what is asked; what falls short is bold."""

from collections.abc import Mapping
from pathlib import Path

from evaluation.record import NO_FINDER, Run, read_results

GOALS = Path(__file__).with_name("goals.tsv")
ERRORS = "errors on "
"""What the names of sets of counted errors begin with."""

FINDERS = ("rules", "encoder")
Goals = Mapping[tuple[str, str], tuple[str, str]]


def read_goals() -> dict[tuple[str, str], tuple[str, str]]:
    """Return the least and the aim of each figure by set and name."""
    lines = GOALS.read_text("utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return {(measured, figure): (least, aim) for measured, figure, least, aim in cells}


def figure_tables() -> str:
    """Return a Markdown table for each set that was measured."""
    goals = read_goals()
    results = read_results()
    sets = (one for one in results if not one.startswith(ERRORS))
    return "\n\n".join(table(one, results[one], goals) for one in sets)


def error_tables() -> str:
    """Return a Markdown table for each set of counted errors."""
    results = read_results()
    return "\n\n".join(table(one, runs, {}) for one, runs in results.items() if one.startswith(ERRORS))


def table(measured: str, runs: Mapping[str, Run], goals: Goals) -> str:
    """Return heading, date, version and a row for each figure: a column for each finder, then the goals."""
    finders = [one for one in (*FINDERS, NO_FINDER) if one in runs]
    names = dict.fromkeys(name for one in finders for name in runs[one]["figures"])
    asked = {name: goals[measured, name] for name in names if (measured, name) in goals}
    heads = ["figure" if one == NO_FINDER else one for one in finders]
    heads.extend(["at least", "aim"] if asked else [])
    rows = [f"| | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
    for name in names:
        least, aim = asked.get(name, ("", ""))
        cells = [_cell(runs[one]["figures"].get(name), least) for one in finders]
        rows.append(f"| {' | '.join([name, *cells, *((least, aim) if asked else ())])} |")
    return "\n".join([f"### {measured}", "", _made(runs, finders), "", *rows])


def _made(runs: Mapping[str, Run], finders: list[str]) -> str:
    """Return when and by which pipelines the figures were measured."""
    made = dict.fromkeys(f"{runs[one]['date']}, pipeline {runs[one]['pipeline']}" for one in finders)
    return "; ".join(made) + "."


def _cell(value: float | None, least: str) -> str:
    """Return a figure, in bold where it is less than what is asked at least."""
    if value is None:
        return ""
    return f"**{value:,}**" if least and value < float(least) else f"{value:,}"
