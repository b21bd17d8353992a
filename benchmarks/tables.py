"""The tables of a report, in Markdown: printed by the benchmark, and kept in docs/performance.md."""

from collections.abc import Iterable
from typing import Any

from benchmarks.questions import TITLES
from benchmarks.targets import goals, growth, ratio, sizes_of

_ABSENT = "–"


def tables(report: dict[str, Any]) -> dict[str, str]:
    """Return every table by its name."""
    found = {"targets": _targets(report), "machine": _machine(report)}
    for kind, database in report["databases"].items():
        found[f"ratios on {kind}"] = _ratios(database)
        found[f"figures on {kind}"] = _figures(database)
        found[f"processes on {kind}"] = _processes(database)
    return found


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _targets(report: dict[str, Any]) -> str:
    rows = [[goal.what, goal.goal, goal.reached, "yes" if goal.met else "**no**"] for goal in goals(report)]
    return _table(["target", "goal", "reached", "met"], rows)


def _machine(report: dict[str, Any]) -> str:
    machine, method = report["machine"], report["method"]
    versions = ", ".join(f"{name} {number}" for name, number in machine["packages"].items())
    rows = [
        ["machine", f"{machine['processor']}, {machine['cores']} cores, {machine['system']}"],
        ["software", f"Python {machine['python']}, {versions}"],
        ["databases", ", ".join(each["version"] for each in report["databases"].values())],
        [
            "load",
            f"{method['connections']} connections, {method['rounds']} rounds of {method['seconds']:g} s",
        ],
        ["load average before", " ".join(map(str, machine["load_average_before"]))],
    ]
    return _table(["what", "which"], rows)


def _ratios(database: dict[str, Any]) -> str:
    sizes = sizes_of(database)
    size = str(max(sizes))
    rows = [
        [
            TITLES[name],
            _number(ratio(question[size], "constant"), 2),
            _number(ratio(question[size], "constant", by="per_second"), 2),
            _number(ratio(question[size], "naive"), 1),
            _number(ratio(question[size], "naive", by="per_second"), 1),
            _number(growth(question, sizes), 2),
        ]
        for name, question in database["questions"].items()
    ]
    head = [
        f"request, {max(sizes):,} articles",
        "to constant page",
        "by req/s",
        "to naive list",
        "by req/s",
        "growth of CPU",
    ]
    return _table(head, rows)


def _figures(database: dict[str, Any]) -> str:
    head = [
        "request",
        "articles",
        "server",
        "req/s",
        "CPU µs",
        "p50 ms",
        "p99 ms",
        "bytes",
        "statements",
        "database ms",
    ]
    rows = [
        _figure(name, size, who, figures)
        for name, question in database["questions"].items()
        for size in sizes_of(database)
        for figures in (question[str(size)],)
        for who in ("product", "constant", "naive")
        if who in figures
    ]
    return _table(head, rows)


def _figure(name: str, size: int, who: str, figures: dict[str, Any]) -> list[str]:
    measured, cost = figures[who], figures["database"] if who == "product" else None
    return [
        TITLES[name],
        f"{size:,}",
        who,
        f"{measured['per_second']:,.0f}",
        f"{measured['cpu_us']:,.0f}",
        f"{measured['p50_ms']:.1f}",
        f"{measured['p99_ms']:.1f}",
        f"{measured['body_bytes']:,}",
        str(cost["statements"]) if cost else _ABSENT,
        f"{cost['database_ms']:.2f}" if cost else _ABSENT,
    ]


def _processes(database: dict[str, Any]) -> str:
    rows = [
        [f"{size:,}", *(_number(database["memory_mb"][str(size)].get(who), 0) for who in _SERVERS)]
        for size in sizes_of(database)
    ]
    start = database["starts"]
    first = f"First answer {start['seconds']:.2f} s after the start, {start['cpu_seconds']:.2f} s of CPU."
    return f"{_table(['articles', *(f'{who}, MB' for who in _SERVERS)], rows)}\n\n{first}"


_SERVERS = ("product", "constant", "naive")


def _number(value: float | None, digits: int) -> str:
    return _ABSENT if value is None else f"{value:.{digits}f}"
