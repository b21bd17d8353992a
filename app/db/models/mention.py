"""What the tables of mentions share: where in which article, and what was decided."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.db.types import RowId, enum_type
from app.domain.annotation import Field, MentionRole
from app.domain.links import Outcome


class Mention:
    """Where a mention stands: `text[start:end]` of the article's title or text is `text`."""

    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    field: Mapped[Field] = mapped_column(enum_type(Field))
    start: Mapped[int]
    end: Mapped[int]
    text: Mapped[str]


class LinkedMention(Mention):
    """A mention that was to be linked; `reason` says why it was not."""

    role: Mapped[MentionRole] = mapped_column(enum_type(MentionRole))
    outcome: Mapped[Outcome] = mapped_column(enum_type(Outcome))
    reason: Mapped[str | None]
