"""Articles: a narrow row for filters, the text beside it, the card that lists show."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import Ordered, RowId, UtcDateTime, enum_type
from app.domain.article import Precision


class Article(Base):
    """One published text. The id follows publication time (see `app.db.article_ids`), so that every
    index that ends in it is in date order.
    """

    __tablename__ = "articles"
    __table_args__ = (
        Index("ix_articles_source_id_id", "source_id", "id"),
        Index("ix_articles_original_sha256", "original_sha256"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(Ordered, unique=True)
    identity: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str]  # of everything read: the same again changes nothing
    original_sha256: Mapped[str | None]  # of the bytes it was read from; null for those saved before 0006
    summary_only: Mapped[bool] = mapped_column(server_default=false())
    source_id: Mapped[int | None] = mapped_column(ForeignKey("sources.id"))
    external_id: Mapped[str | None]
    url: Mapped[str | None]
    title: Mapped[str | None]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    published_precision: Mapped[Precision | None] = mapped_column(enum_type(Precision))
    language: Mapped[str]
    extracted: Mapped[bool]
    words: Mapped[int]
    statements: Mapped[int]  # the counts, so that has=... and cards need no join
    speakers: Mapped[int]
    organizations: Mapped[int]
    cities: Mapped[int]
    topics: Mapped[int] = mapped_column(server_default="0")  # of articles saved before there were topics
    ingested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    pipeline_version: Mapped[str]


class ArticleText(Base):
    """The stored text, to which every span refers."""

    __tablename__ = "article_texts"

    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    text: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str]


class ArticleAuthor(Base):
    """A byline name, in order."""

    __tablename__ = "article_authors"

    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]


class ArticleCard(Base):
    """The JSON of an article as a list shows it, written when it is saved."""

    __tablename__ = "article_cards"

    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    version: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
