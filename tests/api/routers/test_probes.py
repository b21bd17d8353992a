"""What a supervisor is told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from sqlalchemy import make_url

from app.db.engine import writing_engine
from app.schemas.problem import Problem, ProblemType
from tests.client import Client
from tests.conftest import Templates, unprivileged

Serve = Callable[..., FastAPI]


def change(url: str, statement: str) -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def not_ready(app: FastAPI) -> str:
    answer = Client(app, raise_server_exceptions=False).get("/readyz")
    assert answer.status_code == 503
    problem = Problem.model_validate_json(answer.content)
    assert problem.type is ProblemType.UNAVAILABLE
    return problem.detail


def test_a_process_without_database_is_alive_and_not_ready(serve: Serve) -> None:
    app = serve("sqlite:///no/such/folder/dateline.db")
    assert Client(app).get("/healthz").json() == {"status": "ok"}
    assert "dateline db upgrade" in not_ready(app)


def test_asking_makes_no_database(serve: Serve, tmp_path: Path) -> None:
    app = serve(f"sqlite:///{tmp_path}/corpus.db")
    assert "There is no database yet: `dateline db upgrade`" in not_ready(app)
    assert Client(app, raise_server_exceptions=False).get("/v1/articles").status_code == 503
    assert list(tmp_path.iterdir()) == []
    change(f"sqlite:///{tmp_path}/corpus.db", "SELECT 1")
    assert "is empty" in not_ready(app)  # without a restart


def test_a_database_that_cannot_be_written_is_served(
    serve: Serve, templates: Templates, open_folder: Path
) -> None:
    file = open_folder / "corpus.db"
    shutil.copy(make_url(templates.migrated("sqlite")).database or "", file)
    app = serve(f"sqlite:///{file}")
    file.chmod(0o444)
    open_folder.chmod(0o555)
    with unprivileged():
        answers = [Client(app).get(path) for path in ("/readyz", "/v1/articles", "/v1/statements?q=city")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert list(open_folder.iterdir()) == [file]


def test_a_database_server_that_is_away(serve: Serve) -> None:
    detail = not_ready(serve("postgresql://reader:hunter2@127.0.0.1:9/dateline"))
    assert "cannot be reached" in detail
    assert "hunter2" not in detail
    assert "127.0.0.1" not in detail


def test_the_newest_schema_is_ready(serve: Serve, database_url: str) -> None:
    answer = Client(serve(database_url)).get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("CREATE TABLE somebody_elses (id INTEGER)", "does not know"),
        ("SELECT 1", "is empty"),
    ],
)
def test_a_database_without_our_tables(serve: Serve, empty_url: str, statement: str, told: str) -> None:
    change(empty_url, statement)
    assert told in not_ready(serve(empty_url))


def test_a_schema_of_a_newer_version(serve: Serve, database_url: str) -> None:
    change(database_url, "UPDATE alembic_version SET version_num = 'from_the_future'")
    assert "does not know" in not_ready(serve(database_url))
