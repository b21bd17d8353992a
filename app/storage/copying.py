"""Articles of an export as linking hands them on, with the records that stand under their slugs here.

Saving makes records as it meets them, and of two that want one slug the first gets it; a copy has to give
each the slug that it had. So records come first (`kept_records`), and an article of which one is missing, or
is another one here, is refused: it would put words into the wrong mouth.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection, select

from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.speaker import Speaker
from app.domain.annotation import (
    AnnotatedArticle,
    Attribution,
    OrganizationMention,
    Person,
    PersonMention,
    PlaceMention,
    SpeakerKind,
)
from app.domain.exchange import Record, StoredArticle, StoredAttribution, StoredMention, StoredSpeaker
from app.domain.links import (
    GazetteerPlace,
    LinkedArticle,
    LinkedAttribution,
    LinkedOrganizationMention,
    LinkedPlaceMention,
    LinkedStatement,
    OrganizationRecord,
    SpeakerRecord,
)
from app.storage.bulk import among, pieces
from app.storage.spans import field_text

Kept = TypeVar("Kept", OrganizationRecord, StoredSpeaker, GazetteerPlace)


class UnknownRecordError(ValueError):
    """An article names a record of which no line before it told, or one that is another record here."""


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """Records by slug. `others` are slugs of speakers who are somebody else here than in the export."""

    organizations: Mapping[str, OrganizationRecord] = field(default_factory=dict)
    speakers: Mapping[str, StoredSpeaker] = field(default_factory=dict)
    places: Mapping[str, GazetteerPlace] = field(default_factory=dict)
    others: frozenset[str] = frozenset()

    def without(self, strangers: Collection[tuple[type[Record], str]]) -> "KnownRecords":
        """Return them without these, by type and slug."""
        return KnownRecords(
            organizations=_others(self.organizations, OrganizationRecord, strangers),
            speakers=_others(self.speakers, StoredSpeaker, strangers),
            places=_others(self.places, GazetteerPlace, strangers),
            others=frozenset(slug for type_, slug in strangers if type_ is StoredSpeaker),
        )

    def organization(self, slug: str) -> OrganizationRecord:
        """Return an organization. Raises UnknownRecordError."""
        return _known(self.organizations, slug, "organization")

    def place(self, slug: str) -> GazetteerPlace:
        """Return a place. Raises UnknownRecordError."""
        return _known(self.places, slug, "place")

    def person(self, slug: str, name: str) -> SpeakerRecord:
        """Return a person who is mentioned, speaking here or not. Raises UnknownRecordError."""
        if slug in self.others:
            raise UnknownRecordError(f"the speaker {slug} is another one here")
        return SpeakerRecord(slug=slug, name=name, kind=SpeakerKind.PERSON)

    def speaker(self, slug: str) -> SpeakerRecord:
        """Return a speaker with the organization that it is. Raises UnknownRecordError."""
        found = _known(self.speakers, slug, "speaker")
        return record_of(found, None if found.organization is None else self.organization(found.organization))


def record_of(speaker: StoredSpeaker, organization: OrganizationRecord | None) -> SpeakerRecord:
    """Return the record of a speaker as stored, who is the organization where there is one."""
    return SpeakerRecord(
        slug=speaker.slug,
        name=speaker.name,
        kind=speaker.kind,
        organization=organization,
        bioguide=speaker.bioguide,
        wikidata=speaker.wikidata,
    )


def _others(
    records: Mapping[str, Kept], type_: type[Kept], strangers: Collection[tuple[type[Record], str]]
) -> dict[str, Kept]:
    return {slug: record for slug, record in records.items() if (type_, slug) not in strangers}


def _known(records: Mapping[str, Kept], slug: str, kind: str) -> Kept:
    if slug not in records:
        raise UnknownRecordError(f"no line tells of the {kind} {slug}, or it is another one here")
    return records[slug]


def known_records(connection: Connection, articles: Collection[StoredArticle]) -> KnownRecords:
    """Return what is stored of the records that the articles name."""
    speakers = stored_speakers(connection, {said.speaker for said in _said(articles)})
    organizations = {said.organization for said in _said(articles)}
    organizations |= {speaker.organization for speaker in speakers.values()}
    for stored in articles:
        organizations.update(one.record for one in stored.annotations.organizations)
    places = {one.record for stored in articles for one in stored.annotations.places}
    return KnownRecords(
        organizations=stored_organizations(connection, organizations - {None}),
        speakers=speakers,
        places=_places(connection, places - {None}),
    )


def _said(articles: Collection[StoredArticle]) -> Iterator[StoredAttribution]:
    for stored in articles:
        for statement in stored.annotations.statements:
            yield from statement.attributions


def stored_speakers(connection: Connection, slugs: Collection[str]) -> dict[str, StoredSpeaker]:
    """Return speakers by slug, without their other names."""
    found = {}
    for piece in pieces(slugs):
        query = select(Speaker, Organization.slug.label("organization"))
        query = query.outerjoin(Organization, Organization.id == Speaker.organization_id)
        for row in connection.execute(query.where(among(connection, Speaker.slug, piece))):
            found[row.slug] = StoredSpeaker(
                slug=row.slug,
                name=row.name,
                kind=row.kind,
                organization=row.organization,
                bioguide=row.bioguide,
                wikidata=row.wikidata,
            )
    return found


def stored_organizations(
    connection: Connection, slugs: Collection[str | None]
) -> dict[str, OrganizationRecord]:
    """Return organizations by slug, without their other names."""
    found = {}
    for piece in pieces([slug for slug in slugs if slug]):
        query = select(Organization).where(among(connection, Organization.slug, piece))
        for row in connection.execute(query):
            found[row.slug] = OrganizationRecord(
                slug=row.slug, name=row.name, kind=row.kind, authority=row.authority
            )
    return found


def _places(connection: Connection, slugs: Collection[str | None]) -> dict[str, GazetteerPlace]:
    found = {}
    for piece in pieces([slug for slug in slugs if slug]):
        query = select(Place).where(among(connection, Place.slug, piece))
        for row in connection.execute(query):
            found[row.slug] = GazetteerPlace(slug=row.slug, kind=row.kind, name=row.name, country=row.country)
    return found


def linked_copy(stored: StoredArticle, known: KnownRecords) -> LinkedArticle:
    """Return an article as linking would hand it on, so that it is saved as any other.

    Raises UnknownRecordError.
    """
    annotations = stored.annotations
    statements = tuple(
        LinkedStatement(
            statement=one.statement,
            attributions=tuple(_attribution(said, known) for said in one.attributions),
        )
        for one in annotations.statements
    )
    people = tuple(
        Person(
            name=one.name,
            title=None,
            affiliation=None,
            mentions=(PersonMention(field=one.field, span=one.span),),
        )
        for one in annotations.people
    )
    return LinkedArticle(
        annotated=AnnotatedArticle(
            article=stored.article,
            pipeline_version=annotations.pipeline_version,
            extracted=annotations.extracted,
            statements=tuple(one.statement for one in statements),
            people=people,
            topics=annotations.topics,
        ),
        statements=statements,
        places=tuple(_place(one, stored, known) for one in annotations.places),
        organizations=tuple(_organization(one, stored, known) for one in annotations.organizations),
        people=tuple(
            None if one.person is None else known.person(one.person, one.name) for one in annotations.people
        ),
    )


def _attribution(said: StoredAttribution, known: KnownRecords) -> LinkedAttribution:
    speaker = known.speaker(said.speaker)
    return LinkedAttribution(
        attribution=Attribution(
            name=speaker.name,
            kind=speaker.kind,
            method=said.method,
            title=said.title,
            affiliation=said.affiliation,
        ),
        speaker=speaker,
        organization=None if said.organization is None else known.organization(said.organization),
        party=said.party,
        state=said.state,
        role_category=said.role_category,
    )


def _place(one: StoredMention, stored: StoredArticle, known: KnownRecords) -> LinkedPlaceMention:
    words = one.span.of(field_text(stored.article, one.field))
    return LinkedPlaceMention(
        mention=PlaceMention(field=one.field, span=one.span, text=words, role=one.role),
        outcome=one.outcome,
        place=None if one.record is None else known.place(one.record),
        reason=one.reason,
    )


def _organization(
    one: StoredMention, stored: StoredArticle, known: KnownRecords
) -> LinkedOrganizationMention:
    words = one.span.of(field_text(stored.article, one.field))
    return LinkedOrganizationMention(
        mention=OrganizationMention(
            field=one.field, span=one.span, text=words, full_name=words, role=one.role
        ),
        outcome=one.outcome,
        organization=None if one.record is None else known.organization(one.record),
        reason=one.reason,
    )
