"""The rows that the links of some articles lead to, found or made."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.links import LinkedArticle, OrganizationRecord, SpeakerRecord
from app.storage.organizations import OrganizationKey, StoredOrganization, ensure_organizations, key_of
from app.storage.places import ensure_places
from app.storage.sources import ensure_sources
from app.storage.speakers import SpeakerKey, ensure_speakers, speaker_key, stored_people


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """Ids by what linking calls each record.

    `people` holds, by the slug that linking gives, who of these articles is a speaker by now.
    """

    sources: Mapping[str, int]  # by folded name
    organizations: Mapping[OrganizationKey, StoredOrganization]
    speakers: Mapping[SpeakerKey, int]
    people: Mapping[str, int]
    places: Mapping[str, int]  # by slug

    def organization(self, record: OrganizationRecord | None) -> int | None:
        """Return the id of an organization that is linked to, null for none."""
        return None if record is None else self.organizations[key_of(record)].id

    def speaker(self, record: SpeakerRecord) -> int:
        """Return the id of a speaker."""
        return self.speakers[speaker_key(record)]


def ensure_records(connection: Connection, articles: Sequence[LinkedArticle]) -> Records:
    """Find the records that the articles link to, and make those that are not there yet."""
    named = {person.slug for linked in articles for person in linked.people if person is not None}
    organizations = ensure_organizations(connection, _organizations(articles))
    speakers = ensure_speakers(connection, speakers_of(articles), organizations=organizations)
    speaking = {key.slug: id_ for key, id_ in speakers.items() if key.organization is None}
    return Records(
        sources=ensure_sources(connection, (linked.annotated.article for linked in articles)),
        organizations=organizations,
        speakers=speakers,
        people=speaking | stored_people(connection, named - speaking.keys()),
        places=ensure_places(
            connection, (found.place for linked in articles for found in linked.places if found.place)
        ),
    )


def _organizations(articles: Sequence[LinkedArticle]) -> Iterator[OrganizationRecord]:
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
