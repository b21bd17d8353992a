"""Places: the gazetteer loaded in bulk, smaller ones added when an article mentions them."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from app.db.models.place import Place, PlaceAlias
from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.domain.names import fold
from app.storage.aliases import add_aliases
from app.storage.bulk import Loaded, among, insert_rows, pieces

COLUMNS = (
    "slug",
    "kind",
    "name",
    "name_key",
    "country",
    "state",
    "county_fips",
    "geonameid",
    "latitude",
    "longitude",
    "population",
)


class StoredPlace(NamedTuple):
    """The row of a place, as cards show it."""

    id: int
    slug: str
    kind: PlaceKind
    name: str
    name_key: str
    state: str | None
    country: str


def load_places(connection: Connection, places: Iterable[GazetteerPlace]) -> Loaded:
    """Make the rows of these places equal to them; places that the list does not have stay."""
    wanted = {place.slug: place for place in places}
    columns = [getattr(Place, name) for name in COLUMNS]
    stored = {row.slug: tuple(row) for row in connection.execute(select(*columns))}
    new = [place for slug, place in wanted.items() if slug not in stored]
    changed = [
        row
        for slug, place in wanted.items()
        if slug in stored and tuple((row := _row(place)).values()) != stored[slug]
    ]
    insert_rows(connection, Place, [_row(place) for place in new])
    _change(connection, changed)
    named = _add_names(connection, wanted.values())
    return Loaded(added=bool(new or named), changed=bool(changed))


def ensure_places(connection: Connection, places: Iterable[GazetteerPlace]) -> dict[str, StoredPlace]:
    """Return the rows of the places by slug; makes those that are not there yet."""
    wanted = {place.slug: place for place in places}
    stored = _by_slug(connection, wanted)
    new = [place for slug, place in wanted.items() if slug not in stored]
    if new:
        insert_rows(connection, Place, [_row(place) for place in new])
        _add_names(connection, new)
        stored |= _by_slug(connection, [place.slug for place in new])
    return stored


def _row(place: GazetteerPlace) -> dict[str, object]:
    return {
        "slug": place.slug,
        "kind": place.kind,
        "name": place.name,
        "name_key": fold(place.name),
        "country": place.country,
        "state": place.state,
        "county_fips": place.county_fips,
        "geonameid": place.geonameid,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "population": place.population,
    }


def _names(place: GazetteerPlace) -> tuple[str, ...]:
    """Return the other names: the postal code of a state and the ISO code of a country are among them."""
    if place.kind is PlaceKind.STATE and place.state:
        return (*place.aliases, place.state)
    return (*place.aliases, place.country) if place.kind is PlaceKind.COUNTRY else place.aliases


def _add_names(connection: Connection, places: Collection[GazetteerPlace]) -> bool:
    named = [place for place in places if _names(place)]
    ids = {slug: row.id for slug, row in _by_slug(connection, [place.slug for place in named]).items()}
    return add_aliases(
        connection,
        PlaceAlias,
        {ids[place.slug]: _names(place) for place in named},
        own={ids[place.slug]: fold(place.name) for place in named},
    )


def _by_slug(connection: Connection, slugs: Collection[str]) -> dict[str, StoredPlace]:
    found: dict[str, StoredPlace] = {}
    columns = [getattr(Place, name) for name in StoredPlace._fields]
    for piece in pieces(slugs):
        query = select(*columns).where(among(connection, Place.slug, piece))
        found.update({row.slug: StoredPlace(*row) for row in connection.execute(query)})
    return found


def _change(connection: Connection, rows: list[dict[str, object]]) -> None:
    if rows:
        values: dict[str, object] = {name: bindparam(f"new_{name}") for name in COLUMNS}
        change = update(Place).where(Place.slug == bindparam("row")).values(values)
        connection.execute(
            change,
            [{f"new_{name}": value for name, value in row.items()} | {"row": row["slug"]} for row in rows],
        )
