"""What is wrong with stories and quotations: they are compared with what texts and statements give."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from app.db.models.story import ArticleCopy, ArticleStory
from app.domain.annotation import StatementKind
from app.domain.copies import bands
from app.storage.bulk import among
from app.storage.rows import BANDS, QUOTATIONS, Columns, no_rows
from app.storage.statement_keys import folded_words
from app.storage.story_rows import add_quotation_row

Broken = tuple[int, str]
"""The id of an article, and what is wrong with it."""


def check_stories(
    connection: Connection, texts: Mapping[int, str], statements: Iterable[Mapping[str, Any]]
) -> Iterator[Broken]:
    """Yield what is wrong with articles, given by their ids and texts, and the rows of their statements."""
    wanted = no_rows()
    wanted[BANDS] = [(band, id_) for id_, text in texts.items() for band in bands(text)]
    for row in statements:
        at = row["article_id"], row["ordinal"]
        add_quotation_row(wanted, StatementKind(row["kind"]), folded_words(row["text"]), at=at)
    for columns in (BANDS, QUOTATIONS):
        article = columns.names.index("article_id")
        different = set(wanted[columns]) ^ _stored(connection, columns, texts.keys())
        for id_ in sorted({row[article] for row in different}):
            yield id_, columns.table.__tablename__
    yield from _stories(connection, texts.keys())


def _stored(connection: Connection, columns: Columns, ids: Collection[int]) -> set[tuple[Any, ...]]:
    table = columns.table.__table__.c
    query = select(*(table[name] for name in columns.names))
    query = query.where(among(connection, table["article_id"], ids))
    return {tuple(row) for row in connection.execute(query)}


def _stories(connection: Connection, ids: Collection[int]) -> Iterator[Broken]:
    """Yield articles that are in no story, or in that of one which they are no copy of."""
    told = select(ArticleStory.article_id, ArticleStory.story_id)
    rows = connection.execute(told.where(among(connection, ArticleStory.article_id, ids)))
    stories = {article: story for article, story in rows}  # noqa: C416 - rows are no pairs to a type checker
    copies = select(ArticleCopy.article_id, ArticleCopy.copy_id)
    rows = connection.execute(copies.where(among(connection, ArticleCopy.article_id, ids)))
    pairs = {(article, copy) for article, copy in rows}
    for id_ in ids:
        if id_ not in stories:
            yield id_, "it is in no story"
        elif stories[id_] != id_ and (id_, stories[id_]) not in pairs:
            yield id_, "it is no copy of the article that its story is named by"
