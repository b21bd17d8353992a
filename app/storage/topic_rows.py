"""The rows of what articles are on; told anew when the corpus is reindexed."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, select, update

from app.db.models.article import Article as ArticleRow
from app.db.models.links import ArticleTopic as ArticleTopicRow
from app.db.models.topic import TopicMention
from app.domain.annotation import ArticleTopic, Field
from app.storage.bulk import among
from app.storage.rows import ARTICLE_TOPICS, TOPIC_MENTIONS, Rows, insert_all, no_rows
from app.storage.topics import StoredTopic, stored_topics

Tell = Callable[[str | None, str], Sequence[ArticleTopic]]
"""Tells the topics of an article by its title and text."""


def add_topic_rows(
    rows: Rows,
    topics: Iterable[ArticleTopic],
    article_id: int,
    *,
    fields: Mapping[Field, str],
    stored: Mapping[str, StoredTopic],
) -> None:
    """Add the rows of an article's topics and of what speaks of them, as it stands in title and text.

    Raises ValueError for a topic that is not stored.
    """
    found = []
    for topic in topics:
        if topic.slug not in stored:
            raise ValueError(f"the topic {topic.slug} is not stored: load the taxonomy first")
        id_ = stored[topic.slug].id
        rows[ARTICLE_TOPICS].append((article_id, id_, topic.mentions))
        found += [(one.field is Field.TEXT, one.span, one.field, id_) for one in topic.evidence]
    found.sort()
    rows[TOPIC_MENTIONS] += [
        (article_id, position, field.value, start, end, fields[field][start:end], id_)
        for position, (_, (start, end), field, id_) in enumerate(found)
    ]


def retell_topics(
    connection: Connection, articles: Mapping[int, tuple[str | None, str]], *, tell: Tell
) -> None:
    """Tell the topics of these articles anew, by their titles and texts; of those that were extracted."""
    stored, rows = stored_topics(connection), no_rows()
    extracted = select(ArticleRow.id).where(among(connection, ArticleRow.id, articles), ArticleRow.extracted)
    told = {id_: tell(*articles[id_]) for id_ in connection.scalars(extracted)}
    connection.execute(delete(ArticleTopicRow).where(among(connection, ArticleTopicRow.article_id, told)))
    connection.execute(delete(TopicMention).where(among(connection, TopicMention.article_id, told)))
    for id_, topics in told.items():
        title, text = articles[id_]
        fields = {Field.TITLE: title or "", Field.TEXT: text}
        add_topic_rows(rows, topics, id_, fields=fields, stored=stored)
    insert_all(connection, rows)
    if told:
        change = update(ArticleRow).where(ArticleRow.id == bindparam("row"))
        counts = [{"row": id_, "number": len(topics)} for id_, topics in told.items()]
        connection.execute(change.values(topics=bindparam("number")), counts)
