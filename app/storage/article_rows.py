"""The row of an article itself, with its text and authors; pure."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.article import Article
from app.domain.links import LinkedArticle
from app.storage.mention_rows import Mentioned
from app.storage.records import Records
from app.storage.rows import ARTICLES, AUTHORS, TEXTS, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What saving itself adds to an article."""

    id: int
    fingerprint: str
    ingested_at: datetime
    updated_at: datetime


def add_article_rows(
    rows: Rows, linked: LinkedArticle, stamp: Stamp, *, records: Records, speakers: int, mentioned: Mentioned
) -> None:
    """Add the rows of article, text and authors. `speakers` and `mentioned` are what it has of others."""
    article = linked.annotated.article
    source = records.source(article)
    values: dict[str, object] = {
        "id": stamp.id,
        "key": article.key,
        "identity": article.identity,
        "fingerprint": stamp.fingerprint,
        "original_sha256": article.original_sha256,
        "summary_only": article.summary_only,
        "source_id": None if source is None else source.id,
        "external_id": article.external_id,
        "url": article.url,
        "title": article.title,
        "published_at": article.published_at,
        "published_precision": article.published_precision and article.published_precision.value,
        "language": article.language,
        "extracted": linked.annotated.extracted,
        "words": word_count(article),
        "statements": len(linked.statements),
        "speakers": speakers,
        "organizations": mentioned.organizations,
        "cities": mentioned.cities,
        "topics": len(linked.annotated.topics),
        "ingested_at": stamp.ingested_at,
        "updated_at": stamp.updated_at,
        "pipeline_version": linked.annotated.pipeline_version,
    }
    rows[ARTICLES].append(tuple(values[name] for name in ARTICLES.names))
    rows[TEXTS].append((stamp.id, article.text, article.text_sha256))
    rows[AUTHORS] += [(stamp.id, position, name) for position, name in enumerate(article.authors)]


def word_count(article: Article) -> int:
    """Return the number of words of the text: what stands between white space."""
    return len(article.text.split())
