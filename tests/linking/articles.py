"""Articles and mentions for the tests of linking."""

import hashlib
from datetime import datetime

from app.domain.annotation import Field, MentionRole, PlaceKind, PlaceMention
from app.domain.article import Article, Precision
from app.domain.span import Span


def make_article(text: str, *, title: str | None = None, published_at: datetime | None = None) -> Article:
    return Article(
        key="a1",
        identity="id:test:1",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        language="en",
        origin="test",
        title=title,
        published_at=published_at,
        published_precision=None if published_at is None else Precision.DAY,
    )


def mention(
    text: str,
    name: str,
    *,
    container: str | None = None,
    kind: PlaceKind | None = None,
    role: MentionRole = MentionRole.MENTION,
    blocked: str | None = None,
) -> PlaceMention:
    start = text.index(name)
    return PlaceMention(
        field=Field.TEXT,
        span=Span(start, start + len(name)),
        text=name,
        role=role,
        kind=kind,
        container=container,
        blocked=blocked,
    )
