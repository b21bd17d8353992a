"""Many rows in one statement, and keys in pieces that a statement can hold."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ARRAY, BigInteger, Connection, Dialect, String, any_, bindparam, false, func, select
from sqlalchemy import Enum as EnumType
from sqlalchemy.sql.elements import ColumnElement, SQLColumnExpression
from sqlalchemy.types import TypeEngine

from app.db.models.base import Base

Key = TypeVar("Key", int, str)
Row = tuple[Any, ...]
"""The values of a row in the order of its columns; of which types they are, the models say."""

KEYS_A_STATEMENT = 10_000  # so that no one statement holds the database for long
COPY_FROM = 20  # rows: below, COPY costs more than it saves
PARAMETER = {"sqlite": "?", "postgresql": "%s"}


class Loaded(NamedTuple):
    """What loading a file of known records did: rows added, and rows changed, whose cards may be old."""

    added: bool
    changed: bool


class _Writing(NamedTuple):
    """How rows of some columns are written. `stored` turns values into those that the driver takes."""

    insert: str
    copy: str
    stored: tuple[Callable[[Row], Row] | None, ...]
    strings: tuple[bool, ...]  # whether a column holds text, in which COPY needs escapes


def pieces(keys: Collection[Key]) -> Iterator[list[Key]]:
    """Yield the keys in lists that fit one statement; nothing for no keys."""
    remaining = iter(keys)
    while piece := list(islice(remaining, KEYS_A_STATEMENT)):
        yield piece


def among(
    connection: Connection, column: SQLColumnExpression[Any], keys: Collection[Key]
) -> ColumnElement[bool]:
    """Return the test for one of many keys, which go as one value.

    As a value each, they take SQLAlchemy longer to print than the database to look up.
    """
    given = list(keys)
    if not given:
        return false()
    if connection.dialect.name == "sqlite":
        return column.in_(select(func.json_each(json.dumps(given)).table_valued("value").c.value))
    of = String() if isinstance(given[0], str) else BigInteger()
    return column == any_(bindparam(None, given, type_=ARRAY(of)))


def insert_rows(connection: Connection, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows that all have the same columns, in the same order."""
    if rows:
        insert_tuples(connection, table, tuple(rows[0]), [tuple(row.values()) for row in rows])


def insert_tuples(
    connection: Connection, table: type[Base], names: tuple[str, ...], rows: Sequence[Row]
) -> None:
    """Insert rows of these columns: by COPY on PostgreSQL, by one executemany elsewhere.

    Column by column, because SQLAlchemy's way, value by value, takes longer than SQLite itself.
    """
    if not rows:
        return
    writing = _writing(connection.dialect, table, names)
    columns = [
        values if stored is None else stored(values)
        for values, stored in zip(zip(*rows, strict=True), writing.stored, strict=True)
    ]
    if connection.dialect.name == "postgresql" and len(rows) >= COPY_FROM:
        _copy(connection, writing, columns)
    else:
        connection.exec_driver_sql(writing.insert, list(zip(*columns, strict=True)))


@lru_cache(maxsize=256)
def _writing(dialect: Dialect, table: type[Base], names: tuple[str, ...]) -> _Writing:
    types = [table.__table__.c[name].type for name in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    into = f"{table.__tablename__} ({quoted})"
    values = ", ".join([PARAMETER[dialect.name]] * len(names))
    return _Writing(
        insert=f"INSERT INTO {into} VALUES ({values})",  # noqa: S608 - names of our own tables
        copy=f"COPY {into} FROM STDIN",
        stored=tuple(_to_driver(type_, dialect) for type_ in types),
        strings=tuple(isinstance(type_, String) for type_ in types),
    )


def _to_driver(type_: TypeEngine[object], dialect: Dialect) -> Callable[[Row], Row] | None:
    """Return what makes the driver's values of a column's, null when they are the same."""
    if isinstance(type_, EnumType):
        return _plain
    bind = type_.dialect_impl(dialect).bind_processor(dialect)
    return None if bind is None else lambda values: tuple([bind(value) for value in values])


def _plain(values: Row) -> Row:
    return tuple([value.value if isinstance(value, Enum) else value for value in values])


def _copy(connection: Connection, writing: _Writing, columns: Sequence[Sequence[object]]) -> None:
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    printed = [
        [_escaped(value) if string else _printed(value) for value in values]
        for values, string in zip(columns, writing.strings, strict=True)
    ]
    lines = map("\t".join, zip(*printed, strict=True))
    with driver.cursor() as cursor, cursor.copy(writing.copy) as copy:
        copy.write("\n".join(lines) + "\n")


def _printed(value: object) -> str:
    return r"\N" if value is None else str(value)


def _escaped(value: object) -> str:
    """Return text as COPY reads it: see "Text Format" in PostgreSQL's manual of COPY."""
    if value is None:
        return r"\N"
    text = str(value).replace("\\", r"\\")
    return text.replace("\n", r"\n").replace("\r", r"\r").replace("\t", r"\t")
