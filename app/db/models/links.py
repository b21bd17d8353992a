"""The association tables that filters walk. Each key ends in the article id: date order."""

from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import RowId, enum_type


class OrganizationRelation(StrEnum):
    """How an organization belongs to an article or a statement."""

    MENTIONED = "mentioned"
    SPEAKER = "speaker"
    AFFILIATION = "affiliation"


class ArticlePlace(Base):
    """A place that the article is about: it has counting mentions."""

    __tablename__ = "article_places"
    __table_args__ = (Index("ix_article_places_article_id", "article_id"),)

    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    mentions: Mapped[int]


class ArticleOrganization(Base):
    """An organization that the article mentions (counting), or a statement of it is by or for."""

    __tablename__ = "article_organizations"
    __table_args__ = (Index("ix_article_organizations_article_id", "article_id"),)

    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    relation: Mapped[OrganizationRelation] = mapped_column(enum_type(OrganizationRelation), primary_key=True)
    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    count: Mapped[int]  # mentions, or statements


class StatementOrganization(Base):
    """An organization that a statement is by (speaker) or for (affiliation)."""

    __tablename__ = "statement_organizations"
    __table_args__ = (
        ForeignKeyConstraint(["article_id", "ordinal"], ["statements.article_id", "statements.ordinal"]),
        Index("ix_statement_organizations_article_id_ordinal", "article_id", "ordinal"),
    )

    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"), primary_key=True)
    relation: Mapped[OrganizationRelation] = mapped_column(enum_type(OrganizationRelation), primary_key=True)
    article_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class ArticleTopic(Base):
    """A topic that the article is on; `mentions` counts those of narrower topics too."""

    __tablename__ = "article_topics"
    __table_args__ = (Index("ix_article_topics_article_id", "article_id"),)

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    mentions: Mapped[int]


class ArticleSpeaker(Base):
    """A speaker with statements in the article."""

    __tablename__ = "article_speakers"
    __table_args__ = (Index("ix_article_speakers_article_id", "article_id"),)

    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"), primary_key=True)
    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    statements: Mapped[int]
