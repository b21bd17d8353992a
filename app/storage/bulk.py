"""Many rows in one statement, and keys in pieces that a statement can hold."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import Enum
from functools import lru_cache
from itertools import chain, islice
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
ROWS_A_STATEMENT = 50  # of SQLite, which sets up the checks of a table's columns once for all of them
PARAMETER = {"sqlite": "?", "postgresql": "%s"}


class Loaded(NamedTuple):
    """What loading a file of known records did: rows added, and rows changed, whose cards may be old."""

    added: bool
    changed: bool


class _Writing(NamedTuple):
    """How rows of some columns are written. `stored` turns the values of columns into those that the driver
    takes, `printed` into those that COPY reads as they are; both are null where they are so already.
    """

    insert: str
    insert_many: str  # `ROWS_A_STATEMENT` of them
    copy: str
    line: str  # of COPY, with a gap for each value
    stored: tuple[Callable[[Row], Row] | None, ...]
    printed: tuple[Callable[[Row], Row] | None, ...]


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
        insert_tuples(connection, table, tuple(rows[0]), [tuple(map(_plain, row.values())) for row in rows])


def insert_tuples(
    connection: Connection, table: type[Base], names: tuple[str, ...], rows: Sequence[Row]
) -> None:
    """Insert rows of these columns, of enums their values: by COPY on PostgreSQL, many a statement on SQLite.

    Column by column, because SQLAlchemy's way, value by value, takes longer than SQLite itself.
    """
    if not rows:
        return
    writing = _writing(connection.dialect, table, names)
    rows = _converted(rows, writing.stored)
    if connection.dialect.name == "sqlite":
        whole = len(rows) - len(rows) % ROWS_A_STATEMENT
        together = [rows[at : at + ROWS_A_STATEMENT] for at in range(0, whole, ROWS_A_STATEMENT)]
        _insert(connection, writing.insert_many, [tuple(chain.from_iterable(some)) for some in together])
        _insert(connection, writing.insert, rows[whole:])
    elif len(rows) >= COPY_FROM:
        _copy(connection, writing, rows)
    else:
        _insert(connection, writing.insert, rows)


def _insert(connection: Connection, statement: str, rows: Sequence[Row]) -> None:
    if rows:
        connection.exec_driver_sql(statement, list(rows))


def _copy(connection: Connection, writing: _Writing, rows: Sequence[Row]) -> None:
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    with driver.cursor() as cursor, cursor.copy(writing.copy) as copy:
        copy.write("".join(map(writing.line.__mod__, _converted(rows, writing.printed))))


def _converted(rows: Sequence[Row], columns: tuple[Callable[[Row], Row] | None, ...]) -> Sequence[Row]:
    if not any(columns):
        return rows
    values = zip(zip(*rows, strict=True), columns, strict=True)
    return list(zip(*(same if convert is None else convert(same) for same, convert in values), strict=True))


@lru_cache(maxsize=256)
def _writing(dialect: Dialect, table: type[Base], names: tuple[str, ...]) -> _Writing:
    columns = [table.__table__.c[name] for name in names]
    quoted = ", ".join(f'"{name}"' for name in names)
    into = f"{table.__tablename__} ({quoted})"
    values = f"({', '.join([PARAMETER[dialect.name]] * len(names))})"
    insert = f"INSERT INTO {into} VALUES "  # noqa: S608 - names of our own tables
    return _Writing(
        insert=insert + values,
        insert_many=insert + ", ".join([values] * ROWS_A_STATEMENT),
        copy=f"COPY {into} FROM STDIN",
        line="\t".join(["%s"] * len(names)) + "\n",
        stored=tuple(_to_driver(column.type, dialect) for column in columns),
        printed=tuple(_to_print(column) for column in columns),
    )


def _to_driver(type_: TypeEngine[object], dialect: Dialect) -> Callable[[Row], Row] | None:
    if isinstance(type_, EnumType):
        return None
    bind = type_.dialect_impl(dialect).bind_processor(dialect)
    return None if bind is None else lambda values: tuple([bind(value) for value in values])


def _to_print(column: ColumnElement[object]) -> Callable[[Row], Row] | None:
    """Return what prints a column for COPY; the values of enums need no escapes."""
    if isinstance(column.type, String) and not isinstance(column.type, EnumType):
        return _escaped
    return _or_null if getattr(column, "nullable", True) else None


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value


def _or_null(values: Row) -> Row:
    return tuple([r"\N" if value is None else value for value in values])


def _escaped(values: Row) -> Row:
    """Return texts as COPY reads them: see "Text Format" in PostgreSQL's manual of COPY."""
    return tuple(
        [
            r"\N"
            if text is None
            else text.replace("\\", r"\\").replace("\n", r"\n").replace("\r", r"\r").replace("\t", r"\t")
            for text in values
        ]
    )
