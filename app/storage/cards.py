"""Cards: the JSON of articles and statements as lists show them, made from the rows by the API's own schemas.

Saving and `reindex` both make them here, from rows just made or read back, so that a card always says what
the rows say.
"""

from collections.abc import Collection

from sqlalchemy import Connection, delete

from app.db.models.article import ArticleCard
from app.db.models.statement import StatementCard
from app.storage.article_cards import article_cards
from app.storage.bulk import among, pieces
from app.storage.references import References, read_references
from app.storage.rows import (
    ARTICLE_CARDS,
    ARTICLE_ORGANIZATIONS,
    ARTICLE_PLACES,
    ARTICLE_SPEAKERS,
    ARTICLE_TOPICS,
    ARTICLES,
    ATTRIBUTIONS,
    AUTHORS,
    SPANS,
    STATEMENT_CARDS,
    STATEMENTS,
    Rows,
    insert_all,
    no_rows,
    read_rows,
)
from app.storage.statement_cards import statement_cards

OF_ARTICLES = (
    ARTICLES,
    AUTHORS,
    ARTICLE_SPEAKERS,
    ARTICLE_ORGANIZATIONS,
    ARTICLE_PLACES,
    ARTICLE_TOPICS,
)
"""What the cards of articles are made of."""

SHOWN = (*OF_ARTICLES, STATEMENTS, SPANS, ATTRIBUTIONS)
"""What cards are made of."""


def add_cards(rows: Rows, shown: Rows, references: References) -> None:
    """Add the cards of the articles and statements that are `shown`."""
    rows[ARTICLE_CARDS], articles = article_cards(shown, references)
    rows[STATEMENT_CARDS] = statement_cards(shown, references, articles)


def rewrite_cards(connection: Connection, article_ids: Collection[int]) -> None:
    """Write the cards of articles anew, whether they have some or not."""
    for piece in pieces(article_ids):
        connection.execute(delete(StatementCard).where(among(connection, StatementCard.article_id, piece)))
        connection.execute(delete(ArticleCard).where(among(connection, ArticleCard.article_id, piece)))
        stored, rows = read_rows(connection, piece, SHOWN), no_rows()
        add_cards(rows, stored, read_references(connection, stored))
        insert_all(connection, rows)


def rewrite_article_cards(connection: Connection, article_ids: Collection[int]) -> None:
    """Write the cards of articles anew, those of their statements not: these show no story."""
    for piece in pieces(article_ids):
        connection.execute(delete(ArticleCard).where(among(connection, ArticleCard.article_id, piece)))
        stored, rows = read_rows(connection, piece, OF_ARTICLES), no_rows()
        rows[ARTICLE_CARDS], _ = article_cards(stored, read_references(connection, stored))
        insert_all(connection, rows)
