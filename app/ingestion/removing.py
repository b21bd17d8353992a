"""Withdrawing articles: `dateline remove`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Engine

from app.ingestion.database import require_current, writing
from app.ingestion.errors import NoSuchArticleError
from app.storage.removal import withdraw_article, withdrawn_articles


@dataclass(frozen=True, slots=True)
class Removed:
    """What was withdrawn, in numbers."""

    articles: int
    statements: int


def remove_articles(keys: Sequence[str], *, why: str, engine: Engine) -> Removed:
    """Withdraw articles by their keys: these, and those of their statements, answer 410 with the reason.

    All of them in one transaction, or none. Raises NoSuchArticleError, naming the first key that no article
    has, and DatabaseNotReadyError.
    """
    now = datetime.now(UTC)
    statements = 0
    with writing(engine) as connection:
        require_current(connection)
        before = withdrawn_articles(connection, keys)
        for key in dict.fromkeys(keys):
            if key in before:
                raise NoSuchArticleError(f"the article {key} was withdrawn before: {before[key]}")
            gone = withdraw_article(connection, key, why=why, now=now)
            if gone is None:
                raise NoSuchArticleError(f"there is no article {key}")
            statements += gone
    return Removed(articles=len(set(keys)), statements=statements)
