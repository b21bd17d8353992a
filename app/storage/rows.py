"""The row of an article itself, with its text and authors; pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.db.models.article import Article as ArticleRow
from app.db.models.article import ArticleAuthor, ArticleText
from app.db.models.base import Base
from app.domain.annotation import MentionRole, PlaceKind
from app.domain.article import Article
from app.domain.links import LinkedArticle
from app.domain.names import fold
from app.storage.records import Records

Row = dict[str, object]
TableRow = tuple[type[Base], Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What saving itself adds to an article."""

    id: int
    fingerprint: str
    ingested_at: datetime
    updated_at: datetime


def article_rows(linked: LinkedArticle, stamp: Stamp, *, records: Records) -> Iterator[TableRow]:
    """Yield the rows of article, text and authors."""
    article = linked.annotated.article
    yield ArticleRow, _read(article, records) | _counted(linked, records) | _stamped(linked, stamp)
    yield ArticleText, {"article_id": stamp.id, "text": article.text, "sha256": article.text_sha256}
    for position, name in enumerate(article.authors):
        yield ArticleAuthor, {"article_id": stamp.id, "position": position, "name": name}


def word_count(article: Article) -> int:
    """Return the number of words of the text: what stands between white space."""
    return len(article.text.split())


def _read(article: Article, records: Records) -> Row:
    return {
        "key": article.key,
        "identity": article.identity,
        "source_id": None if article.source is None else records.sources[fold(article.source)],
        "external_id": article.external_id,
        "url": article.url,
        "title": article.title,
        "published_at": article.published_at,
        "published_precision": article.published_precision,
        "language": article.language,
        "words": word_count(article),
    }


def _counted(linked: LinkedArticle, records: Records) -> Row:
    organizations = {
        records.organization(found.organization)
        for found in linked.organizations
        if found.organization is not None and found.mention.role is MentionRole.MENTION
    }
    cities = {
        found.place.slug
        for found in linked.places
        if found.place and found.place.kind is PlaceKind.CITY and found.mention.role is MentionRole.MENTION
    }
    speakers = {
        records.speaker(attribution.speaker)
        for statement in linked.statements
        for attribution in statement.attributions
    }
    return {
        "statements": len(linked.statements),
        "speakers": len(speakers),
        "organizations": len(organizations),
        "cities": len(cities),
        "topics": len(linked.annotated.topics),
    }


def _stamped(linked: LinkedArticle, stamp: Stamp) -> Row:
    return {
        "id": stamp.id,
        "fingerprint": stamp.fingerprint,
        "ingested_at": stamp.ingested_at,
        "updated_at": stamp.updated_at,
        "extracted": linked.annotated.extracted,
        "pipeline_version": linked.annotated.pipeline_version,
    }
