"""Quotations long enough to be told again by their words."""

from sqlalchemy import BigInteger, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import RowId


class Quotation(Base):
    """A statement in quotation marks, by the number of its words: the same words have the same number."""

    __tablename__ = "quotations"
    __table_args__ = (
        ForeignKeyConstraint(["article_id", "ordinal"], ["statements.article_id", "statements.ordinal"]),
        Index("ix_quotations_article_id_ordinal", "article_id", "ordinal", unique=True),
    )

    words: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
