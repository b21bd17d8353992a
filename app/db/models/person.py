"""Where named persons are mentioned, speakers or not."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.models.mention import Mention
from app.db.types import Ordered


class PersonMention(Mention, Base):
    """One occurrence of a named person in an article: name, short name, pronoun or title.

    `name` is the fullest form in the article; `person` the slug that it gives, null when it is no full name;
    `speaker_id` is set when the person is a speaker, by this article or by any other.
    """

    __tablename__ = "person_mentions"
    __table_args__ = (
        Index("ix_person_mentions_speaker_id", "speaker_id"),
        Index(  # for those who speak only in an article saved later
            "ix_person_mentions_person",
            "person",
            sqlite_where=sql("speaker_id IS NULL"),
            postgresql_where=sql("speaker_id IS NULL"),
        ),
    )

    name: Mapped[str]
    person: Mapped[str | None] = mapped_column(Ordered)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"))
