"""The rows of what articles are on; told anew when the corpus is reindexed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, bindparam, delete, select, update

from app.db.models.article import Article as ArticleRow
from app.db.models.base import Base
from app.db.models.links import ArticleTopic as ArticleTopicRow
from app.db.models.topic import TopicMention
from app.domain.annotation import ArticleTopic, Field
from app.storage.bulk import insert_rows
from app.storage.rows import Row, TableRow
from app.storage.topics import topic_ids

Tell = Callable[[str | None, str], Sequence[ArticleTopic]]
"""Tells the topics of an article by its title and text."""


def topic_rows(
    topics: Iterable[ArticleTopic],
    article_id: int,
    *,
    fields: Mapping[Field, str],
    ids: Mapping[str, int],
) -> Iterator[TableRow]:
    """Yield the rows of an article's topics and of what speaks of them, as it stands in title and text.

    Raises ValueError for a topic that is not stored.
    """
    found = []
    for topic in topics:
        if topic.slug not in ids:
            raise ValueError(f"the topic {topic.slug} is not stored: load the taxonomy first")
        id_ = ids[topic.slug]
        yield ArticleTopicRow, {"topic_id": id_, "article_id": article_id, "mentions": topic.mentions}
        found += [(one.field is Field.TEXT, one.span, id_) for one in topic.evidence]
    for position, (in_text, span, id_) in enumerate(sorted(found)):
        field = Field.TEXT if in_text else Field.TITLE
        row = {"article_id": article_id, "position": position, "field": field, "topic_id": id_}
        yield TopicMention, row | {"start": span.start, "end": span.end, "text": span.of(fields[field])}


def retell_topics(
    connection: Connection, articles: Mapping[int, tuple[str | None, str]], *, tell: Tell
) -> None:
    """Tell the topics of these articles anew, by their titles and texts; of those that were extracted."""
    ids = topic_ids(connection)
    query = select(ArticleRow.id).where(ArticleRow.id.in_(articles), ArticleRow.extracted)
    told = {id_: tell(*articles[id_]) for id_ in connection.scalars(query)}
    connection.execute(delete(ArticleTopicRow).where(ArticleTopicRow.article_id.in_(told)))
    connection.execute(delete(TopicMention).where(TopicMention.article_id.in_(told)))
    by_table: dict[type[Base], list[Row]] = {}
    for id_, topics in told.items():
        title, text = articles[id_]
        fields = {Field.TITLE: title or "", Field.TEXT: text}
        for table, row in topic_rows(topics, id_, fields=fields, ids=ids):
            by_table.setdefault(table, []).append(row)
    for table, rows in by_table.items():
        insert_rows(connection, table, rows)
    if told:
        change = update(ArticleRow).where(ArticleRow.id == bindparam("row"))
        counts = [{"row": id_, "number": len(topics)} for id_, topics in told.items()]
        connection.execute(change.values(topics=bindparam("number")), counts)
