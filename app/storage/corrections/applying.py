"""Decisions on top of what linking gives: applied to every article that is saved, so that they outlive
whatever extraction finds anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from app.domain.annotation import Attribution, AttributionMethod, SpeakerKind
from app.domain.corrections import Correctable, Correction, CorrectionAction, StatedSpeaker
from app.domain.identities import Identities, target_of
from app.domain.links import (
    LinkedArticle,
    LinkedAttribution,
    LinkedStatement,
    OrganizationRecord,
    RoleCategory,
    SpeakerRecord,
)
from app.domain.review import Review
from app.storage.corrections.log import decided
from app.storage.corrections.records import StandingRecords, person_of, speaking
from app.storage.organizations import OrganizationKey, key_of, slugs_of_organizations
from app.storage.records import organizations_of, speakers_of
from app.storage.speakers import slugs_of_people

REVIEWS = {
    CorrectionAction.CONFIRM: Review.CONFIRMED,
    CorrectionAction.SPEAKER: Review.CORRECTED,
    CorrectionAction.RETRACT: Review.RETRACTED,
}
"""How a statement stands by the correction of its own that is in force."""


def corrected(
    connection: Connection, articles: Sequence[LinkedArticle], keys: Sequence[Sequence[str]]
) -> list[LinkedArticle]:
    """Return the articles as people decided. `keys` are those of their statements."""
    identities = Identities(decided(connection, [linked.annotated.article.key for linked in articles]))
    if not identities.in_force:
        return list(articles)
    people = {record.slug for record in speakers_of(articles) if record.kind is SpeakerKind.PERSON}
    people |= {record.slug for linked in articles for record in linked.people if record is not None}
    standing = StandingRecords(connection)
    slugs = slugs_of_people(connection, people)
    organizations = slugs_of_organizations(connection, organizations_of(articles))
    return [
        _Article(linked.annotated.article.key, identities, standing, slugs, organizations).of(
            linked, its_keys
        )
        for linked, its_keys in zip(articles, keys, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Article:
    """Who is who in one article. `slugs` and `organizations` give those that linking's records have here."""

    key: str
    identities: Identities
    standing: StandingRecords
    slugs: Mapping[str, str]
    organizations: Mapping[OrganizationKey, str]

    def of(self, linked: LinkedArticle, keys: Sequence[str]) -> LinkedArticle:
        """Return the article with what was decided."""
        return replace(
            linked,
            statements=tuple(
                self._statement(found, key) for found, key in zip(linked.statements, keys, strict=True)
            ),
            organizations=tuple(
                replace(found, organization=self._organization(found.organization))
                for found in linked.organizations
            ),
            people=tuple(None if one is None else self._mentioned(one) for one in linked.people),
        )

    def _statement(self, found: LinkedStatement, key: str) -> LinkedStatement:
        own = self.identities.in_force.get((Correctable.STATEMENT, key, None))
        if own is not None:
            told = own.after.speakers if own.after is not None else ()
            attributions = tuple(self._stated(one, own) for one in told)
            return replace(found, attributions=attributions, review=REVIEWS[own.action])
        attributions = tuple(self._attribution(one) for one in found.attributions)
        return replace(found, attributions=attributions, review=self._review(attributions))

    def _review(self, attributions: Sequence[LinkedAttribution]) -> Review:
        """Return how a statement stands without a correction of its own: a split may have changed it."""
        told = any(one.attribution.method is AttributionMethod.CORRECTION for one in attributions)
        return Review.CORRECTED if told and splits_in(self.identities, self.key) else Review.UNREVIEWED

    def _stated(self, told: StatedSpeaker, own: Correction) -> LinkedAttribution:
        """Return what a correction says; who was merged or split off later counts as that."""
        slug = self.identities.now(Correctable.SPEAKER, told.slug, article=self.key, since=own.order)
        body = told.organization and self.identities.now(
            Correctable.ORGANIZATION, told.organization, since=own.order
        )
        return LinkedAttribution(
            attribution=Attribution(
                name=told.name,
                kind=told.kind,
                method=told.method,
                title=told.title,
                affiliation=told.affiliation,
            ),
            speaker=self.standing.stated(told) if slug == told.slug else self._at(slug, told.name),
            organization=None if body is None else self.standing.organization(body),
            party=told.party,
            state=told.state,
            role_category=told.role_category,
        )

    def _attribution(self, linked: LinkedAttribution) -> LinkedAttribution:
        speaker, organization = linked.speaker, self._organization(linked.organization)
        if speaker.organization is not None:
            return replace(linked, speaker=self._body(speaker), organization=organization)
        own = self.slugs[speaker.slug]
        steps = list(self.identities.steps(Correctable.SPEAKER, own, article=self.key))
        if not steps:
            return replace(linked, speaker=self._named(speaker), organization=organization)
        found = self._at(target_of(steps[-1]), _name(steps[-1]))
        if all(step.action is CorrectionAction.MERGE for step in steps):
            names = (speaker.name, *speaker.aliases)
            found = self._named(replace(found, aliases=names, name_slug=speaker.name_slug))
            return replace(linked, speaker=found, organization=organization)
        in_office = speaker.bioguide or speaker.wikidata  # of the other one
        return replace(
            linked,
            attribution=replace(linked.attribution, method=AttributionMethod.CORRECTION),
            speaker=found,
            organization=organization,
            party=None if in_office else linked.party,
            state=None if in_office else linked.state,
            role_category=RoleCategory.UNKNOWN if in_office else linked.role_category,
        )

    def _named(self, speaker: SpeakerRecord) -> SpeakerRecord:
        """Return a person whose other names lead to nobody whom somebody told to be another one."""
        led = speaker.name_slug
        if led is None or not any(self.identities.steps(Correctable.SPEAKER, led)):
            return speaker
        return replace(speaker, name_slug=None)

    def _mentioned(self, person: SpeakerRecord) -> SpeakerRecord:
        """Return who is mentioned; a person who is an organization stays as named, and leads nowhere."""
        steps = list(self.identities.steps(Correctable.SPEAKER, self.slugs[person.slug], article=self.key))
        if not steps:
            return person
        found = self._at(target_of(steps[-1]), _name(steps[-1]))
        return person if found.kind is SpeakerKind.ORGANIZATION else found

    def _at(self, slug: str, name: str) -> SpeakerRecord:
        return self.standing.speaker(slug) or person_of(slug, name)

    def _body(self, speaker: SpeakerRecord) -> SpeakerRecord:
        organization = self._organization(speaker.organization)
        if organization is None or organization is speaker.organization:
            return speaker
        return replace(speaking(organization), aliases=(speaker.name, *speaker.aliases))

    def _organization(self, record: OrganizationRecord | None) -> OrganizationRecord | None:
        if record is None:
            return None
        own = self.organizations[key_of(record)]
        now = self.identities.now(Correctable.ORGANIZATION, own)
        found = None if now == own else self.standing.organization(now)
        if found is None:
            return record
        acronym = () if record.acronym is None else (record.acronym,)
        return replace(found, aliases=(record.name, *acronym, *record.aliases))


def splits_in(identities: Identities, article: str) -> bool:
    """Tell whether a split is in force in an article."""
    return any(
        one.action is CorrectionAction.SPLIT and one.article == article
        for one in identities.in_force.values()
    )


def _name(step: Correction) -> str:
    """Return the name of the one whom a merge or split leads to."""
    return (step.after.name if step.after is not None else None) or target_of(step)
