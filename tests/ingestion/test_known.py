"""Topics come to corpora that were loaded before them, and follow the taxonomy."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, delete, select, update

from app.db.engine import writing_engine
from app.db.migrations import downgrade, upgrade
from app.db.models.article import Article
from app.db.models.links import ArticleTopic
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution, Statement
from app.db.models.topic import Topic, TopicMention
from app.domain.links import RoleCategory
from app.ingestion.database import reindex_database, upgrade_database
from tests.dump import dump

RUNS = frozenset({"ingestion_runs", "ingestion_failures", "corpus_state"})
WITH_IDS_OF_TOPICS = frozenset({"topics", "article_topics", "topic_mentions", "article_search"})


@pytest.fixture
def engine(corpus_copy_url: str) -> Iterator[Engine]:
    made = writing_engine(corpus_copy_url)
    yield made
    made.dispose()


def test_a_corpus_of_the_schema_before_is_told_its_topics(engine: Engine) -> None:
    """People of public office and classes of cues are told when articles are read anew: they are left out of
    the corpus.
    """
    with engine.begin() as connection:
        nothing = {"party": None, "state": None, "role_category": RoleCategory.UNKNOWN}
        connection.execute(update(Attribution).values(nothing))
        connection.execute(update(Speaker).values(bioguide=None, wikidata=None))
        connection.execute(update(Statement).values(cue_class=None))
    reindex_database(engine)
    with engine.begin() as connection:
        before = dump(connection, without=RUNS)
        assert before["article_topics"]
        downgrade(connection, "0001")
    with engine.begin() as connection:
        upgrade(connection)
        assert set(connection.scalars(select(Article.topics))) == {0}
    upgrade_database(engine)
    with engine.begin() as connection:
        assert dump(connection, without=RUNS) == before


def test_a_topic_that_is_new_is_told_of_all_articles(engine: Engine) -> None:
    with engine.begin() as connection:
        before = dump(connection, without=RUNS | WITH_IDS_OF_TOPICS)
        slugs = select(Topic.slug, ArticleTopic.article_id).join(Topic, Topic.id == ArticleTopic.topic_id)
        told = sorted(map(tuple, connection.execute(slugs)))
        sanctuary = select(Topic.id).where(Topic.slug == "sanctuary-policies").scalar_subquery()
        for table in (ArticleTopic, TopicMention):
            connection.execute(delete(table).where(table.topic_id == sanctuary))
        connection.execute(delete(Topic).where(Topic.slug == "sanctuary-policies"))
        connection.execute(update(Article).values(topics=0))
    upgrade_database(engine)
    with engine.begin() as connection:
        assert sorted(map(tuple, connection.execute(slugs))) == told
        assert dump(connection, without=RUNS | WITH_IDS_OF_TOPICS) == before
