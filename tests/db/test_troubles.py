"""Errors of real databases, each made for real, and what is said of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from app.db import engine as engines
from app.db.engine import writing_engine
from app.db.lock_holder import lock_holder
from app.db.troubles import BUSY, FULL, READ_ONLY, UNREACHED, Trouble, in_words, trouble_of
from tests.conftest import Templates

MANY = "FROM generate_series(1, 60000) AS n"


@pytest.fixture
def postgresql(templates: Templates) -> Iterator[Engine]:
    made = writing_engine(templates.databases("postgresql").create())
    yield made
    made.dispose()


@pytest.fixture
def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 10)
    made = writing_engine(f"sqlite:///{tmp_path}/some.db")
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE words (word TEXT NOT NULL)")
    yield made
    made.dispose()


def failure(engine: Engine, *statements: str) -> DBAPIError:
    """Return what the last of some statements fails of."""
    with engine.connect() as connection, connection.begin():
        for statement in statements[:-1]:
            connection.exec_driver_sql(statement)
        with pytest.raises(DBAPIError) as caught:
            connection.exec_driver_sql(statements[-1])
    return caught.value


def told(engine: Engine, *statements: str) -> Trouble | None:
    return trouble_of(failure(engine, *statements))


@pytest.mark.parametrize(
    ("statements", "cause"),
    [
        (("SET LOCAL statement_timeout = 20", "SELECT pg_sleep(9)"), "a statement took longer"),
        (("SET TRANSACTION READ ONLY", "CREATE TABLE other (word TEXT)"), "may only be read"),
        (("SELECT * FROM articles",), "tables of this version are missing"),
        (("SET LOCAL ROLE pg_monitor", "CREATE TABLE public.other (word TEXT)"), "may not do that"),
    ],
)
def test_what_postgresql_fails_of(postgresql: Engine, statements: tuple[str, ...], cause: str) -> None:
    trouble = told(postgresql, *statements)
    assert trouble is not None
    assert cause in trouble.cause


@pytest.mark.parametrize(
    "statements",
    [
        ("CREATE TABLE one (word TEXT UNIQUE)", "INSERT INTO one VALUES ('a'), ('a')"),
        ("CREATE TABLE one (word TEXT NOT NULL)", "INSERT INTO one VALUES (NULL)"),
        (
            "CREATE TABLE one (words TSVECTOR)",
            f"INSERT INTO one SELECT to_tsvector(string_agg(md5(n::text), ' ')) {MANY}",
        ),
    ],
)
def test_what_an_article_is_at_fault_of_is_no_trouble_of_postgresql(
    postgresql: Engine, statements: tuple[str, ...]
) -> None:
    assert told(postgresql, *statements) is None


def test_a_connection_that_broke(postgresql: Engine) -> None:
    with postgresql.connect() as connection:
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
        with postgresql.begin() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({pid})")
        with pytest.raises(DBAPIError) as caught:
            connection.exec_driver_sql("SELECT 1")
    trouble = trouble_of(caught.value)
    assert trouble is not None
    assert (trouble.passing, trouble.undone, trouble.reached) == (True, False, True)


def test_a_server_that_never_was() -> None:
    with pytest.raises(DBAPIError) as caught:
        writing_engine("postgresql://nobody@127.0.0.1:1/none").connect()
    assert trouble_of(caught.value) is UNREACHED


def test_the_lock_holder_of_sqlite_is_named(sqlite: Engine) -> None:
    assert lock_holder(sqlite.url) is None
    with sqlite.begin():
        with pytest.raises(DBAPIError) as caught, sqlite.begin():
            pass
        words = in_words(caught.value, sqlite.url)
    assert trouble_of(caught.value) is BUSY
    assert words is not None
    assert f"another process writes, process {Path('/proc/self').resolve().name} (" in words
    assert "(database is locked): wait for it, or end it" in words


def test_a_full_disk_of_sqlite(sqlite: Engine) -> None:
    most = "PRAGMA max_page_count = 8"  # what SQLite itself takes for a full disk
    assert told(sqlite, most, "INSERT INTO words VALUES (zeroblob(100000))") is FULL


def test_what_sqlite_may_only_read(sqlite: Engine) -> None:
    assert told(sqlite, "PRAGMA query_only = ON", "INSERT INTO words VALUES ('a')") is READ_ONLY


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "some.db").write_text("no database at all " * 100, "utf-8")
    engine = writing_engine(f"sqlite:///{tmp_path}/some.db")
    with pytest.raises(DBAPIError) as caught:
        engine.connect()
    engine.dispose()
    words = in_words(caught.value, engine.url)
    assert words is not None
    assert words.startswith("the file is no database (")


def test_what_an_article_is_at_fault_of_is_no_trouble_of_sqlite(sqlite: Engine) -> None:
    error = failure(sqlite, "INSERT INTO words VALUES (NULL)")
    assert trouble_of(error) is None
    assert in_words(error, sqlite.url) == "NOT NULL constraint failed: words.word"


def test_other_errors_are_no_troubles(sqlite: Engine) -> None:
    assert trouble_of(ValueError("x")) is None
    assert in_words(ValueError("x"), sqlite.url) is None
