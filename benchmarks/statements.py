"""The statements that a question costs, and the time that the database alone takes for them."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import mean, median
from time import perf_counter
from typing import Any

from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Message, Scope

from app.db.engine import reading_engine
from app.main import create_app
from app.settings import LogFormat, Settings
from benchmarks.questions import Question

REPEATS = 15
TIMEOUT_SECONDS = 300.0
_NOT_COUNTED = ("BEGIN",)

Executed = list[tuple[str, Any]]
"""Statements with their values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Statements a request: the most of all addresses. `database_ms` is the mean of the addresses: how long a
    raw cursor takes for the same statements and values, all rows fetched; the median of several runs.
    """

    statements: int
    database_ms: float


def costs(database_url: str, asked: dict[str, Question]) -> dict[str, Cost]:
    """Return the cost of each question, asked in this process, without a server."""
    settings = Settings(database_url=database_url, log_level="WARNING", log_format=LogFormat.TEXT)
    app = create_app(settings)
    engine = reading_engine(database_url, timeout_seconds=TIMEOUT_SECONDS, connections=1)
    found = {}
    for name, question in asked.items():
        executed = [_executed(app, question, address) for address in question.addresses]
        found[name] = Cost(
            statements=max(len(each) for each in executed),
            database_ms=round(mean(_milliseconds(engine, each) for each in executed), 3),
        )
    app.state.reader.close()
    engine.dispose()
    return found


def _executed(app: ASGIApp, question: Question, address: str) -> Executed:
    """Return what a request executes, once connections and caches are warm."""
    asyncio.run(_request(app, question, address))
    with _noted() as executed:
        asyncio.run(_request(app, question, address))
    return executed


@contextmanager
def _noted() -> Iterator[Executed]:
    executed: Executed = []

    def note(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if statement not in _NOT_COUNTED:
            executed.append((statement, values))

    event.listen(Engine, "before_cursor_execute", note)
    yield executed
    event.remove(Engine, "before_cursor_execute", note)


async def _request(app: ASGIApp, question: Question, address: str) -> None:
    path, _, query = address.partition("?")
    headers = [(name.lower().encode(), value.encode()) for name, value in question.headers]
    scope: Scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": question.method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"127.0.0.1"), *headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "state": {},
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] not in (200, 304):
            raise RuntimeError(f"{address} answers {message['status']}")

    await app(scope, receive, send)


def _milliseconds(engine: Engine, executed: Executed) -> float:
    """Return how long a raw cursor takes for the statements, in one transaction."""
    raw = engine.raw_connection()
    cursor = raw.cursor()
    times = []
    for _ in range(REPEATS):
        began = perf_counter()
        for statement, values in executed:
            cursor.execute(statement, values)
            cursor.fetchall()
        times.append(perf_counter() - began)
    cursor.close()
    raw.close()
    return median(times) * 1000
