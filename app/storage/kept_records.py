"""Records of another corpus, stored under the slugs that they have there.

A slug that is another record here is refused: what leads to it would lead to the wrong one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.db.models.article import Article
from app.db.models.corpus import RecordKind, Withdrawal
from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.place import Place
from app.db.models.source import Source
from app.db.models.speaker import Speaker, SpeakerAlias
from app.db.models.statement import Statement
from app.domain.annotation import SpeakerKind
from app.domain.corrections import Correction
from app.domain.exchange import Record, Redirect, SourceRecord, StoredSpeaker, WithdrawnKey
from app.domain.links import GazetteerPlace, OrganizationRecord, Topic
from app.domain.names import fold
from app.storage.aliases import add_aliases
from app.storage.bulk import among, insert_rows, pieces
from app.storage.corrections.taking_over import named_otherwise, take_over
from app.storage.merging import Target, lead, lead_other_slugs, stand
from app.storage.organizations import set_parents
from app.storage.people import link_earlier_mentions
from app.storage.places import ensure_places
from app.storage.revision import raise_revision
from app.storage.topics import load_topics, stored_topics

Stored = dict[str, Any]
"""Rows by slug."""


class RecordConflictError(ValueError):
    """The slug of a record is that of another one in this corpus."""


def keep_records(connection: Connection, records: Sequence[Record], *, now: datetime) -> None:
    """Store the records that are not there yet, in the caller's transaction, and names not yet known.

    Those that others lead to have to be there or to come first. Raises RecordConflictError, and ValueError
    for one that cannot be.
    """
    given: dict[type[Record], list[Any]] = defaultdict(list)
    for record in records:
        given[type(record)].append(record)
    changed = [keep(connection, given[type_], now) for type_, keep in KEEP.items() if given[type_]]
    if any(changed):
        raise_revision(connection, now=now)


def _keep_sources(connection: Connection, records: Sequence[SourceRecord], _: datetime) -> bool:
    stored = _stored(connection, Source, records)
    new = [record for record in records if record.slug not in stored]
    for record in records:
        _refuse(record, stored, lambda row, own: row.name_key == fold(own.name))
    insert_rows(
        connection,
        Source,
        [{"slug": one.slug, "name": one.name, "name_key": fold(one.name), "url": one.url} for one in new],
    )
    return bool(new)


def _keep_organizations(connection: Connection, records: Sequence[OrganizationRecord], _: datetime) -> bool:
    stored = _stored(connection, Organization, records)
    for record in records:
        _refuse(record, stored, _is_same_organization)
    new = [record for record in records if record.slug not in stored]
    insert_rows(
        connection,
        Organization,
        [
            {
                "slug": one.slug,
                "name": one.name,
                "name_key": fold(one.name),
                "acronym": one.acronym,
                "kind": one.kind,
                "authority": one.authority,
            }
            for one in new
        ],
    )
    rows = _stored(connection, Organization, records)
    set_parents(connection, {rows[one.slug].id: one.parent for one in new})
    named = add_aliases(
        connection,
        OrganizationAlias,
        {rows[one.slug].id: one.aliases for one in records},
        own={rows[one.slug].id: rows[one.slug].name_key for one in records},
    )
    return bool(new) or named


def _is_same_organization(row: Any, record: OrganizationRecord) -> bool:  # noqa: ANN401 - a row
    return (row.authority and record.authority) or row.name_key == fold(record.name)


def _keep_speakers(connection: Connection, records: Sequence[StoredSpeaker], _: datetime) -> bool:
    stored = _stored(connection, Speaker, records)
    for record in records:
        _refuse(record, stored, _is_same_speaker)
    new = [record for record in records if record.slug not in stored]
    organizations = _ids(connection, Organization, {one.organization for one in new if one.organization})
    insert_rows(
        connection,
        Speaker,
        [
            {
                "slug": one.slug,
                "name": one.name,
                "name_key": fold(one.name),
                "kind": one.kind,
                "organization_id": organizations[one.organization] if one.organization else None,
                "bioguide": one.bioguide,
                "wikidata": one.wikidata,
            }
            for one in new
        ],
    )
    stand(connection, [one.slug for one in new])
    rows = _stored(connection, Speaker, records)
    link_earlier_mentions(
        connection, {one.slug: rows[one.slug].id for one in new if one.kind is SpeakerKind.PERSON}
    )
    named = add_aliases(
        connection,
        SpeakerAlias,
        {rows[one.slug].id: one.aliases for one in records},
        own={rows[one.slug].id: rows[one.slug].name_key for one in records},
    )
    return bool(new) or named


def _is_same_speaker(row: Any, record: StoredSpeaker) -> bool:  # noqa: ANN401 - a row
    """Tell whether a stored speaker is the record: of the same kind and of the same office or name."""
    if row.kind is not record.kind:
        return False
    if row.bioguide and record.bioguide:
        return bool(row.bioguide == record.bioguide)
    return row.name_key in {fold(name) for name in (record.name, *record.aliases)}


def _keep_places(connection: Connection, records: Sequence[GazetteerPlace], _: datetime) -> bool:
    stored = _stored(connection, Place, records)
    for record in records:
        _refuse(record, stored, lambda row, own: (row.kind, row.geonameid) == (own.kind, own.geonameid))
    ensure_places(connection, records)
    return len(stored) < len(records)


def _keep_topics(connection: Connection, records: Sequence[Topic], _: datetime) -> bool:
    known = stored_topics(connection)
    return load_topics(connection, [record for record in records if record.slug not in known]).added


def _keep_redirects(connection: Connection, records: Sequence[Redirect], _: datetime) -> bool:
    of_speakers = [record for record in records if record.kind == RecordKind.SPEAKER]
    ids = _ids(connection, Speaker, {record.target for record in of_speakers})
    lead_other_slugs(connection, {one.slug: Target(ids[one.target], one.target) for one in of_speakers})
    others = [record for record in records if record.kind != RecordKind.SPEAKER]
    if wrong := sorted({one.kind for one in others} - {RecordKind.ORGANIZATION.value}):
        raise ValueError(f"no slugs of the kind {', '.join(wrong)} lead to others")
    _ids(connection, Organization, {record.target for record in others})
    standing = _stored(connection, Organization, others)
    led = {one.slug: one.target for one in others if one.slug not in standing}
    lead(connection, RecordKind.ORGANIZATION, led)
    return False  # a slug that led nowhere before: no page showed it


def _keep_withdrawals(connection: Connection, records: Sequence[WithdrawnKey], now: datetime) -> bool:
    """Keep the reasons of keys that do not stand here."""
    keys = [record.key for record in records]
    there: set[str] = set()
    for column in (Article.key, Statement.key, Withdrawal.key):
        for piece in pieces(keys):
            there.update(connection.scalars(select(column).where(among(connection, column, piece))))
    rows = [
        {"key": one.key, "kind": RecordKind(one.kind), "reason": one.reason, "withdrawn_at": now}
        for one in records
        if one.key not in there
    ]
    insert_rows(connection, Withdrawal, rows)
    return bool(rows)


def _keep_corrections(connection: Connection, records: Sequence[Correction], now: datetime) -> bool:
    """Keep decisions that are not known yet, and let articles that stand follow them."""
    for record in records:
        if stranger := named_otherwise(connection, record):
            raise RecordConflictError(f"{stranger} is another one in this corpus")
    return take_over(connection, records, now=now)


KEEP: Mapping[type[Record], Callable[[Connection, Any, datetime], bool]] = {
    SourceRecord: _keep_sources,
    OrganizationRecord: _keep_organizations,
    StoredSpeaker: _keep_speakers,
    GazetteerPlace: _keep_places,
    Topic: _keep_topics,
    Redirect: _keep_redirects,
    WithdrawnKey: _keep_withdrawals,
    Correction: _keep_corrections,
}
"""How each kind is kept, in the order in which they lead to each other."""


def _stored(connection: Connection, table: Any, records: Sequence[Any]) -> Stored:  # noqa: ANN401 - of any kind
    stored: Stored = {}
    for piece in pieces([record.slug for record in records]):
        query = select(table.__table__).where(among(connection, table.slug, piece))
        stored.update({row.slug: row for row in connection.execute(query)})
    return stored


def _ids(connection: Connection, table: Any, slugs: set[str]) -> dict[str, int]:  # noqa: ANN401 - of any kind
    """Return the ids of records that have to be there. Raises ValueError."""
    ids: dict[str, int] = {}
    for piece in pieces(slugs):
        query = select(table.slug, table.id).where(among(connection, table.slug, piece))
        ids.update((slug, id_) for slug, id_ in connection.execute(query))
    if missing := sorted(slugs - ids.keys()):
        raise ValueError(f"no line before tells of {table.__tablename__} {', '.join(missing[:5])}")
    return ids


def _refuse(record: Any, stored: Stored, same: Callable[[Any, Any], bool]) -> None:  # noqa: ANN401 - of any kind
    if record.slug in stored and not same(stored[record.slug], record):
        raise RecordConflictError(f"{record.slug} is {stored[record.slug].name} in this corpus")
