"""Corrections: what people decided about statements, speakers and organizations."""

from datetime import datetime

from sqlalchemy import JSON, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import Ordered, UtcDateTime, enum_type
from app.domain.corrections import Correctable, CorrectionAction


class Correction(Base):
    """One decision; rows are added, never changed. It leads to other records by their public keys only, so
    that it outlives them.

    `before` and `after` are `app.domain.corrections.State` as JSON, what stands at its default left out.
    """

    __tablename__ = "corrections"
    __table_args__ = (Index("ix_corrections_of_subject", "of", "subject"),)

    key: Mapped[str] = mapped_column(Ordered, primary_key=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by: Mapped[str]
    reason: Mapped[str] = mapped_column(Text)
    of: Mapped[Correctable] = mapped_column(enum_type(Correctable))
    subject: Mapped[str] = mapped_column(Ordered)
    action: Mapped[CorrectionAction] = mapped_column(enum_type(CorrectionAction))
    article: Mapped[str | None] = mapped_column(Ordered, index=True)
    before: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
