"""A corpus as records and articles: sorted by public keys, read in pieces, the same for equal corpora."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, or_, select
from sqlalchemy.orm import aliased

from app.db.models.corpus import RecordKind, SlugRedirect, Withdrawal
from app.db.models.correction import Correction as CorrectionRow
from app.db.models.links import ArticleTopic
from app.db.models.organization import Organization, OrganizationAlias, OrganizationMention
from app.db.models.place import Place, PlaceAlias, PlaceMention
from app.db.models.source import Source
from app.db.models.speaker import Speaker, SpeakerAlias
from app.db.models.statement import Attribution
from app.db.models.topic import Topic
from app.domain.exchange import (
    Record,
    Redirect,
    SourceRecord,
    StoredArticle,
    StoredSpeaker,
    WithdrawnKey,
)
from app.domain.links import GazetteerPlace, OrganizationRecord
from app.domain.links import Topic as TopicRecord
from app.storage.aliases import OWNERS
from app.storage.annotations import read_annotated
from app.storage.bulk import among
from app.storage.corrections.log import correction_of
from app.storage.reading import next_ids

AT_ONCE = 100  # articles, with all their annotations, that memory holds
RECORDS_AT_ONCE = 1_000

_Parent = aliased(Organization)
_Broader = aliased(Topic)
Names = dict[int, tuple[str, ...]]
"""Aliases by the id of the record."""


def stored_corpus(connection: Connection) -> Iterator[Record | StoredArticle]:
    """Yield the records, each kind by slug, those that others name first; then the articles by key.

    Of known records (gazetteer, authority file, taxonomy) those that an article leads to.
    """
    yield from stored_records(connection)
    after = ""
    while ids := next_ids(connection, after=after, limit=AT_ONCE):
        articles = read_annotated(connection, ids)
        yield from articles
        after = articles[-1].article.key


def stored_records(connection: Connection) -> Iterator[Record]:
    """Yield the records alone."""
    yield from _walk(connection, select(Source), Source.slug, _source)
    # The authority file's first: chapters of its organizations are known by name only.
    for authority in (True, False):
        own = select(Organization, _Parent.slug.label("parent"))
        own = own.outerjoin(_Parent, _Parent.id == Organization.parent_id)
        own = own.where(
            Organization.authority if authority else ~Organization.authority, _is_named(authority)
        )
        yield from _walk(connection, own, Organization.slug, _organization, OrganizationAlias)
    speakers = select(Speaker, Organization.slug.label("organization")).outerjoin(
        Organization, Organization.id == Speaker.organization_id
    )
    yield from _walk(connection, speakers, Speaker.slug, _speaker, SpeakerAlias)
    mentioned = exists().where(PlaceMention.place_id == Place.id)
    yield from _walk(connection, select(Place).where(mentioned), Place.slug, _place, PlaceAlias)
    topics = select(Topic, _Broader.slug.label("broader")).outerjoin(
        _Broader, _Broader.id == Topic.broader_id
    )
    told = topics.where(exists().where(ArticleTopic.topic_id == Topic.id))
    for broadest in (True, False):
        level = Topic.broader_id.is_(None) if broadest else Topic.broader_id.is_not(None)
        yield from _walk(connection, told.where(level), Topic.slug, _topic)
    for kind in (RecordKind.SPEAKER, RecordKind.ORGANIZATION):
        led = select(SlugRedirect).where(SlugRedirect.kind == kind)
        yield from _walk(connection, led, SlugRedirect.slug, _redirect)
    yield from _walk(connection, select(Withdrawal), Withdrawal.key, _withdrawal)
    made = select(CorrectionRow.__table__)
    yield from _walk(connection, made, CorrectionRow.key, lambda row, _: correction_of(row._mapping))  # noqa: SLF001 - public, by a name that tuples could not have


def _is_named(authority: bool) -> ColumnElement[bool]:  # noqa: FBT001 - one of two halves
    """Return whether an organization is to be told: those known by name are nowhere else."""
    if not authority:
        return Organization.id.is_not(None)
    child = aliased(Organization)
    return or_(
        exists().where(OrganizationMention.organization_id == Organization.id),
        exists().where(Attribution.organization_id == Organization.id),
        exists().where(Speaker.organization_id == Organization.id),
        exists().where(child.parent_id == Organization.id, ~child.authority),
        exists().where(
            SlugRedirect.target == Organization.slug, SlugRedirect.kind == RecordKind.ORGANIZATION
        ),
    )


def _walk(
    connection: Connection,
    query: Select[*tuple[Any, ...]],
    order: Any,  # noqa: ANN401 - a column of any table
    make: Callable[[Any, tuple[str, ...]], Record],
    aliases: type[OrganizationAlias | SpeakerAlias | PlaceAlias] | None = None,
) -> Iterator[Record]:
    """Yield the record of each row, in pieces by slug or key."""
    sorted_ = query.order_by(order).limit(RECORDS_AT_ONCE)
    last = ""
    while rows := connection.execute(sorted_.where(order > last)).all():
        names = {} if aliases is None else _aliases(connection, aliases, [row.id for row in rows])
        for row in rows:
            yield make(row, () if aliases is None else names.get(row.id, ()))
        last = getattr(rows[-1], order.key)


def _aliases(
    connection: Connection, table: type[OrganizationAlias | SpeakerAlias | PlaceAlias], ids: list[int]
) -> Names:
    owner = OWNERS[table]
    query = select(owner, table.name).where(among(connection, owner, ids)).order_by(owner, table.name_key)
    names: dict[int, list[str]] = defaultdict(list)
    for id_, name in connection.execute(query):
        names[id_].append(name)
    return {id_: tuple(found) for id_, found in names.items()}


def _source(row: Any, _: tuple[str, ...]) -> Record:  # noqa: ANN401 - a row
    return SourceRecord(slug=row.slug, name=row.name, url=row.url)


def _organization(row: Any, aliases: tuple[str, ...]) -> Record:  # noqa: ANN401 - a row
    return OrganizationRecord(
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        acronym=row.acronym,
        parent=row.parent,
        aliases=aliases,
        authority=row.authority,
    )


def _speaker(row: Any, aliases: tuple[str, ...]) -> Record:  # noqa: ANN401 - a row
    return StoredSpeaker(
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        aliases=aliases,
        organization=row.organization,
        bioguide=row.bioguide,
        wikidata=row.wikidata,
    )


def _place(row: Any, aliases: tuple[str, ...]) -> Record:  # noqa: ANN401 - a row
    return GazetteerPlace(
        slug=row.slug,
        kind=row.kind,
        name=row.name,
        country=row.country,
        state=row.state,
        county_fips=row.county_fips,
        geonameid=row.geonameid,
        latitude=row.latitude,
        longitude=row.longitude,
        population=row.population,
        aliases=aliases,
    )


def _topic(row: Any, _: tuple[str, ...]) -> Record:  # noqa: ANN401 - a row
    return TopicRecord(slug=row.slug, name=row.name, description=row.description, broader=row.broader)


def _redirect(row: Any, _: tuple[str, ...]) -> Record:  # noqa: ANN401 - a row
    return Redirect(slug=row.slug, target=row.target, kind=str(row.kind))


def _withdrawal(row: Any, _: tuple[str, ...]) -> Record:  # noqa: ANN401 - a row
    return WithdrawnKey(key=row.key, kind=row.kind, reason=row.reason)
