"""Places of the gazetteer, their names, where they are mentioned."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.models.mention import LinkedMention
from app.db.types import Ordered, RowId, enum_type
from app.domain.annotation import PlaceKind


class Place(Base):
    """A city, county, state or country. Coordinates are degrees, WGS 84."""

    __tablename__ = "places"
    __table_args__ = (Index("ix_places_name_key_kind", "name_key", "kind"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    slug: Mapped[str] = mapped_column(Ordered, unique=True)
    kind: Mapped[PlaceKind] = mapped_column(enum_type(PlaceKind))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Ordered)
    country: Mapped[str]
    state: Mapped[str | None]
    county_fips: Mapped[str | None]
    geonameid: Mapped[int | None] = mapped_column(index=True)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    population: Mapped[int | None]


class PlaceAlias(Base):
    """Another name of a place."""

    __tablename__ = "place_aliases"
    __table_args__ = (UniqueConstraint("place_id", "name_key"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Ordered, index=True)


class PlaceMention(LinkedMention, Base):
    """One occurrence of a place name in an article."""

    __tablename__ = "place_mentions"
    __table_args__ = (Index("ix_place_mentions_place_id", "place_id"),)

    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"))
