"""Speakers: named persons and organizations to whom statements are attributed."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import Ordered, RowId, enum_type
from app.domain.annotation import SpeakerKind


class Speaker(Base):
    """A speaker. An organization that speaks has `organization_id` and shares its slug.

    A person of public office has the ids of the Biographical Directory of Congress and of Wikidata.
    """

    __tablename__ = "speakers"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    slug: Mapped[str] = mapped_column(Ordered, unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Ordered, index=True)
    kind: Mapped[SpeakerKind] = mapped_column(enum_type(SpeakerKind))
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"), unique=True)
    bioguide: Mapped[str | None] = mapped_column(Ordered, index=True)
    wikidata: Mapped[str | None] = mapped_column(Ordered, index=True)


class SpeakerAlias(Base):
    """Another printed form of a speaker's name."""

    __tablename__ = "speaker_aliases"
    __table_args__ = (UniqueConstraint("speaker_id", "name_key"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Ordered, index=True)
