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
    people = {key: same for key, same in given.items() if key.organization is None}
    speaking = {key: organizations[key.organization] for key in given if key.organization is not None}
    stored = _ensure_people(connection, people) | _ensure_organizations(connection, speaking)
    add_aliases(
        connection,
        SpeakerAlias,
        {stored[key].id: (n for r in same for n in (r.name, *r.aliases)) for key, same in given.items()},
        own={row.id: row.name_key for row in stored.values()},
    )
    return {key: row.id for key, row in stored.items()}


def stored_people(connection: Connection, slugs: Collection[str]) -> dict[str, int]:
    """Return the ids of the people among these slugs who already are speakers."""
    return {slug: row.id for slug, row in _people(connection, slugs).items()}


def _ensure_people(
    connection: Connection, given: Mapping[SpeakerKey, list[SpeakerRecord]]
) -> dict[SpeakerKey, StoredSpeaker]:
    settled = settle(
        {key: key.slug for key in given},
        holders=lambda slugs: _holders(connection, slugs),
        same=lambda _, held: held is not _ORGANIZATION,
    )
    new = {key: slug for key, (slug, held) in settled.items() if held is None}
    insert_rows(connection, Speaker, [_row(slug, given[key][0].name, None) for key, slug in new.items()])
    made = _people(connection, new.values())
    return {key: held or made[slug] for key, (slug, held) in settled.items()}


def _ensure_organizations(
    connection: Connection, speaking: Mapping[SpeakerKey, StoredOrganization]
) -> dict[SpeakerKey, StoredSpeaker]:
    wanted = {organization.id for organization in speaking.values()}
    stored = _by_organization(connection, wanted)
    new = {row.id: row for row in speaking.values() if row.id not in stored}
    insert_rows(connection, Speaker, [_row(row.slug, row.name, row.id) for row in new.values()])
    stored |= _by_organization(connection, new)
    return {key: stored[organization.id] for key, organization in speaking.items()}


def _row(slug: str, name: str, organization: int | None) -> dict[str, object]:
    kind = SpeakerKind.PERSON if organization is None else SpeakerKind.ORGANIZATION
    return {"slug": slug, "name": name, "name_key": fold(name), "kind": kind, "organization_id": organization}


_ORGANIZATION = StoredSpeaker(0, "")
"""Stands for an organization that has a slug, speaker or not."""


def _holders(connection: Connection, slugs: Collection[str]) -> dict[str, StoredSpeaker]:
    held: dict[str, StoredSpeaker] = dict(_people(connection, slugs))
    for piece in pieces(slugs):
        query = select(Organization.slug).where(Organization.slug.in_(piece))
        held.update(dict.fromkeys(connection.scalars(query), _ORGANIZATION))
    return held


def _people(connection: Connection, slugs: Collection[str]) -> dict[str, StoredSpeaker]:
    found: dict[str, StoredSpeaker] = {}
    for piece in pieces(slugs):
        query = select(Speaker.slug, Speaker.id, Speaker.name_key).where(
            Speaker.slug.in_(piece), Speaker.kind == SpeakerKind.PERSON
        )
        found.update({row.slug: StoredSpeaker(row.id, row.name_key) for row in connection.execute(query)})
    return found


def _by_organization(connection: Connection, ids: Collection[int]) -> dict[int, StoredSpeaker]:
    found: dict[int, StoredSpeaker] = {}
    for piece in pieces(ids):
        query = select(Speaker.organization_id, Speaker.id, Speaker.name_key).where(
            Speaker.organization_id.in_(piece)
        )
        found.update(
            {row.organization_id: StoredSpeaker(row.id, row.name_key) for row in connection.execute(query)}
        )
    return found
