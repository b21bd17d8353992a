"""Engines: one for the job, which writes, one for the API, which only reads."""

import sqlite3
from typing import Any, cast

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from app.db.sqlite_files import IN_MEMORY, uri_to_read

BUSY_TIMEOUT_MS = 30_000  # a second writer on SQLite waits this long for the first
WRITING_PRAGMAS = (
    "journal_mode = WAL",
    "cache_size = -65536",  # KiB: keys of articles and statements fall on pages all over their indexes
    "wal_autocheckpoint = 8192",  # pages, 32 MiB: those pages are written again and again
)


class UnsupportedDatabaseError(ValueError):
    """The database URL names a database that Dateline does not run on."""


def parse_url(text: str) -> URL:
    """Return the URL of a SQLite or PostgreSQL database.

    Raises UnsupportedDatabaseError, naming the URL without its password.
    """
    try:
        url = make_url(text)
    except ArgumentError as error:
        raise UnsupportedDatabaseError(f"not a database URL: {text!r}") from error
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        shown = url.render_as_string(hide_password=True)
        raise UnsupportedDatabaseError(f"neither SQLite nor PostgreSQL: {shown}")
    return url.set(drivername="postgresql+psycopg") if url.get_backend_name() == "postgresql" else url


def writing_engine(database_url: str) -> Engine:
    """Return the engine of the job and of migrations. On SQLite a transaction takes the write lock at
    its start, so that a second writer waits instead of failing half-way.
    """
    url = parse_url(database_url)
    engine = create_engine(url)
    if url.get_backend_name() == "sqlite":
        _configure_sqlite(engine, begin="BEGIN IMMEDIATE", read_only=False)
    return engine


def reading_engine(database_url: str, *, timeout_seconds: float, connections: int) -> Engine:
    """Return the engine of the API: read-only transactions in which every query sees one state.

    It never makes a SQLite file, and reads one in a read-only folder as well (see `app.db.sqlite_files`).
    A query that takes longer than `timeout_seconds` ends: on PostgreSQL by statement_timeout, on SQLite by
    the progress handler that the reader sets.
    """
    url = parse_url(database_url)
    if url.get_backend_name() == "sqlite":
        in_memory = url.database in {
            None,
            "",
            IN_MEMORY,
        }  # one database a thread: SQLAlchemy has its own pool
        pool = {} if in_memory else {"pool_size": connections + 1, "max_overflow": 0}
        engine = create_engine(url, **pool)
        event.listen(engine, "do_connect", _open_existing)
        _configure_sqlite(engine, begin="BEGIN", read_only=True)
        return engine
    options = (
        f"-c statement_timeout={int(timeout_seconds * 1000)} -c jit=off -c default_transaction_read_only=on"
    )
    return create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        isolation_level="REPEATABLE READ",
        connect_args={"options": options},
    )


def _open_existing(_: Dialect, __: Any, arguments: list[Any], options: dict[str, Any]) -> None:  # noqa: ANN401 - untyped by SQLAlchemy
    """Have sqlite3 open a file that is there. An address of SQLite's own (`uri=true`) says itself how."""
    if arguments[0] != IN_MEMORY and not options.get("uri"):
        arguments[0] = uri_to_read(arguments[0])
        options["uri"] = True


def _configure_sqlite(engine: Engine, *, begin: str, read_only: bool) -> None:
    """Set the PRAGMAs of every connection; begin transactions ourselves, since sqlite3 opens none to read."""

    def connect(connection: sqlite3.Connection, record: Any) -> None:  # noqa: ANN401 - untyped by SQLAlchemy
        del record
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout = {BUSY_TIMEOUT_MS}",
            "foreign_keys = ON",
            *(("query_only = ON",) if read_only else WRITING_PRAGMAS),
            "synchronous = NORMAL",
        ):
            connection.execute(f"PRAGMA {pragma}")

    def begin_transaction(connection: Connection) -> None:
        if read_only:  # it cannot fail, and needs nothing of what SQLAlchemy does for a statement
            cast(sqlite3.Connection, connection.connection.driver_connection).execute(begin)
        else:
            connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin_transaction)
