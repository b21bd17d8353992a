"""Many rows in one statement, and keys in pieces that a statement can hold."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, insert

from app.db.models.base import Base

Key = TypeVar("Key", int, str)

KEYS_A_STATEMENT = 10_000  # SQLite binds at most 32,766 values a statement, PostgreSQL 65,535
COPY_FROM = 20  # rows: below, COPY costs more than it saves


class Loaded(NamedTuple):
    """What loading a file of known records did: rows added, and rows changed, whose cards may be old."""

    added: bool
    changed: bool


def pieces(keys: Collection[Key]) -> Iterator[list[Key]]:
    """Yield the keys in lists that fit one statement; nothing for no keys."""
    remaining = iter(keys)
    while piece := list(islice(remaining, KEYS_A_STATEMENT)):
        yield piece


def insert_rows(connection: Connection, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows that all have the same columns: by COPY on PostgreSQL, by one executemany elsewhere."""
    if not rows:
        return
    if connection.dialect.name == "postgresql" and len(rows) >= COPY_FROM:
        _copy(connection, table, rows)
    else:
        connection.execute(insert(table), [dict(row) for row in rows])


def _copy(connection: Connection, table: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    columns = list(rows[0])
    names = ", ".join(f'"{name}"' for name in columns)
    driver = connection.connection.driver_connection
    if driver is None:
        raise RuntimeError("the connection is closed")
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.__tablename__} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_plain(row[name]) for name in columns])


def _plain(value: object) -> object:
    return value.value if isinstance(value, Enum) else value
