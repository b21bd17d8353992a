"""Taking out what a correction replaces, and the reasons that withdrawn keys answer with."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, delete, select

from app.db.models.article import Article, ArticleAuthor, ArticleCard, ArticleText
from app.db.models.corpus import RecordKind, Withdrawal
from app.db.models.links import (
    ArticleOrganization,
    ArticlePlace,
    ArticleSpeaker,
    ArticleTopic,
    StatementOrganization,
)
from app.db.models.organization import OrganizationMention
from app.db.models.person import PersonMention
from app.db.models.place import PlaceMention
from app.db.models.quotation import Quotation
from app.db.models.statement import Attribution, Statement, StatementCard, StatementCue, StatementSpan
from app.db.models.story import ArticleBand
from app.db.models.topic import TopicMention
from app.db.search_index import remove_from_index
from app.storage.bulk import among, insert_rows, pieces
from app.storage.stories import leave_stories

VANISHED = "the words no longer stand in the article"

OF_AN_ARTICLE = (
    StatementCard,
    StatementSpan,
    StatementCue,
    StatementOrganization,
    Quotation,
    Attribution,
    Statement,
    ArticleCard,
    ArticleSpeaker,
    ArticleOrganization,
    ArticlePlace,
    ArticleTopic,
    TopicMention,
    PersonMention,
    OrganizationMention,
    PlaceMention,
    ArticleBand,
    ArticleAuthor,
    ArticleText,
)
"""Tables that hang on an article, those that point at another of them first."""


def remove_articles(connection: Connection, ids: Collection[int]) -> list[str]:
    """Delete articles with everything that hangs on them; return the keys of their statements."""
    keys: list[str] = []
    leave_stories(connection, ids)
    for piece in pieces(ids):
        keys.extend(
            connection.scalars(select(Statement.key).where(among(connection, Statement.article_id, piece)))
        )
        for table in OF_AN_ARTICLE:
            connection.execute(delete(table).where(among(connection, table.article_id, piece)))
        connection.execute(delete(Article).where(among(connection, Article.id, piece)))
        remove_from_index(connection, piece)
    return keys


def withdraw_statements(connection: Connection, keys: Collection[str], *, now: datetime) -> None:
    """Keep the keys of vanished statements, so that they answer with the reason."""
    rows = [
        {"key": key, "kind": RecordKind.STATEMENT, "reason": VANISHED, "withdrawn_at": now} for key in keys
    ]
    insert_rows(connection, Withdrawal, rows)


def restore(connection: Connection, keys: Collection[str]) -> None:
    """Forget the withdrawals of keys that stand again."""
    for piece in pieces(keys):
        connection.execute(delete(Withdrawal).where(among(connection, Withdrawal.key, piece)))
