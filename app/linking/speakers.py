"""Who speaks: attributions to records of people and organizations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.annotation import Attribution, Person, SpeakerKind, Statement
from app.domain.links import (
    LinkedAttribution,
    LinkedStatement,
    OrganizationRecord,
    SpeakerRecord,
)
from app.domain.names import fold
from app.linking.gazetteer import Gazetteer
from app.linking.offices import Offices
from app.linking.organizations import OrganizationContext, decide
from app.linking.persons import person_record


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerContext:
    """What tells who an attribution means: the indexes, this article's day and its organizations.

    `full_names`: the full names that the article gives to last names of two words, by the folded words.
    """

    organizations: OrganizationContext
    gazetteer: Gazetteer
    offices: Offices
    published_on: date | None
    full_names: Mapping[str, str] = field(default_factory=dict)


def link_statements(
    statements: Sequence[Statement], *, context: SpeakerContext
) -> tuple[LinkedStatement, ...]:
    """Return the statements in order with the speakers that could be told; a refused one leaves no trace."""
    return tuple(
        LinkedStatement(
            statement=statement,
            attributions=tuple(
                linked
                for attribution in statement.speakers
                if (linked := link_attribution(attribution, context=context)) is not None
            ),
        )
        for statement in statements
    )


def link_people(people: Sequence[Person], *, context: SpeakerContext) -> tuple[SpeakerRecord | None, ...]:
    """Return the record of each person, null where the article gives no full name."""
    return tuple(_person(person.name, person.title, context) for person in people)


def link_attribution(attribution: Attribution, *, context: SpeakerContext) -> LinkedAttribution | None:
    """Return the speaker with the affiliation's record, null when the name does not tell who it is."""
    if attribution.kind is SpeakerKind.ORGANIZATION:
        organization = _organization(attribution.name, context)
        speaker = None if organization is None else organization_speaker(organization)
    else:
        organization = _affiliation(attribution.affiliation, attribution.title, context)
        speaker = _person(attribution.name, attribution.title, context)
    if speaker is None:
        return None
    return LinkedAttribution(attribution=attribution, speaker=speaker, organization=organization)


def organization_speaker(organization: OrganizationRecord) -> SpeakerRecord:
    """Return the speaker that an organization is: the same slug, name and aliases."""
    short = (organization.acronym,) if organization.acronym else ()
    return SpeakerRecord(
        slug=organization.slug,
        name=organization.name,
        kind=SpeakerKind.ORGANIZATION,
        aliases=tuple(dict.fromkeys((*short, *organization.aliases))),
        organization=organization,
    )


def _person(name: str, title: str | None, context: SpeakerContext) -> SpeakerRecord | None:
    initials = context.offices.names
    name = context.full_names.get(fold(name), name)
    found = person_record(name, keep_initials=initials)
    if found is not None or title is None:
        return found
    holder = context.offices.holder(name, title, on=context.published_on)
    return None if holder is None else person_record(holder, keep_initials=initials)


def _organization(name: str, context: SpeakerContext) -> OrganizationRecord | None:
    """Return the organization that a name means; a place ("Mexico said", "the mayor of Boston") is none."""
    known = bool(context.organizations.authority.named(name))
    if not known and context.gazetteer.candidates(name):
        return None
    return decide(name, context=context.organizations).record


def _affiliation(name: str | None, title: str | None, context: SpeakerContext) -> OrganizationRecord | None:
    """Return the organization of an affiliation; the "State" of a secretary is the department."""
    if name is None:
        return None
    if title is not None and "secretary" in fold(title):
        departments = context.organizations.authority.named(f"Department of {name}")
        if len(departments) == 1:
            return departments[0]
    return _organization(name, context)
