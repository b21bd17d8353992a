"""All cards and all search words, made anew from the rows; topics and stories, from titles and texts."""

from collections.abc import Callable, Collection
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, or_, select

from app.db.models.article import Article, ArticleCard, ArticleText
from app.db.models.statement import Statement, StatementCard, StatementCue
from app.db.search_index import Searched, add_to_index, clear_index
from app.schemas import article, statement
from app.storage.bulk import among
from app.storage.cards import rewrite_cards
from app.storage.revision import raise_revision
from app.storage.rows import insert_all, no_rows
from app.storage.statement_rows import add_cue_rows
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
        ids = [searched.article_id for searched in batch]
        add_to_index(connection, batch)
        _reindex_cues(connection, ids)
        rewrite_cards(connection, ids)
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


def _reindex_cues(connection: Connection, article_ids: Collection[int]) -> None:
    """Write anew what the cues of articles are found by."""
    rows = no_rows()
    stored = select(Statement.article_id, Statement.ordinal, Statement.cue).where(
        among(connection, Statement.article_id, article_ids)
    )
    for id_, ordinal, cue in connection.execute(stored):
        add_cue_rows(rows, id_, ordinal, cue)
    connection.execute(delete(StatementCue).where(among(connection, StatementCue.article_id, article_ids)))
    insert_all(connection, rows)


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
