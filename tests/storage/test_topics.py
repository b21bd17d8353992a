from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, select

from app.db.models.article import Article
from app.db.models.links import ArticleTopic as ArticleTopicRow
from app.db.models.topic import Topic as TopicRow
from app.db.models.topic import TopicMention
from app.domain.annotation import ArticleTopic, Field, TopicEvidence
from app.domain.links import Topic
from app.domain.span import Span
from app.storage.reindex import reindex
from app.storage.removal import remove_articles
from app.storage.saving import save
from app.storage.topic_rows import retell_topics
from app.storage.topics import load_topics, stored_topics
from tests.storage.linked import PROTECTION, TAXONOMY, TEXT, TITLE, WAITING, bare, full_article, read_article

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


def on_topics(connection: Connection) -> list[tuple[str, str, int]]:
    query = (
        select(Article.key, TopicRow.slug, ArticleTopicRow.mentions)
        .join(ArticleTopicRow, ArticleTopicRow.article_id == Article.id)
        .join(TopicRow, TopicRow.id == ArticleTopicRow.topic_id)
        .order_by(Article.key, TopicRow.slug)
    )
    return [(key, slug, mentions) for key, slug, mentions in connection.execute(query)]


def evidence(connection: Connection) -> list[tuple[str, str, str]]:
    query = (
        select(TopicRow.slug, TopicMention.field, TopicMention.text)
        .join(TopicRow, TopicRow.id == TopicMention.topic_id)
        .order_by(TopicMention.article_id, TopicMention.position)
    )
    return [(slug, str(field), text) for slug, field, text in connection.execute(query)]


def tell_protection(title: str | None, text: str) -> Sequence[ArticleTopic]:
    assert title == TITLE
    found = TopicEvidence(Field.TEXT, Span(0, 6))
    assert text.startswith("BOSTON")
    return [ArticleTopic(slug="protection", evidence=(found,), mentions=1)]


def test_the_taxonomy_is_loaded_once_and_follows_the_file(connection: Connection) -> None:
    assert load_topics(connection, TAXONOMY) == (False, False)
    more = Topic(slug="more", name="More", description="More.", broader="protection")
    assert load_topics(connection, [*TAXONOMY, more]) == (True, False)
    renamed = replace(WAITING, name="Délays")
    assert load_topics(connection, [PROTECTION, renamed]) == (False, True)
    moved = replace(renamed, broader=None)
    assert load_topics(connection, [PROTECTION, moved]) == (False, True)
    assert load_topics(connection, [PROTECTION, renamed]) == (False, True)
    rows = select(TopicRow.slug, TopicRow.name_key, TopicRow.broader_id).order_by(TopicRow.slug)
    protection = stored_topics(connection)["protection"].id
    assert [tuple(row) for row in connection.execute(rows)] == [
        ("more", "more", protection),
        ("protection", "protection", None),
        ("waiting", "delays", protection),
    ]


def test_an_article_s_topics_are_kept_with_what_speaks_of_them(connection: Connection) -> None:
    save(connection, [full_article()], now=NOW)
    assert on_topics(connection) == [("keyone", "protection", 2), ("keyone", "waiting", 2)]
    assert evidence(connection) == [("waiting", Field.TITLE, "council"), ("waiting", Field.TEXT, "wait,")]


def test_topics_go_with_the_article(connection: Connection) -> None:
    save(connection, [full_article()], now=NOW)
    remove_articles(connection, list(connection.scalars(select(Article.id))))
    assert (on_topics(connection), evidence(connection)) == ([], [])


def test_a_topic_that_is_not_loaded_is_refused(connection: Connection) -> None:
    linked = bare(read_article())
    topic = ArticleTopic(slug="unheard-of", evidence=(), mentions=1)
    with pytest.raises(ValueError, match="unheard-of is not stored"):
        save(connection, [replace(linked, annotated=replace(linked.annotated, topics=(topic,)))], now=NOW)


def test_reindexing_tells_topics_anew(connection: Connection) -> None:
    save(connection, [full_article(), full_article("two")], now=NOW)
    reindex(connection, now=NOW, tell=tell_protection)
    assert on_topics(connection) == [("keyone", "protection", 1), ("keytwo", "protection", 1)]
    assert evidence(connection) == [("protection", Field.TEXT, "BOSTON")] * 2
    assert list(connection.scalars(select(Article.topics))) == [1, 1]


def test_what_was_not_extracted_has_no_topics(connection: Connection) -> None:
    linked = bare(read_article())
    save(connection, [replace(linked, annotated=replace(linked.annotated, extracted=False))], now=NOW)
    (id_,) = connection.scalars(select(Article.id))
    retell_topics(connection, {id_: (TITLE, TEXT)}, tell=tell_protection)
    assert on_topics(connection) == []
