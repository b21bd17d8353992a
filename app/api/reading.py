"""The only place of the API that touches a database: one read transaction a request, on the right thread."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any, TypeVar

from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from app.api.problems import ProblemError, query_timeout, unavailable
from app.db.engine import parse_url, reading_engine
from app.db.sqlite_files import database_exists
from app.settings import Settings

Answer = TypeVar("Answer")

INSTRUCTIONS_BETWEEN_CHECKS = 10_000
"""Of SQLite's virtual machine: well under a millisecond of work, and too few calls to be felt."""

_QUERY_CANCELED, _UNDEFINED_TABLE = "57014", "42P01"
"""SQLSTATEs of PostgreSQL; its driver's own classes would be loaded to serve SQLite too."""


class Reader:
    """Reads for requests. Its engine connects when it is first used; `close` lets go of it."""

    def __init__(self, database_url: str, *, timeout_seconds: float, threads: int) -> None:
        self._timeout = timeout_seconds
        self._url = parse_url(database_url)
        self._is_sqlite = self._url.get_backend_name() == "sqlite"
        self._engine = reading_engine(database_url, timeout_seconds=timeout_seconds, connections=threads)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="read")
        self._clock = threading.local()
        self._inline: Connection | None = None
        if self._is_sqlite:
            event.listen(self._engine, "connect", self._limit_time)

    @classmethod
    def of(cls, settings: Settings) -> "Reader":
        """Return the reader that the settings describe. Raises UnsupportedDatabaseError."""
        is_sqlite = parse_url(settings.database_url).get_backend_name() == "sqlite"
        return cls(
            settings.database_url,
            timeout_seconds=settings.query_timeout_seconds,
            threads=settings.sqlite_threads if is_sqlite else settings.postgresql_threads,
        )

    async def read(self, work: Callable[[Connection], Answer], *, bounded: bool = False) -> Answer:
        """Return what `work` answers in a read-only transaction, which sees one state of the corpus.

        Work that is `bounded` (a page of rows from one range of an index) runs at once on SQLite, where
        changing threads costs more than the query; all other work waits for one of the threads.
        Raises the problems of a query that takes too long and of a database that is out of reach.
        """
        if bounded and self._is_sqlite:
            return self._run(self._run_inline, work)
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, self._run, self._run_pooled, work
        )

    def close(self) -> None:
        """Wait for the threads and close all connections."""
        self._threads.shutdown()
        self._forget_inline()
        self._engine.dispose()

    def _run(
        self, run: Callable[[Callable[[Connection], Answer]], Answer], work: Callable[[Connection], Answer]
    ) -> Answer:
        self._clock.deadline = monotonic() + self._timeout
        try:
            return run(work)
        except (DBAPIError, PoolTimeoutError) as error:
            problem = self._problem(error)
            if problem is None:
                raise
            raise problem from error

    def _run_pooled(self, work: Callable[[Connection], Answer]) -> Answer:
        """Run on a connection of the pool, once more when it was lost while it lay there: to ask each time
        whether it still stands costs as much as a query.
        """
        try:
            return self._run_once(work)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return self._run_once(work)

    def _run_once(self, work: Callable[[Connection], Answer]) -> Answer:
        with self._engine.connect() as connection, connection.begin():
            return work(connection)

    def _run_inline(self, work: Callable[[Connection], Answer]) -> Answer:
        """Run on the connection that is kept for this: to take one from the pool costs more than a query."""
        if self._inline is None:
            self._inline = self._engine.connect()
        try:
            with self._inline.begin():
                return work(self._inline)
        except DBAPIError:
            self._forget_inline()
            raise

    def _forget_inline(self) -> None:
        connection, self._inline = self._inline, None
        if connection is not None:
            connection.close()

    def _limit_time(self, connection: sqlite3.Connection, record: Any) -> None:  # noqa: ANN401 - untyped
        del record
        connection.set_progress_handler(self._is_late, INSTRUCTIONS_BETWEEN_CHECKS)

    def _is_late(self) -> bool:
        return bool(monotonic() > self._clock.deadline)

    def _problem(self, error: DBAPIError | PoolTimeoutError) -> ProblemError | None:
        """Return what a client is told about a database's error; nothing about one that is our mistake."""
        cause = getattr(error, "orig", None)
        state = getattr(cause, "sqlstate", None)
        if state == _QUERY_CANCELED or "interrupted" in str(cause):
            return query_timeout(self._timeout)
        if state == _UNDEFINED_TABLE or "no such table" in str(cause):
            return unavailable("The database has not been set up: it lacks tables of this version.")
        if isinstance(error, OperationalError | PoolTimeoutError) or (
            isinstance(error, DBAPIError) and error.connection_invalidated
        ):
            if not database_exists(self._url):
                return unavailable(
                    "There is no database yet: `dateline db upgrade` or `dateline ingest` makes it."
                )
            return unavailable("The database cannot be reached at the moment.")
        return None
