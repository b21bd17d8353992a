"""The rows that the links of some articles lead to, found or made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.article import Article
from app.domain.links import GazetteerPlace, LinkedArticle, OrganizationRecord, SpeakerRecord
from app.domain.names import fold
from app.storage.organizations import StoredOrganization, ensure_organizations, key_of
from app.storage.places import StoredPlace, ensure_places
from app.storage.sources import StoredSource, ensure_sources
from app.storage.speakers import StoredSpeaker, ensure_speakers, speaker_key, stored_people
from app.storage.topics import StoredTopic, stored_topics

Object = int
"""The `id()` of a record that the articles hold: to hash a record takes longer than all else done with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Rows by what linking calls each record; good for the articles whose records they are, and no others.

    `people` holds, by the slug that linking gives, the ids of those of these articles who speak by now.
    """

    sources: Mapping[str, StoredSource]  # by folded name
    organizations: Mapping[Object, StoredOrganization]
    speakers: Mapping[Object, StoredSpeaker]
    places: Mapping[Object, StoredPlace]
    people: Mapping[str, int]
    topics: Mapping[str, StoredTopic]  # by slug, all there are

    def source(self, article: Article) -> StoredSource | None:
        """Return an article's outlet, null for none."""
        return None if article.source is None else self.sources[fold(article.source)]

    def organization(self, record: OrganizationRecord) -> StoredOrganization:
        """Return an organization that is linked to."""
        return self.organizations[id(record)]

    def speaker(self, record: SpeakerRecord) -> StoredSpeaker:
        """Return a speaker."""
        return self.speakers[id(record)]

    def place(self, record: GazetteerPlace) -> StoredPlace:
        """Return a place."""
        return self.places[id(record)]


def ensure_records(connection: Connection, articles: Sequence[LinkedArticle]) -> Records:
    """Find the records that the articles link to, and make those that are not there yet."""
    organizations = {id(record): record for record in organizations_of(articles)}
    speakers = {id(record): record for record in speakers_of(articles)}
    places = {id(found.place): found.place for linked in articles for found in linked.places if found.place}
    named = {person.slug for linked in articles for person in linked.people if person is not None}
    made = ensure_organizations(connection, organizations.values())
    speaking = ensure_speakers(connection, speakers.values(), organizations=made)
    people = {key.slug: row.id for key, row in speaking.items() if key.organization is None}
    known = ensure_places(connection, places.values())
    return Records(
        sources=ensure_sources(connection, (linked.annotated.article for linked in articles)),
        organizations={at: made[key_of(record)] for at, record in organizations.items()},
        speakers={at: speaking[speaker_key(record)] for at, record in speakers.items()},
        places={at: known[record.slug] for at, record in places.items()},
        people=people | stored_people(connection, named - people.keys()),
        topics=stored_topics(connection),
    )


def organizations_of(articles: Sequence[LinkedArticle]) -> Iterator[OrganizationRecord]:
    """Yield the record of each mention of an organization, each affiliation and each body that speaks."""
    for linked in articles:
        for found in linked.organizations:
            if found.organization is not None:
                yield found.organization
        for statement in linked.statements:
            for attribution in statement.attributions:
                if attribution.organization is not None:
                    yield attribution.organization
                if attribution.speaker.organization is not None:
                    yield attribution.speaker.organization


def speakers_of(articles: Sequence[LinkedArticle]) -> Iterator[SpeakerRecord]:
    """Yield the record of each attribution."""
    for linked in articles:
        for statement in linked.statements:
            for attribution in statement.attributions:
                yield attribution.speaker
