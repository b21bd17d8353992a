"""Statements: the list of cards, and one statement."""

from collections.abc import Mapping
from functools import lru_cache

from sqlalchemy import Subquery, and_, select

from app.db.models.article import Article, ArticleText
from app.db.models.statement import Statement, StatementCard
from app.queries.associations import Query
from app.queries.filters import Filters
from app.queries.ordering import Listing, Order, Rows, Sort
from app.queries.ranking import statement_counts
from app.queries.selection import Part, select_statements
from app.queries.slots import KEPT


@lru_cache(KEPT)
def list_statements(filters: Filters) -> Listing:
    """Return the cards of the selected statements."""
    selection = select_statements(filters)
    if selection.in_order:
        return Listing(parts=tuple(map(_cards, selection.parts)), counted=selection.ones())
    keys = tuple(Rows(part.rows(), _orders(part)) for part in selection.parts)
    return Listing(parts=keys, counted=selection.ones(), attach=_cards_of)


def _cards(part: Part) -> Rows:
    card = StatementCard.__table__
    same = and_(card.c.article_id == part.scope.article_id, card.c.ordinal == part.scope.ordinal)
    rows = select(card.c.body).select_from(part.table.join(card, same)).where(*part.conditions)
    return Rows(rows, _orders(part))


def _orders(part: Part) -> Mapping[str, Order]:
    article_id, ordinal = part.scope.article_id, part.scope.ordinal
    assert ordinal is not None  # noqa: S101 - a selection of statements has both
    return {
        "-published_at": (Sort(article_id, descending=True), Sort(ordinal, descending=True)),
        "published_at": (Sort(article_id), Sort(ordinal)),
    }


def _cards_of(keys: Subquery) -> Query:
    card = StatementCard.__table__
    return select(card.c.body).join(
        keys, and_(card.c.article_id == keys.c.key_0, card.c.ordinal == keys.c.key_1)
    )


def statement_numbers(filters: Filters) -> Query:
    """Return how many statements are selected, and how many of each class of cue: one row."""
    selected = select_statements(filters).rows().subquery("selected")
    same = and_(Statement.article_id == selected.c.article_id, Statement.ordinal == selected.c.ordinal)
    return select(*statement_counts()).select_from(selected).join(Statement, same)


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
