"""All cards and all search words, made anew from the rows; topics and stories, from titles and texts."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, exists, func, or_, select

from app.db.models.article import Article, ArticleCard, ArticleText
from app.db.models.statement import StatementCard
from app.db.search_index import Searched, add_to_index, clear_index
from app.schemas import article, statement
from app.storage.cards import rewrite_cards
from app.storage.revision import raise_revision
from app.storage.stories import clear_stories, retell_stories
from app.storage.topic_rows import Tell, retell_topics

ARTICLES_AT_ONCE = 200  # their texts and cards are what memory has to hold


def reindex(
    connection: Connection,
    *,
    now: datetime,
    tell: Tell | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Make every card and the search index anew, in the caller's transaction; return the number of articles.

    Which articles are copies, and which statements quotations, is told anew too. `tell` tells the topics of
    an article anew; without it they stay. `progress` is told how many articles are done and how many there
    are.
    """
    total = connection.execute(select(func.count()).select_from(Article)).scalar_one()
    clear_index(connection)
    clear_stories(connection)
    done = 0
    last: int | None = None
    while batch := _batch(connection, after=last):
        if tell is not None:
            texts = {searched.article_id: (searched.title, searched.text) for searched in batch}
            retell_topics(connection, texts, tell=tell)
        add_to_index(connection, batch)
        rewrite_cards(connection, [searched.article_id for searched in batch])
        retell_stories(connection, {searched.article_id: searched.text for searched in batch})
        last = batch[-1].article_id
        done += len(batch)
        if progress is not None:
            progress(done, total)
    raise_revision(connection, now=now)
    return done


def has_old_cards(connection: Connection) -> bool:
    """Tell whether a card was written in an older shape than this version's."""
    old_article = exists().where(ArticleCard.version < article.CARD_VERSION)
    old_statement = exists().where(StatementCard.version < statement.CARD_VERSION)
    return bool(connection.scalar(select(or_(old_article, old_statement))))


def _batch(connection: Connection, *, after: int | None) -> list[Searched]:
    query = (
        select(Article.id, Article.title, ArticleText.text)
        .join(ArticleText, ArticleText.article_id == Article.id)
        .order_by(Article.id)
        .limit(ARTICLES_AT_ONCE)
    )
    if after is not None:
        query = query.where(Article.id > after)
    return [
        Searched(article_id=id_, title=title, text=text) for id_, title, text in connection.execute(query)
    ]
