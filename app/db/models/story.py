"""Articles that tell one story: which are copies, and how they are found."""

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import RowId


class ArticleStory(Base):
    """The story of an article, named by its earliest one; that of most articles is themselves."""

    __tablename__ = "article_stories"
    __table_args__ = (Index("ix_article_stories_article_id", "article_id", unique=True),)

    story_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )


class ArticleCopy(Base):
    """Two articles that are copies, once each way."""

    __tablename__ = "article_copies"
    __table_args__ = (Index("ix_article_copies_copy_id", "copy_id"),)

    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    copy_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )


class ArticleBand(Base):
    """A number that copies of a text are likely to have too (`app.domain.copies`)."""

    __tablename__ = "article_bands"
    __table_args__ = (Index("ix_article_bands_article_id", "article_id"), {"sqlite_with_rowid": False})

    band: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
