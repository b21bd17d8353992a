"""Statements, who made them, where their parts stand, and the card that lists show."""

from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import Ordered, RowId, enum_type
from app.domain.annotation import AttributionMethod, CueClass, SourceKind, StatementKind
from app.domain.links import Party, RoleCategory
from app.domain.review import Review


class Part(StrEnum):
    """Which part of a statement a span is."""

    CONTENT = "content"
    CUE = "cue"
    SOURCE = "source"


def _of_statement() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["article_id", "ordinal"], ["statements.article_id", "statements.ordinal"])


class Statement(Base):
    """A statement, ordered by `(article_id, ordinal)`: publication time, then place in the text.

    `cue_class` is null when the article was read by a version that told no classes.
    """

    __tablename__ = "statements"
    __table_args__ = tuple(
        Index(f"ix_statements_{name}_article_id_ordinal", name, "article_id", "ordinal")
        for name in ("kind", "cue_class", "review")
    )

    article_id: Mapped[int] = mapped_column(
        RowId, ForeignKey("articles.id"), primary_key=True, autoincrement=False
    )
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(Ordered, unique=True)
    kind: Mapped[StatementKind] = mapped_column(enum_type(StatementKind))
    text: Mapped[str] = mapped_column(Text)
    cue: Mapped[str | None]
    cue_class: Mapped[CueClass | None] = mapped_column(enum_type(CueClass))
    source_text: Mapped[str | None]
    source_kind: Mapped[SourceKind | None] = mapped_column(enum_type(SourceKind))
    confidence: Mapped[float]
    review: Mapped[Review] = mapped_column(enum_type(Review), server_default=Review.UNREVIEWED.value)


class StatementSpan(Base):
    """A piece of a statement in the stored text; `end` is exclusive."""

    __tablename__ = "statement_spans"
    __table_args__ = (_of_statement(),)

    article_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[Part] = mapped_column(enum_type(Part))
    start: Mapped[int]
    end: Mapped[int]


class StatementCue(Base):
    """What a statement's cue is found by (`app.db.cue_words`): each of its words, and all of them."""

    __tablename__ = "statement_cues"
    __table_args__ = (_of_statement(), Index("ix_statement_cues_article_id_ordinal", "article_id", "ordinal"))

    words: Mapped[str] = mapped_column(Ordered, primary_key=True)
    article_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Attribution(Base):
    """One speaker of one statement, with title and affiliation as printed in that article.

    Party, state (postal code) and role category are those of the article's day.
    """

    __tablename__ = "attributions"
    __table_args__ = (
        _of_statement(),
        Index(
            "ix_attributions_speaker_id_article_id_ordinal",
            "speaker_id",
            "article_id",
            "ordinal",
            unique=True,
        ),
        # A rare party or role is not looked for in all statements.
        *(
            Index(
                f"ix_attributions_{name}_article_id_ordinal_position",
                name,
                "article_id",
                "ordinal",
                "position",
            )
            for name in ("party", "role_category")
        ),
    )

    article_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id"))
    method: Mapped[AttributionMethod] = mapped_column(enum_type(AttributionMethod))
    title: Mapped[str | None]
    affiliation: Mapped[str | None]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"), index=True)
    party: Mapped[Party | None] = mapped_column(enum_type(Party))
    state: Mapped[str | None]
    role_category: Mapped[RoleCategory] = mapped_column(
        enum_type(RoleCategory), server_default=RoleCategory.UNKNOWN.value
    )


class StatementCard(Base):
    """The JSON of a statement as a list shows it, written when it is saved."""

    __tablename__ = "statement_cards"
    __table_args__ = (_of_statement(),)

    article_id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=False)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
