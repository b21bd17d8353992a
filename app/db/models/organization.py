"""Organizations, their names, where they are mentioned."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.models.mention import LinkedMention
from app.db.types import Ordered, RowId, enum_type
from app.domain.links import OrganizationKind


class Organization(Base):
    """An organization; `authority` when the authority file has it, else known by name only."""

    __tablename__ = "organizations"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    slug: Mapped[str] = mapped_column(Ordered, unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Ordered, index=True)
    acronym: Mapped[str | None]
    kind: Mapped[OrganizationKind] = mapped_column(enum_type(OrganizationKind))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
    authority: Mapped[bool]


class OrganizationAlias(Base):
    """Another name of an organization, its acronym among them."""

    __tablename__ = "organization_aliases"
    __table_args__ = (UniqueConstraint("organization_id", "name_key"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    organization_id: Mapped[int] = mapped_column(ForeignKey("organizations.id"))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Ordered, index=True)


class OrganizationMention(LinkedMention, Base):
    """One occurrence of an organization in an article."""

    __tablename__ = "organization_mentions"
    __table_args__ = (Index("ix_organization_mentions_organization_id", "organization_id"),)

    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organizations.id"))
