"""Organizations: those of the authority file, and those known by name, made when they are first seen.

An organization that speaks keeps its slug among speakers. So a new one does without the slug of a person who
speaks, and people do without those of the authority file.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, func, select, update

from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.speaker import Speaker
from app.domain.annotation import SpeakerKind
from app.domain.links import OrganizationKind, OrganizationRecord
from app.domain.names import fold
from app.storage.aliases import add_aliases
from app.storage.bulk import Loaded, among, insert_rows, pieces
from app.storage.merging import merged_people
from app.storage.slugs import settle

_COUNT = select(
    select(func.count()).select_from(Organization).scalar_subquery()
    + select(func.count()).select_from(OrganizationAlias).scalar_subquery()
)


class OrganizationKey(NamedTuple):
    """What makes two records of linking the same organization."""

    slug: str
    authority: bool


class StoredOrganization(NamedTuple):
    """The row of an organization."""

    id: int
    slug: str
    name: str
    name_key: str
    acronym: str | None
    authority: bool


class _Held(NamedTuple):
    """Who has a slug: an organization, or (null) a person who speaks."""

    organization: StoredOrganization | None


def key_of(record: OrganizationRecord) -> OrganizationKey:
    """Return the key by which `ensure_organizations` answers."""
    return OrganizationKey(record.slug, record.authority)


def ensure_organizations(
    connection: Connection, records: Iterable[OrganizationRecord]
) -> dict[OrganizationKey, StoredOrganization]:
    """Return the rows of the records; makes those that are not there yet and adds names not yet known."""
    given = _by_key(records)
    if not given:
        return {}
    settled = _settled(connection, given)
    new = {key: slug for key, (slug, held) in settled.items() if held is None}
    insert_rows(connection, Organization, [_row(given[key][0], slug) for key, slug in new.items()])
    made = _holders(connection, new.values())
    stored = {}
    for key, (slug, held) in settled.items():
        organization = (held or made[slug]).organization
        if organization is not None:
            stored[key] = organization
    set_parents(connection, {stored[key].id: given[key][0].parent for key in new})
    add_aliases(
        connection,
        OrganizationAlias,
        {
            stored[key].id: (name for record in same for name in _spellings(record))
            for key, same in given.items()
        },
        own={organization.id: organization.name_key for organization in stored.values()},
    )
    return stored


def slugs_of_organizations(
    connection: Connection, records: Iterable[OrganizationRecord]
) -> dict[OrganizationKey, str]:
    """Return the slugs that the records have or would get."""
    given = _by_key(records)
    return {key: slug for key, (slug, _) in _settled(connection, given).items()}


def _by_key(records: Iterable[OrganizationRecord]) -> dict[OrganizationKey, list[OrganizationRecord]]:
    given: dict[OrganizationKey, list[OrganizationRecord]] = {}
    for record in records:
        given.setdefault(key_of(record), []).append(record)
    return given


def _settled(
    connection: Connection, given: Mapping[OrganizationKey, list[OrganizationRecord]]
) -> dict[OrganizationKey, tuple[str, _Held | None]]:
    return settle(
        {key: key.slug for key in given},
        holders=lambda slugs: _holders(connection, slugs),
        same=lambda key, held: _is_same(held.organization, key, given[key]),
    )


def load_authority(connection: Connection, records: Collection[OrganizationRecord]) -> Loaded:
    """Make the rows of the authority file's records equal to it; those that the file no longer has stay."""
    before = connection.execute(_COUNT).scalar_one()
    stored = ensure_organizations(connection, records)
    added = connection.execute(_COUNT).scalar_one() > before
    set_parents(connection, {stored[key_of(record)].id: record.parent for record in records})
    kinds = _kinds(connection, [row.id for row in stored.values()])
    changed: list[dict[str, object]] = [
        {"row": row.id, "n": record.name, "k": fold(record.name), "a": record.acronym, "is": record.kind}
        for record in records
        if (row := stored[key_of(record)])[2:] != (record.name, fold(record.name), record.acronym, True)
        or kinds[row.id] != record.kind
    ]
    if changed:
        _change(connection, changed)
        ensure_organizations(connection, records)  # a name that was the record's own is now another one
    return Loaded(added=added, changed=bool(changed))


def _names(records: Iterable[OrganizationRecord]) -> set[str]:
    return {fold(name) for record in records for name in (record.name, *_spellings(record))}


def _spellings(record: OrganizationRecord) -> tuple[str, ...]:
    """Return the other names of a record, the acronym among them."""
    return (*((record.acronym,) if record.acronym else ()), *record.aliases)


def _is_same(
    row: StoredOrganization | None, key: OrganizationKey, records: Iterable[OrganizationRecord]
) -> bool:
    return row is not None and (row.authority == key.authority or row.name_key in _names(records))


def _row(record: OrganizationRecord, slug: str) -> dict[str, object]:
    return {
        "slug": slug,
        "name": record.name,
        "name_key": fold(record.name),
        "acronym": record.acronym,
        "kind": record.kind,
        "authority": record.authority,
    }


def _holders(connection: Connection, slugs: Collection[str]) -> dict[str, _Held]:
    held: dict[str, _Held] = {}
    for piece in pieces(slugs):
        people = select(Speaker.slug).where(
            among(connection, Speaker.slug, piece), Speaker.kind == SpeakerKind.PERSON
        )
        held.update(
            dict.fromkeys((*merged_people(connection, piece), *connection.scalars(people)), _Held(None))
        )
        columns = [getattr(Organization, name) for name in StoredOrganization._fields]
        query = select(*columns).where(among(connection, Organization.slug, piece))
        held.update({row.slug: _Held(StoredOrganization(*row)) for row in connection.execute(query)})
    return held


def set_parents(connection: Connection, parents: dict[int, str | None]) -> None:
    """Point at the parents that are stored; one that nobody has named yet stays unknown."""
    wanted = {slug for slug in parents.values() if slug}
    if not wanted:
        return
    query = select(Organization.slug, Organization.id).where(among(connection, Organization.slug, wanted))
    ids = dict(connection.execute(query).all())
    rows = [{"row": id_, "parent": ids[slug]} for id_, slug in parents.items() if slug in ids]
    if rows:
        change = update(Organization).where(Organization.id == bindparam("row"))
        connection.execute(change.values(parent_id=bindparam("parent")), rows)


def _kinds(connection: Connection, ids: Collection[int]) -> dict[int, OrganizationKind]:
    query = select(Organization.id, Organization.kind).where(among(connection, Organization.id, ids))
    return dict(connection.execute(query).all())


def _change(connection: Connection, rows: list[dict[str, object]]) -> None:
    """Take over what the authority file says now, also for organizations that speak."""
    names: dict[str, BindParameter[str]] = {"name": bindparam("n"), "name_key": bindparam("k")}
    organizations = update(Organization).where(Organization.id == bindparam("row"))
    values = organizations.values(**names, acronym=bindparam("a"), kind=bindparam("is"), authority=True)
    connection.execute(values, rows)
    speakers = update(Speaker).where(Speaker.organization_id == bindparam("row"))
    connection.execute(
        speakers.values(**names), [{name: row[name] for name in ("row", "n", "k")} for row in rows]
    )
