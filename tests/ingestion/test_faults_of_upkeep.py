"""Databases that fail while a loaded corpus is kept: a command goes on, or ends and says why; then the same
again ends in the corpus of a command that nothing disturbed.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from typer.testing import CliRunner, Result

from app.cli.application import app
from app.db import engine as engines
from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.statement import Statement
from app.ingestion.job import run_ingestion
from app.ingestion.patience import IN_DOUBT
from tests.conftest import Templates
from tests.ingestion.job_processes import OPTIONS, write_articles
from tests.ingestion.small_corpora import few_places
from tests.ingestion.test_faults import AT_BATCH, SHORT, exported, limit_waits, locked

COMMANDS = ("remove", "correct", "reextract", "watch")
NOT_REPEATED = ("remove", "correct")  # when they may have been done all the same
ARTICLES = 6
INSTANTS = ("key", "made_at")  # of a correction

Run = Callable[[int], Result]
"""Runs a command, with so many seconds of patience."""


@pytest.fixture(params=COMMANDS)
def command(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder to watch with one article that no corpus has."""
    made = tmp_path_factory.mktemp("watched")
    (made / "new.txt").write_text("“We counted twice,” Mayor Ana Ortega of Boston said.", "utf-8")
    return made


@pytest.fixture
def corpus_of(templates: Templates, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Give what makes a database of a kind with a few articles, annotated by an older version."""

    def load(url: str) -> None:
        engine = writing_engine(url)
        path = write_articles(tmp_path_factory.mktemp("few") / "articles.jsonl", ARTICLES)
        assert run_ingestion([path], engine=engine, options=OPTIONS).new == ARTICLES
        with engine.begin() as connection:
            connection.execute(update(Article).values(pipeline_version="0"))
        engine.dispose()

    def make(kind: str) -> str:
        base = templates.template(kind, "few places ready", lambda _: None, base=few_places(templates, kind))
        template = templates.template(kind, "few articles", load, base=base)
        return templates.databases(kind).create(template)

    return make


@pytest.fixture
def ready(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Run]:
    """Give what makes the command ready for a database."""
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", int(SHORT * 1000))

    def make(url: str) -> Run:
        given = arguments(command, url, folder)
        settings = {"DATELINE_DATABASE_URL": url, "DATELINE_EXTRACTION_MODEL": "rules"}

        def run(patience: int) -> Result:
            runner = CliRunner(env=settings | {"DATELINE_DATABASE_PATIENCE_SECONDS": str(patience)})
            return runner.invoke(app, given)

        return run

    return make


def arguments(command: str, url: str, folder: Path) -> list[str]:
    if command == "reextract":
        return ["reextract", "--workers", "1"]
    if command == "watch":
        return ["watch", "--once", "--workers", "1", str(folder)]
    engine = writing_engine(url)
    with engine.connect() as connection:
        article, statement = connection.execute(
            select(Article.key, Statement.key).join_from(Article, Statement).order_by(Statement.key)
        ).first() or ("", "")
    engine.dispose()
    if command == "remove":
        return ["remove", article, "--why", "asked for"]
    return ["correct", statement, "--speaker", "none", "--by", "Iris Vale", "--why", "heard it"]


@pytest.fixture
def undisturbed(
    templates: Templates, command: str, corpus_of: Callable[[str], str], ready: Callable[[str], Run]
) -> list[Any]:
    """Give the corpus that the command leaves on SQLite."""

    def work(url: str) -> None:
        assert ready(url)(0).exit_code == 0

    base = templates.template("sqlite", "few articles to keep", lambda _: None, base=corpus_of("sqlite"))
    return kept(templates.template("sqlite", f"kept by {command}", work, base=base))


def kept(url: str) -> list[Any]:
    """Return the lines of the export of a corpus that is whole, but for when corrections were made."""
    lines = [json.loads(line) for line in exported(url)]
    for line in lines:
        for name in INSTANTS:
            line.get("correction", {}).pop(name, None)
    return lines


def test_whoever_is_locked_out_says_so_and_may_come_again(
    database_kind: str,
    corpus_of: Callable[[str], str],
    ready: Callable[[str], Run],
    undisturbed: list[Any],
) -> None:
    url = corpus_of(database_kind)
    run = ready(url)
    limit_waits(url)
    with locked(url):
        refused = run(0)
    assert (refused.exit_code, "another process writes" in refused.stderr) == (1, True), refused.stderr
    assert run(0).exit_code == 0
    assert kept(url) == undisturbed


def test_a_dropped_connection_is_made_anew_unless_it_may_be_done(
    command: str, corpus_of: Callable[[str], str], ready: Callable[[str], Run], undisturbed: list[Any]
) -> None:
    url = corpus_of("postgresql")
    run = ready(url)
    engine = writing_engine(url)
    with engine.begin() as connection:
        fault = AT_BATCH.replace("{when}", "= 1").replace("{what}", "pg_terminate_backend(pg_backend_pid())")
        connection.exec_driver_sql(fault)
    engine.dispose()
    disturbed = run(60)
    assert "terminating connection" in disturbed.stderr
    if command in NOT_REPEATED:
        assert (disturbed.exit_code, IN_DOUBT in disturbed.stderr) == (1, True)
        assert run(0).exit_code == 0
    else:
        assert (disturbed.exit_code, disturbed.stderr.count("trying again in 1 s")) == (0, 1)
    assert kept(url) == undisturbed
