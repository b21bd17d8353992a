"""The only place of the API that touches a database: one read transaction a request, on the right thread."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any, TypeVar

from psycopg import errors
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


class Reader:
    """Reads for requests. Its engine connects when it is first used; `close` lets go of it."""

    def __init__(self, database_url: str, *, timeout_seconds: float, threads: int) -> None:
        self._timeout = timeout_seconds
        self._url = parse_url(database_url)
        self._is_sqlite = self._url.get_backend_name() == "sqlite"
        self._engine = reading_engine(database_url, timeout_seconds=timeout_seconds, connections=threads)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="read")
        self._clock = threading.local()
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
            return self._run(work)
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, work)

    def close(self) -> None:
        """Wait for the threads and close all connections."""
        self._threads.shutdown()
        self._engine.dispose()

    def _run(self, work: Callable[[Connection], Answer]) -> Answer:
        self._clock.deadline = monotonic() + self._timeout
        try:
            with self._engine.connect() as connection, connection.begin():
                return work(connection)
        except (DBAPIError, PoolTimeoutError) as error:
            problem = self._problem(error)
            if problem is None:
                raise
            raise problem from error

    def _limit_time(self, connection: sqlite3.Connection, record: Any) -> None:  # noqa: ANN401 - untyped
        del record
        connection.set_progress_handler(self._is_late, INSTRUCTIONS_BETWEEN_CHECKS)

    def _is_late(self) -> bool:
        return bool(monotonic() > self._clock.deadline)

    def _problem(self, error: DBAPIError | PoolTimeoutError) -> ProblemError | None:
        """Return what a client is told about a database's error; nothing about one that is our mistake."""
        cause = getattr(error, "orig", None)
        if isinstance(cause, errors.QueryCanceled) or "interrupted" in str(cause):
            return query_timeout(self._timeout)
        if isinstance(cause, errors.UndefinedTable) or "no such table" in str(cause):
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
