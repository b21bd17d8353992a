"""Whether an article that was read differs from what is stored, told before anything is extracted."""

import hashlib
import json
from collections.abc import Collection

from sqlalchemy import Connection, select

from app.db.models.article import Article as ArticleRow
from app.domain.article import Article
from app.storage.bulk import among, pieces


def fingerprint(article: Article) -> str:
    """Return the hash of everything that was read of an article: SHA-256, in hexadecimal.

    Where it was read and what the reader warned of do not count: a file may be renamed.
    """
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


def known_fingerprints(connection: Connection, identities: Collection[str]) -> dict[str, str]:
    """Return the fingerprints of the stored ones among these identities."""
    found: dict[str, str] = {}
    for piece in pieces(identities):
        query = select(ArticleRow.identity, ArticleRow.fingerprint).where(
            among(connection, ArticleRow.identity, piece)
        )
        found.update((identity, stored) for identity, stored in connection.execute(query))
    return found
