from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import OperationalError

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.corpus import CorpusState, IngestionFailure
from app.domain.article import UnreadableArticle, UnreadableReason
from app.domain.links import LinkedArticle
from app.domain.span import Span
from app.ingestion.writing import Store
from app.storage.runs import start_run
from app.storage.saving import Outcome
from app.storage.topics import load_topics
from tests.storage.linked import AGENCY, TAXONOMY, TEXT, full_article, organization

REFUSED = UnreadableArticle(origin="x.txt", reason=UnreadableReason.EMPTY, detail="the text is empty")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = writing_engine(database_url)
    with made.begin() as connection:
        load_topics(connection, TAXONOMY)
    yield made
    made.dispose()


@pytest.fixture
def store(engine: Engine) -> Store:
    with engine.begin() as connection:
        return Store(engine, start_run(connection, pipeline_version="1", report={}, now=datetime.now(UTC)))


def broken(name: str) -> LinkedArticle:
    outside = organization(TEXT, "Border Works Agency", AGENCY, span=Span(0, 9999))
    return replace(full_article(name), organizations=(outside,))


def test_one_article_that_cannot_be_saved_costs_no_other(store: Store, engine: Engine) -> None:
    good = [full_article("one"), full_article("two")]
    done = store.write([good[0], broken("three"), good[1]], [REFUSED])
    refused = done[1]
    assert isinstance(refused, UnreadableArticle)
    assert [done[0], done[2]] == [(good[0], Outcome.NEW), (good[1], Outcome.NEW)]
    with engine.connect() as connection:
        assert set(connection.scalars(select(Article.key))) == {"keyone", "keytwo"}
        kept = connection.execute(select(IngestionFailure.origin, IngestionFailure.reason)).all()
    assert set(kept) == {("x.txt", "empty"), ("three.txt", "saving_failed")}


def test_a_refused_input_is_no_change_of_the_corpus(store: Store, engine: Engine) -> None:
    assert store.write([], [REFUSED]) == []
    with engine.connect() as connection:
        assert connection.execute(select(CorpusState)).all() == []
        assert len(connection.execute(select(IngestionFailure.id)).all()) == 1


def test_a_database_that_fails_ends_the_run_instead_of_refusing_articles() -> None:
    lost = writing_engine("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    with pytest.raises(OperationalError):
        Store(lost, 1).write([full_article()], [])
    lost.dispose()
