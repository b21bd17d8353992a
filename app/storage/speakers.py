"""Speakers: made when a statement is first attributed to them. An organization that speaks keeps its slug.

Except for one that is known by name only and speaks after a person of that name did: a name that recognition
once took for an organization must not cost a person the plain slug.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, select, update

from app.db.models.organization import Organization
from app.db.models.speaker import Speaker, SpeakerAlias
from app.domain.annotation import SpeakerKind
from app.domain.links import SpeakerRecord
from app.domain.names import fold
from app.storage.aliases import add_aliases
from app.storage.bulk import among, insert_rows, pieces
from app.storage.merging import merged_people, stand
from app.storage.organizations import OrganizationKey, StoredOrganization, key_of
from app.storage.slugs import settle


class SpeakerKey(NamedTuple):
    """What makes two records of linking the same speaker."""

    slug: str
    organization: OrganizationKey | None


class StoredSpeaker(NamedTuple):
    """The row of a speaker."""

    id: int
    slug: str
    name: str
    name_key: str
    kind: SpeakerKind
    organization_id: int | None
    bioguide: str | None
    wikidata: str | None


_PERSON = 0
"""The id of no organization."""


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
) -> dict[SpeakerKey, StoredSpeaker]:
    """Return the rows of the records; makes those that are not there yet and adds names not yet known.

    `organizations` holds the rows of those that speak.
    """
    given: dict[SpeakerKey, list[SpeakerRecord]] = {}
    for record in records:
        given.setdefault(speaker_key(record), []).append(record)
    speaking = {key: organizations[key.organization] for key in given if key.organization is not None}
    wanted = {key: speaking[key].slug if key in speaking else key.slug for key in given}
    slugs = _slugs(connection, wanted, speaking)
    known = _by_slug(connection, slugs.values())
    new = {
        slugs[key]: _row(slugs[key], speaking[key] if key in speaking else same[0])
        for key, same in given.items()
        if slugs[key] not in known
    }
    insert_rows(connection, Speaker, list(new.values()))
    stand(connection, new)
    known |= _by_slug(connection, new)
    stored = {key: known[slugs[key]] for key in given}
    _add_ids(connection, {stored[key]: same[0] for key, same in given.items()})
    add_aliases(
        connection,
        SpeakerAlias,
        {stored[key].id: (n for r in same for n in (r.name, *r.aliases)) for key, same in given.items()},
        own={row.id: row.name_key for row in stored.values()},
    )
    return stored


def stored_people(connection: Connection, slugs: Collection[str]) -> dict[str, int]:
    """Return the ids of the people who already are speakers, by the slug that linking gives them."""
    own = slugs_of_people(connection, slugs)
    known = _by_slug(connection, own.values())
    return {slug: known[its_own].id for slug, its_own in own.items() if its_own in known}


def slugs_of_people(connection: Connection, slugs: Collection[str]) -> dict[str, str]:
    """Return the slugs that people have or would get, by the slug that linking gives them.

    Where an organization has that slug, the person's own ends in a number.
    """
    settled = settle(
        {slug: slug for slug in slugs},
        holders=lambda asked: _holders(connection, asked),
        same=lambda _, organization: organization == _PERSON,
    )
    return {slug: its_own for slug, (its_own, _) in settled.items()}


def make_namesake(connection: Connection, record: SpeakerRecord) -> StoredSpeaker:
    """Make another person of a name, under the next slug that is free."""
    settled = settle(
        {record: record.slug}, holders=lambda asked: _holders(connection, asked), same=lambda _, __: False
    )
    slug, _ = settled[record]
    insert_rows(connection, Speaker, [_row(slug, record)])
    return _by_slug(connection, [slug])[slug]


def _slugs(
    connection: Connection,
    wanted: Mapping[SpeakerKey, str],
    speaking: Mapping[SpeakerKey, StoredOrganization],
) -> dict[SpeakerKey, str]:
    ids = {key: organization.id for key, organization in speaking.items()}
    settled = settle(
        wanted,
        holders=lambda slugs: _holders(connection, slugs),
        same=lambda key, organization: organization == ids.get(key, _PERSON),
    )
    return {key: slug for key, (slug, _) in settled.items()}


def _holders(connection: Connection, slugs: Collection[str]) -> dict[str, int]:
    """Return who has each slug that is taken: the id of an organization, of the authority file or speaking,
    or that of no organization for a person.
    """
    held = dict.fromkeys(merged_people(connection, slugs), _PERSON)
    held |= {slug: row.organization_id or _PERSON for slug, row in _by_slug(connection, slugs).items()}
    for piece in pieces(slugs):
        query = select(Organization.slug, Organization.id).where(
            among(connection, Organization.slug, piece), Organization.authority
        )
        held.update(connection.execute(query).all())
    return held


def _row(slug: str, record: SpeakerRecord | StoredOrganization) -> dict[str, object]:
    organization = record.id if isinstance(record, StoredOrganization) else None
    bioguide, wikidata = (None, None) if isinstance(record, StoredOrganization) else _ids(record)
    return {
        "slug": slug,
        "name": record.name,
        "name_key": fold(record.name),
        "kind": SpeakerKind.PERSON if organization is None else SpeakerKind.ORGANIZATION,
        "organization_id": organization,
        "bioguide": bioguide,
        "wikidata": wikidata,
    }


def _add_ids(connection: Connection, records: Mapping[StoredSpeaker, SpeakerRecord]) -> None:
    """Give those their ids of public office who were stored before these were told."""
    rows = [
        {"row": row.id, "congress": record.bioguide, "item": record.wikidata}
        for row, record in records.items()
        if (record.bioguide or record.wikidata) and (row.bioguide, row.wikidata) != _ids(record)
    ]
    if rows:
        speakers = update(Speaker).where(Speaker.id == bindparam("row"))
        ids: dict[str, BindParameter[str]] = {
            "bioguide": bindparam("congress"),
            "wikidata": bindparam("item"),
        }
        connection.execute(speakers.values(ids), rows)


def _ids(record: SpeakerRecord) -> tuple[str | None, str | None]:
    return record.bioguide, record.wikidata


def _by_slug(connection: Connection, slugs: Collection[str]) -> dict[str, StoredSpeaker]:
    columns = [getattr(Speaker, name) for name in StoredSpeaker._fields]
    found: dict[str, StoredSpeaker] = {}
    for piece in pieces(slugs):
        for row in connection.execute(select(*columns).where(among(connection, Speaker.slug, piece))):
            found[row.slug] = StoredSpeaker(*row)
    return found
