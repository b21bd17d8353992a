"""The reader: one state for a request, a limit to its time, and what clients are told when it fails."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, literal, select, text
from sqlalchemy.exc import InternalError

from app.api.problems import ProblemError
from app.api.reading import Reader
from app.db.engine import writing_engine
from app.db.models.source import Source
from app.schemas.problem import ProblemType

ENDLESS = text(
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000000000) "
    "SELECT count(*) FROM numbers"
)

Make = Callable[..., Reader]


@pytest.fixture
def make() -> Iterator[Make]:
    made: list[Reader] = []

    def reader(url: str, *, timeout_seconds: float = 5) -> Reader:
        made.append(Reader(url, timeout_seconds=timeout_seconds, threads=2))
        return made[-1]

    yield reader
    for each in made:
        each.close()


def sources(connection: Connection) -> int:
    number: int = connection.execute(select(func.count()).select_from(Source)).scalar_one()
    return number


@pytest.mark.parametrize("bounded", [True, False])
def test_work_answers(make: Make, database_url: str, *, bounded: bool) -> None:
    assert asyncio.run(make(database_url).read(sources, bounded=bounded)) == 0


def test_bounded_work_keeps_to_its_thread_on_sqlite_only(make: Make, database_url: str) -> None:
    async def threads() -> list[threading.Thread]:
        reader = make(database_url)
        return [
            await reader.read(lambda _: threading.current_thread(), bounded=bounded)
            for bounded in (True, False)
        ]

    inline, pooled = asyncio.run(threads())
    assert (inline is threading.current_thread()) == database_url.startswith("sqlite")
    assert pooled is not threading.current_thread()


def test_a_request_sees_one_state(make: Make, database_url: str) -> None:
    engine = writing_engine(database_url)

    def work(connection: Connection) -> tuple[int, int]:
        before = sources(connection)
        with engine.begin() as writing:
            writing.execute(
                Source.__table__.insert(),  # type: ignore[attr-defined] # a Table, typed as FromClause
                {"slug": "a", "name": "a", "name_key": "a"},
            )
        return before, sources(connection)

    reader = make(database_url)
    assert asyncio.run(reader.read(work)) == (0, 0)
    assert asyncio.run(reader.read(sources)) == 1
    engine.dispose()


@pytest.mark.parametrize("bounded", [True, False])
def test_a_query_that_takes_too_long_ends(make: Make, database_url: str, *, bounded: bool) -> None:
    reader = make(database_url, timeout_seconds=0.2)
    with pytest.raises(ProblemError) as caught:
        asyncio.run(reader.read(lambda connection: connection.execute(ENDLESS).scalar(), bounded=bounded))
    assert caught.value.kind is ProblemType.QUERY_TIMEOUT
    assert "Retry-After" in caught.value.headers
    assert asyncio.run(reader.read(sources, bounded=bounded)) == 0  # the connection is as good as new


def test_a_reader_cannot_write(make: Make, database_url: str) -> None:
    insertion = text("INSERT INTO sources (slug, name, name_key) VALUES ('a', 'a', 'a')")
    reader = make(database_url)
    with pytest.raises((ProblemError, InternalError)):
        asyncio.run(reader.read(lambda connection: connection.execute(insertion)))
    assert asyncio.run(reader.read(sources)) == 0


def test_a_database_without_tables_is_unavailable(make: Make, empty_url: str) -> None:
    with pytest.raises(ProblemError) as caught:
        asyncio.run(make(empty_url).read(sources))
    assert caught.value.kind is ProblemType.UNAVAILABLE


@pytest.mark.parametrize("url", ["sqlite:///{}/absent/corpus.db", "postgresql://nobody@127.0.0.1:1/none"])
def test_a_database_that_is_not_there_is_unavailable(make: Make, tmp_path: Path, url: str) -> None:
    reader = make(url.format(tmp_path))
    with pytest.raises(ProblemError) as caught:
        asyncio.run(reader.read(lambda connection: connection.scalar(select(literal(1)))))
    assert caught.value.kind is ProblemType.UNAVAILABLE
    assert "corpus.db" not in caught.value.detail


@pytest.mark.parametrize("database_kind", ["postgresql"])
def test_a_connection_that_was_lost_is_made_anew(make: Make, database_url: str) -> None:
    reader = make(database_url)

    async def asked_before_and_after() -> list[int]:
        before = await reader.read(sources)
        engine = writing_engine(database_url)
        with engine.begin() as connection:
            others = text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            assert connection.scalars(others).all() == [True]
        engine.dispose()
        return [before, await reader.read(sources)]

    assert asyncio.run(asked_before_and_after()) == [0, 0]
