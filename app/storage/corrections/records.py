"""The records to which corrections lead, as they stand, looked up when they are needed."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.db.models.corpus import RecordKind
from app.domain.annotation import SpeakerKind
from app.domain.corrections import StatedSpeaker
from app.domain.links import OrganizationKind, OrganizationRecord, SpeakerRecord
from app.storage.copying import record_of, stored_organizations, stored_speakers
from app.storage.merging import targets_of


@dataclass(frozen=True, slots=True)
class StandingRecords:
    """Speakers and organizations by slug; a slug that leads to another one gives that."""

    connection: Connection
    _speakers: dict[str, SpeakerRecord | None] = field(default_factory=dict)
    _organizations: dict[str, OrganizationRecord | None] = field(default_factory=dict)

    def speaker(self, slug: str) -> SpeakerRecord | None:
        """Return a speaker, null for one that is not there."""
        if slug not in self._speakers:
            self._speakers[slug] = self._read_speaker(slug)
        return self._speakers[slug]

    def organization(self, slug: str) -> OrganizationRecord | None:
        """Return an organization, null for one that is not there."""
        if slug not in self._organizations:
            at = targets_of(self.connection, RecordKind.ORGANIZATION, [slug]).get(slug, slug)
            self._organizations[slug] = stored_organizations(self.connection, [at]).get(at)
        return self._organizations[slug]

    def stated(self, told: StatedSpeaker) -> SpeakerRecord:
        """Return the speaker whom a correction names: made of what it says where there is none yet."""
        found = self.speaker(told.slug)
        if found is not None:
            return found
        if told.kind is SpeakerKind.PERSON:
            return person_of(told.slug, told.name)
        body = OrganizationRecord(slug=told.slug, name=told.name, kind=OrganizationKind.OTHER)
        return speaking(self.organization(told.slug) or body)

    def _read_speaker(self, slug: str) -> SpeakerRecord | None:
        at = targets_of(self.connection, RecordKind.SPEAKER, [slug]).get(slug, slug)
        found = stored_speakers(self.connection, [at]).get(at)
        if found is None:
            return None
        return record_of(found, None if found.organization is None else self.organization(found.organization))


def person_of(slug: str, name: str) -> SpeakerRecord:
    """Return the record of a person of whom no more is known."""
    return SpeakerRecord(slug=slug, name=name, kind=SpeakerKind.PERSON)


def speaking(organization: OrganizationRecord) -> SpeakerRecord:
    """Return the speaker that an organization is."""
    return SpeakerRecord(
        slug=organization.slug,
        name=organization.name,
        kind=SpeakerKind.ORGANIZATION,
        organization=organization,
    )
