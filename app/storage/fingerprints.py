"""Whether an article needs to be taken in: it is not as stored, or another pipeline annotated it."""

import hashlib
import json
from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.db.models.article import Article as ArticleRow
from app.domain.article import Article
from app.storage.bulk import among, pieces


class State(NamedTuple):
    """What was read of an article, and which version of the pipeline annotated it."""

    fingerprint: str
    pipeline: str


def state_of(article: Article, *, pipeline: str) -> State:
    """Return the state in which an article stands once this version has annotated it."""
    return State(fingerprint(article), pipeline)


def fingerprint(article: Article) -> str:
    """Return the hash of everything that was read of an article: SHA-256, in hexadecimal.

    Where it was read and what the reader warned of do not count: a file may be renamed. An article that
    comes out of a corpus has the one that it was stored with: its outlet's name and page may by now be those
    of another article.
    """
    if article.fingerprint is not None:
        return article.fingerprint
    published = article.published_at.isoformat() if article.published_at else None
    read = (
        article.text_sha256,
        article.title,
        article.source,
        article.source_url,
        article.external_id,
        article.url,
        article.authors,
        published,
        article.published_precision,
        article.language,
    )
    return hashlib.sha256(json.dumps(read).encode()).hexdigest()


def known_originals(connection: Connection, hashes: Collection[str], *, pipeline: str) -> set[str]:
    """Return those of the SHA-256 of whose bytes an article was read that this version annotated."""
    found: set[str] = set()
    for piece in pieces(hashes):
        query = select(ArticleRow.original_sha256).where(
            among(connection, ArticleRow.original_sha256, piece), ArticleRow.pipeline_version == pipeline
        )
        found.update(filter(None, connection.scalars(query)))
    return found


def known_states(connection: Connection, identities: Collection[str]) -> dict[str, State]:
    """Return the states of the stored ones among these identities."""
    found: dict[str, State] = {}
    for piece in pieces(identities):
        query = select(ArticleRow.identity, ArticleRow.fingerprint, ArticleRow.pipeline_version).where(
            among(connection, ArticleRow.identity, piece)
        )
        found.update({row.identity: State(*row[1:]) for row in connection.execute(query)})
    return found
