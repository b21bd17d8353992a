"""What a database's plan of a statement reads and sorts, in one form for SQLite and PostgreSQL."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from app.db.models.tables import metadata
from app.db.search_index import TABLE as SEARCH_TABLE
from app.queries.associations import Query
from tests.queries.crowd import UNLISTED

LARGE = frozenset(
    table.name for table in metadata.tables.values() if table.name == "articles" or "article_id" in table.c
) | {SEARCH_TABLE}
"""Tables that grow with the articles."""

FEW = 2_000
"""Rows that may be sorted: as many records as a ranking has, or a page and what it was chosen from."""

_SCAN = re.compile(r"SCAN (\w+)(?! VIRTUAL TABLE INDEX \d+:\w*M)")  # M: a walk along the matches of words
_TABLE = re.compile(r"(?:SCAN|SEARCH) (\w+)")
_SORT = re.compile(r"USE TEMP B-TREE FOR .*ORDER BY")


@dataclass(frozen=True)
class Plan:
    """`scans` read all of a large table, `walks` as much of it as a page or a bounded count needs, in order;
    `sorts` are of more than a few rows.
    """

    scans: tuple[str, ...]
    walks: tuple[str, ...]
    sorts: tuple[str, ...]
    text: str


def plan(connection: Connection, query: Query, values: Mapping[str, Any]) -> Plan:
    """Return the plan of a query with these values."""
    compiled = _compiled(query, connection.dialect)
    whole = compiled.construct_expanded_state(values, escape_names=False)
    bind: dict[str, Any] = {**compiled._bind_processors, **whole.processors}
    given = {name: bind[name](value) if name in bind else value for name, value in whole.parameters.items()}
    if connection.dialect.name == "sqlite":
        ordered = tuple(given[name] for name in whole.positiontup or ())
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {whole.statement}", ordered).all()
        return _sqlite([(row[0], row[1], row[3]) for row in steps])
    found = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {whole.statement}", given).scalar_one()
    return _postgresql(found[0]["Plan"])


@cache
def _compiled(query: Query, dialect: Dialect) -> SQLCompiler:
    """Return a statement without its values, which takes longer to write than to explain."""
    compiled = query.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)
    return compiled


def _sqlite(steps: list[tuple[int, int, str]]) -> Plan:
    """SQLite nests loops and stops at a limit: a scan is a walk, but in a list, or where all is sorted.

    A sort of what a subquery gives is one of few rows: a page of each part, or the records of a ranking.
    """
    details = {id_: detail for id_, _, detail in steps}
    scans: list[str] = []
    walks: list[str] = []
    sorts: list[str] = []
    for _, parent, detail in steps:
        beside = [other for _, of, other in steps if of == parent]
        waits = [other for other in beside if "TEMP B-TREE" in other]
        found = _SCAN.match(detail)
        if found and found[1] in LARGE:
            (scans if waits or "LIST SUBQUERY" in details.get(parent, "") else walks).append(detail)
        if _SORT.search(detail):
            read = next(filter(None, map(_TABLE.match, beside)))
            if read[1].rstrip("_0123456789") in LARGE:
                sorts.append(detail)
        if found is None and "AUTOMATIC" in detail:
            scans.append(detail)
    return Plan(tuple(scans), tuple(walks), tuple(sorts), "\n".join(details.values()))


def _postgresql(top: dict[str, Any]) -> Plan:
    scans: list[str] = []
    walks: list[str] = []
    sorts: list[str] = []
    for node, limited in _nodes(top, limited=False):
        kind, table = node["Node Type"], node.get("Relation Name")
        assert table not in UNLISTED, "it has to be as large as the others"
        if kind == "Seq Scan" and table in LARGE:
            (walks if limited else scans).append(f"{kind} {table}")
        if kind == "Sort" and node["Plans"][0]["Plan Rows"] > FEW:
            sorts.append(f"{kind} {node['Sort Key']} of {node['Plans'][0]['Plan Rows']}")
    return Plan(tuple(scans), tuple(walks), tuple(sorts), json.dumps(top))


_WAIT = frozenset({"Sort", "Hash", "Aggregate", "Materialize", "Bitmap Index Scan", "WindowAgg"})
"""Nodes that read all of their input before they give a row."""


def _nodes(node: dict[str, Any], *, limited: bool) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield every node, and whether a limit above it ends it early."""
    yield node, limited
    inside = (limited or node["Node Type"] == "Limit") and node["Node Type"] not in _WAIT
    for each in node.get("Plans", ()):
        yield from _nodes(each, limited=inside)
