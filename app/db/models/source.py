"""Outlets."""

from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import Ordered, RowId


class Source(Base):
    """An outlet that publishes articles."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    slug: Mapped[str] = mapped_column(Ordered, unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Ordered, index=True)
    url: Mapped[str | None]
