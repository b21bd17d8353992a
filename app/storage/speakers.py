"""Speakers: made when a statement is first attributed to them. An organization that speaks keeps its slug."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, select

from app.db.models.organization import Organization
from app.db.models.speaker import Speaker, SpeakerAlias
from app.domain.annotation import SpeakerKind
from app.domain.links import SpeakerRecord
from app.domain.names import fold
from app.storage.aliases import add_aliases
from app.storage.bulk import insert_rows, pieces
from app.storage.organizations import OrganizationKey, StoredOrganization, key_of
from app.storage.slugs import settle


class SpeakerKey(NamedTuple):
    """What makes two records of linking the same speaker."""

    slug: str
    organization: OrganizationKey | None


class StoredSpeaker(NamedTuple):
    """The row of a speaker."""

    id: int
    name_key: str
    is_person: bool


def speaker_key(record: SpeakerRecord) -> SpeakerKey:
    """Return the key by which `ensure_speakers` answers. Raises ValueError for one that cannot be."""
    if (record.kind is SpeakerKind.ORGANIZATION) != (record.organization is not None):
        raise ValueError(f"speaker {record.slug}: only an organization that speaks has an organization")
    return SpeakerKey(record.slug, key_of(record.organization) if record.organization else None)


def ensure_speakers(
    connection: Connection,
    records: Iterable[SpeakerRecord],
    *,
    organizations: Mapping[OrganizationKey, StoredOrganization],
) -> dict[SpeakerKey, int]:
    """Return the ids of the records; makes those that are not there yet and adds names not yet known.

    `organizations` holds the rows of those that speak.
    """
    given: dict[SpeakerKey, list[SpeakerRecord]] = {}
    for record in records:
        given.setdefault(speaker_key(record), []).append(record)
    speaking = {key: organizations[key.organization] for key in given if key.organization is not None}
    slugs = _slugs_of_people(connection, [key for key in given if key.organization is None])
    slugs |= {key: organization.slug for key, organization in speaking.items()}
    known = _by_slug(connection, slugs.values())
    new = {
        slugs[key]: _row(slugs[key], speaking[key] if key in speaking else same[0])
        for key, same in given.items()
        if slugs[key] not in known
    }
    insert_rows(connection, Speaker, list(new.values()))
    known |= _by_slug(connection, new)
    stored = {key: known[slugs[key]] for key in given}
    add_aliases(
        connection,
        SpeakerAlias,
        {stored[key].id: (n for r in same for n in (r.name, *r.aliases)) for key, same in given.items()},
        own={row.id: row.name_key for row in stored.values()},
    )
    return {key: row.id for key, row in stored.items()}


def stored_people(connection: Connection, slugs: Collection[str]) -> dict[str, int]:
    """Return the ids of the people among these slugs who already are speakers."""
    return {slug: row.id for slug, row in _by_slug(connection, slugs).items() if row.is_person}


def _slugs_of_people(connection: Connection, keys: Collection[SpeakerKey]) -> dict[SpeakerKey, str]:
    settled = settle(
        {key: key.slug for key in keys},
        holders=lambda slugs: _holders(connection, slugs),
        same=lambda _, is_person: is_person,
    )
    return {key: slug for key, (slug, _) in settled.items()}


def _holders(connection: Connection, slugs: Collection[str]) -> dict[str, bool]:
    """Return the slugs that are taken, true for people's; organizations keep theirs, speaking or not."""
    held = {slug: row.is_person for slug, row in _by_slug(connection, slugs).items()}
    for piece in pieces(slugs):
        query = select(Organization.slug).where(Organization.slug.in_(piece))
        held.update(dict.fromkeys(connection.scalars(query), False))
    return held


def _row(slug: str, record: SpeakerRecord | StoredOrganization) -> dict[str, object]:
    organization = record.id if isinstance(record, StoredOrganization) else None
    return {
        "slug": slug,
        "name": record.name,
        "name_key": fold(record.name),
        "kind": SpeakerKind.PERSON if organization is None else SpeakerKind.ORGANIZATION,
        "organization_id": organization,
    }


def _by_slug(connection: Connection, slugs: Collection[str]) -> dict[str, StoredSpeaker]:
    columns = (Speaker.slug, Speaker.id, Speaker.name_key, Speaker.kind)
    found: dict[str, StoredSpeaker] = {}
    for piece in pieces(slugs):
        for slug, id_, name_key, kind in connection.execute(select(*columns).where(Speaker.slug.in_(piece))):
            found[slug] = StoredSpeaker(id_, name_key, kind is SpeakerKind.PERSON)
    return found
