"""What `dateline watch` knows of its inputs, so that a restart reads nothing twice."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import Ordered, UtcDateTime


class WatchedInput(Base):
    """A file or an address as it was when a run had taken it in, and when it may be asked again.

    `version` is of a file its size and times, of an address the SHA-256 of what it held; null while it gave
    nothing yet. `failures` counts the rounds in which it gave nothing since it last did.
    """

    __tablename__ = "watched_inputs"

    origin: Mapped[str] = mapped_column(Ordered, primary_key=True)
    version: Mapped[str | None]
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    failures: Mapped[int]
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
