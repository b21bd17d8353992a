"""Taking out what is replaced or withdrawn, and the reasons that withdrawn keys answer with."""

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
from app.storage.revision import raise_revision
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


def withdraw_article(connection: Connection, key: str, *, why: str, now: datetime) -> int | None:
    """Take out an article for good: its key and those of its statements answer with the reason.

    Returns how many statements went with it; null when no such article stands.
    """
    id_ = connection.scalar(select(Article.id).where(Article.key == key))
    if id_ is None:
        return None
    statements = remove_articles(connection, [id_])
    reason = {"kind": RecordKind.ARTICLE, "reason": why, "withdrawn_at": now}
    insert_rows(connection, Withdrawal, [{"key": key, **reason}])
    withdraw_statements(connection, statements, now=now, why=f"its article was withdrawn: {why}")
    raise_revision(connection, now=now)
    return len(statements)


def withdrawn_articles(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    """Return the reasons of the withdrawn ones among these keys of articles."""
    reasons: dict[str, str] = {}
    for piece in pieces(keys):
        query = select(Withdrawal.key, Withdrawal.reason).where(
            among(connection, Withdrawal.key, piece), Withdrawal.kind == RecordKind.ARTICLE
        )
        reasons.update((key, reason) for key, reason in connection.execute(query))
    return reasons


def withdraw_statements(
    connection: Connection, keys: Collection[str], *, now: datetime, why: str = VANISHED
) -> None:
    """Keep the keys of statements that are gone, so that they answer with the reason."""
    rows = [{"key": key, "kind": RecordKind.STATEMENT, "reason": why, "withdrawn_at": now} for key in keys]
    insert_rows(connection, Withdrawal, rows)


def restore(connection: Connection, keys: Collection[str]) -> None:
    """Forget the withdrawals of keys that stand again."""
    for piece in pieces(keys):
        connection.execute(delete(Withdrawal).where(among(connection, Withdrawal.key, piece)))
