"""kill -9 of the job and of its workers: what was saved stays whole, and the next run goes on from there."""

import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from app.db.engine import writing_engine
from app.db.models.corpus import IngestionRun
from app.ingestion.exporting import export_lines
from tests.conftest import Templates
from tests.ingestion.job_processes import LONGEST, OPTIONS, How, JobProcess, lives, write_articles
from tests.ingestion.small_corpora import few_places, stored

ARTICLES = 200
BATCH = OPTIONS.batch_size
MOMENTS = 13  # on each database


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """A corpus that one run made which nobody disturbed, and the seconds that a batch took."""

    export: list[str]
    seconds: float


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_articles(tmp_path_factory.mktemp("articles") / "articles.jsonl", ARTICLES)


@pytest.fixture
def few_articles(tmp_path: Path) -> Path:
    return write_articles(tmp_path / "articles.jsonl", 4 * BATCH)


@pytest.fixture(scope="session")
def undisturbed(templates: Templates, articles: Path) -> Undisturbed:
    engine = writing_engine(few_places(templates, "sqlite"))
    report = job(engine, articles).finish()
    assert (report["new"], report["quarantined"]) == (ARTICLES, 0)
    assert len(stored(engine)) == ARTICLES
    lines = list(export_lines(engine))
    engine.dispose()
    return Undisturbed(lines, report["seconds"] / ARTICLES * BATCH)


@pytest.fixture
def engine(templates: Templates, database_kind: str) -> Iterator[Engine]:
    made = writing_engine(few_places(templates, database_kind))
    yield made
    made.dispose()


def job(engine: Engine, articles: Path, *, workers: int = 1) -> JobProcess:
    return JobProcess(engine.url.render_as_string(hide_password=False), [articles], How(workers=workers))


def test_kills_at_random_moments_cost_nothing_that_was_saved(
    engine: Engine, articles: Path, undisturbed: Undisturbed
) -> None:
    seed = random.randrange(1_000_000)  # noqa: S311 - not for secrets
    draw = random.Random(seed)  # noqa: S311 - as above
    before = set[str]()
    for moment in range(MOMENTS):
        running = job(engine, articles, workers=2)
        running.pass_articles(len(before) + draw.choice((0, 1, 2)) * BATCH)
        time.sleep(draw.uniform(0, undisturbed.seconds / 2))
        kill_one(running.workers(), draw)
        time.sleep(draw.uniform(0, undisturbed.seconds / 2))
        assert running.kill(), f"seed {seed}: it ended before moment {moment}"
        after = stored(engine)
        assert before <= after, f"seed {seed}, moment {moment}: articles are lost"
        assert len(after) % BATCH == 0, f"seed {seed}, moment {moment}: half a batch is there"
        before = after
    report = job(engine, articles).finish()
    assert (report["unchanged"], report["new"]) == (len(before), ARTICLES - len(before))
    assert len(stored(engine)) == ARTICLES
    assert list(export_lines(engine)) == undisturbed.export


def kill_one(workers: list[int], draw: random.Random) -> None:
    if workers:
        with suppress(ProcessLookupError):  # it ended by itself
            os.kill(draw.choice(workers), signal.SIGKILL)


def test_a_killed_run_is_known_as_one_when_the_next_begins(engine: Engine, few_articles: Path) -> None:
    killed = job(engine, few_articles)
    killed.pass_articles(BATCH)
    assert killed.kill()
    rest = job(engine, few_articles)
    rest.finish()
    assert [sentence.startswith("run 2 was killed") for sentence in rest.told] == [True]
    with engine.connect() as connection:
        statuses = connection.scalars(select(IngestionRun.status).order_by(IngestionRun.id)).all()
    assert statuses == ["finished", "failed", "finished"]


def test_workers_end_when_the_job_is_killed(templates: Templates, few_articles: Path) -> None:
    killed = JobProcess(few_places(templates, "sqlite"), [few_articles], How(workers=2))
    killed.pass_articles(BATCH)
    workers = killed.workers()
    assert len(workers) == 2
    assert killed.kill()
    until = time.monotonic() + LONGEST
    while any(lives(worker) for worker in workers):
        assert time.monotonic() < until
        time.sleep(0.01)
