"""Topics of the taxonomy, and what in an article speaks of one."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.models.mention import Mention
from app.db.types import Ordered, RowId


class Topic(Base):
    """A topic of immigration policy; `broader_id` is the one that it is part of."""

    __tablename__ = "topics"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    slug: Mapped[str] = mapped_column(Ordered, unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Ordered, index=True)
    description: Mapped[str]
    broader_id: Mapped[int | None] = mapped_column(ForeignKey("topics.id"))


class TopicMention(Mention, Base):
    """Words of an article that are evidence of one of its topics."""

    __tablename__ = "topic_mentions"

    topic_id: Mapped[int] = mapped_column(ForeignKey("topics.id"))
