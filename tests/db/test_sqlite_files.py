"""How a SQLite file is opened to read."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from app.db.engine import reading_engine, writing_engine
from app.db.sqlite_files import database_exists
from tests.conftest import unprivileged


def url_of(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string()


def to_read(file: Path) -> Engine:
    return reading_engine(url_of(file), timeout_seconds=5, connections=1)


def fill(file: Path, rows: int = 1) -> None:
    engine = writing_engine(url_of(file))
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY)")
        for _ in range(rows):
            connection.exec_driver_sql("INSERT INTO notes DEFAULT VALUES")
    engine.dispose()


def notes(engine: Engine) -> int:
    with engine.connect() as connection:
        number: int = connection.exec_driver_sql("SELECT count(*) FROM notes").scalar_one()
    engine.dispose()
    return number


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o755), (0o444, 0o555), (0o644, 0o555)])
def test_what_cannot_be_written_can_be_read(open_folder: Path, file_mode: int, folder_mode: int) -> None:
    file = open_folder / "notes.db"
    fill(file)
    file.chmod(file_mode)
    open_folder.chmod(folder_mode)
    with unprivileged():
        assert notes(to_read(file)) == 1
    assert list(open_folder.iterdir()) == [file]


def test_a_log_beside_a_read_only_file_is_read(open_folder: Path) -> None:
    original, folder = open_folder / "original.db", open_folder / "copy"
    fill(original)
    folder.mkdir()
    with closing(sqlite3.connect(original)) as writer:
        writer.execute("INSERT INTO notes DEFAULT VALUES")
        writer.commit()  # into the log: the file itself still has one row
        for path in open_folder.glob("original.db*"):
            shutil.copy(path, folder)
            (folder / path.name).chmod(0o444)
    folder.chmod(0o555)
    assert {path.suffix for path in folder.iterdir()} == {".db", ".db-wal", ".db-shm"}
    with unprivileged():
        assert notes(to_read(folder / "original.db")) == 2


def test_who_reads_leaves_no_log_behind(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    fill(file)
    engine = to_read(file)
    with engine.connect():
        fill(file)  # cannot fold its log into the file while this reader stands
        assert (tmp_path / "notes.db-wal").exists()
    engine.dispose()
    assert list(tmp_path.iterdir()) == [file]
    assert notes(to_read(file)) == 2


def test_a_link_has_the_log_of_its_file(tmp_path: Path) -> None:
    fill(tmp_path / "notes.db")
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "link.db").symlink_to(tmp_path / "notes.db")
    assert notes(to_read(tmp_path / "links" / "link.db")) == 1


def test_reading_makes_no_file(tmp_path: Path) -> None:
    engine = to_read(tmp_path / "none.db")
    with pytest.raises(OperationalError, match="unable to open"):
        engine.connect()
    assert list(tmp_path.iterdir()) == []


def test_reading_writes_nothing(tmp_path: Path) -> None:
    fill(tmp_path / "notes.db")
    engine = to_read(tmp_path / "notes.db")
    with engine.connect() as connection, pytest.raises(DBAPIError, match="readonly"):
        connection.exec_driver_sql("DELETE FROM notes")
    engine.dispose()


@pytest.mark.parametrize("name", ["a b.db", "50%.db", "50%25.db", "what?.db", "#1.db", "ó&=.db"])
def test_any_name_of_a_file(tmp_path: Path, name: str) -> None:
    fill(tmp_path / name)
    assert list(tmp_path.iterdir()) == [tmp_path / name]
    assert database_exists(make_url(url_of(tmp_path / name)))
    assert notes(to_read(tmp_path / name)) == 1


def test_a_path_from_where_one_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "notes.db")
    monkeypatch.chdir(tmp_path)
    engine = reading_engine("sqlite:///notes.db", timeout_seconds=5, connections=1)
    monkeypatch.chdir("/")
    assert notes(engine) == 1


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_memory(url: str) -> None:
    engine = reading_engine(url, timeout_seconds=5, connections=1)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    engine.dispose()
    assert database_exists(make_url(url))


def test_an_address_of_sqlites_own_is_taken_as_it_is(tmp_path: Path) -> None:
    fill(tmp_path / "notes.db")
    url = f"sqlite:///file:{tmp_path}/notes.db?mode=ro&uri=true"
    assert notes(reading_engine(url, timeout_seconds=5, connections=1)) == 1
    assert database_exists(make_url(url))


def test_a_folder_that_may_not_be_looked_into_may_hold_one(open_folder: Path) -> None:
    closed = open_folder / "closed"
    closed.mkdir(mode=0)
    url = make_url(url_of(closed / "notes.db"))
    with unprivileged():
        assert database_exists(url)
    closed.chmod(0o755)
    assert not database_exists(url)
