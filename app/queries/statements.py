"""Statements: the list of cards, and one statement."""

from sqlalchemy import Subquery, and_, select

from app.db.models.article import Article, ArticleText
from app.db.models.statement import Statement, StatementCard
from app.queries.associations import Query
from app.queries.filters import Filters
from app.queries.ordering import Listing, Sort
from app.queries.selection import select_statements


def list_statements(filters: Filters) -> Listing:
    """Return the cards of the selected statements."""
    selection = select_statements(filters)
    article_id, ordinal = selection.scope.article_id, selection.scope.ordinal
    assert ordinal is not None  # noqa: S101 - a selection of statements has both
    orders = {
        "-published_at": (Sort(article_id, descending=True), Sort(ordinal, descending=True)),
        "published_at": (Sort(article_id), Sort(ordinal)),
    }
    if not selection.in_order:
        return Listing(rows=selection.rows(), orders=orders, counted=selection.ones(), attach=_cards_of)
    card = StatementCard.__table__
    same = and_(card.c.article_id == article_id, card.c.ordinal == ordinal)
    rows = select(card.c.body).select_from(selection.table.join(card, same)).where(*selection.conditions)
    return Listing(rows=rows, orders=orders, counted=selection.ones())


def _cards_of(keys: Subquery) -> Query:
    card = StatementCard.__table__
    return select(card.c.body).join(
        keys, and_(card.c.article_id == keys.c.key_0, card.c.ordinal == keys.c.key_1)
    )


def statement(key: str) -> Query:
    """Return the card of one statement and what only its own page shows."""
    card = StatementCard
    return (
        select(card.body, ArticleText.sha256, Article.updated_at, Article.pipeline_version)
        .join(Statement, and_(Statement.article_id == card.article_id, Statement.ordinal == card.ordinal))
        .join(ArticleText, ArticleText.article_id == card.article_id)
        .join(Article, Article.id == card.article_id)
        .where(Statement.key == key)
    )
