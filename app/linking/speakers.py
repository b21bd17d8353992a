"""Who speaks: attributions to records of people and organizations."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from app.linking.office_holders import OfficeHolder, OfficeHolders
from app.linking.organizations import OrganizationContext, decide
from app.linking.persons import bare_name, person_record, pope_record
from app.linking.printed_office import PrintedOffice
from app.linking.public_people import held_on, office_holder, party_and_state
from app.linking.roles import Presented, role_of_organization, role_of_person

# Nothing in the article says that it is the office holder of that name, to whom the plain slug leads.
_NAMESAKE = "-2"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerContext:
    """What tells who an attribution means: the indexes, this article's day and its organizations.

    `full_names`: the full names that the article gives to last names of two words, by the folded words.
    `printed` tells what the article prints about a public office beside the person of a name.
    """

    organizations: OrganizationContext
    gazetteer: Gazetteer
    office_holders: OfficeHolders
    published_on: date | None
    full_names: Mapping[str, str] = field(default_factory=dict)
    printed: Callable[[str], PrintedOffice] = lambda _name: PrintedOffice()


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
    return tuple(
        _person(one.name, one.title, _holder(one.name, one.title, context), context) for one in people
    )


def link_attribution(attribution: Attribution, *, context: SpeakerContext) -> LinkedAttribution | None:
    """Return the speaker with the affiliation's record, null when the name does not tell who it is."""
    if attribution.kind is SpeakerKind.ORGANIZATION:
        return _of_organization(attribution, context)
    name, title = attribution.name, attribution.title
    if _is_organization(name, title, context):
        return _of_organization(replace(attribution, kind=SpeakerKind.ORGANIZATION), context)
    holder = _holder(name, title, context)
    speaker = _person(name, title, holder, context)
    if speaker is None:
        return None
    printed, on = context.printed(name), context.published_on
    party, state = party_and_state(holder, printed=printed, on=on)
    organization = _affiliation(attribution.affiliation, title, context)
    presented = Presented(
        title=title,
        affiliation=attribution.affiliation,
        organization=organization,
        beside=printed.beside,
        term=held_on(holder, on),
        is_holder=holder is not None,
    )
    return LinkedAttribution(
        attribution=attribution,
        speaker=speaker,
        organization=organization,
        party=party,
        state=state,
        role_category=role_of_person(presented, gazetteer=context.gazetteer),
    )


def _of_organization(attribution: Attribution, context: SpeakerContext) -> LinkedAttribution | None:
    organization = _organization(attribution.name, context)
    if organization is None:
        return None
    return LinkedAttribution(
        attribution=attribution,
        speaker=organization_speaker(organization),
        organization=organization,
        role_category=role_of_organization(organization, gazetteer=context.gazetteer),
    )


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


def _is_organization(name: str, title: str | None, context: SpeakerContext) -> bool:
    """Tell whether a person's name is that of an organization of the authority file: "Mother Jones"."""
    return title is None and " " in name and bool(context.organizations.authority.named(name))


def _holder(name: str, title: str | None, context: SpeakerContext) -> OfficeHolder | None:
    """Return the office holder that a name and a title mean in the article."""
    holders, on = context.office_holders, context.published_on
    bare = bare_name(context.full_names.get(fold(name), name))
    if holders.named(bare):
        found = office_holder(bare, printed=context.printed(name), on=on, holders=holders)
        if found is not None:
            return found
    if person_record(bare) is not None:
        return None
    if title is None:
        return holders.by_last_name_alone(bare)
    return holders.president(bare, title, on=on)


def _person(
    name: str, title: str | None, holder: OfficeHolder | None, context: SpeakerContext
) -> SpeakerRecord | None:
    """Return the record of an office holder, else the one that the name gives, with the title of a pope."""
    full = context.full_names.get(fold(name), name)
    if holder is not None:
        return _record_of(holder, full, context.office_holders)
    if _is_organization(name, title, context) or _is_either_president(full, context.office_holders):
        return None
    found = person_record(full) or pope_record(full, title)
    if found is not None and len(context.office_holders.named(found.name)) == 1:
        return replace(found, slug=f"{found.slug}{_NAMESAKE}", name_slug=None)
    return found


def _is_either_president(name: str, holders: OfficeHolders) -> bool:
    """Tell whether two presidents bear a name, so that it tells nobody: "George Bush"."""
    return sum(one.was_executive for one in holders.named(bare_name(name))) > 1


def _record_of(holder: OfficeHolder, printed: str, holders: OfficeHolders) -> SpeakerRecord:
    """Return the record of an office holder; the slug of a name that two bear leads to neither."""
    by_name = person_record(printed)
    name_slug = None
    if by_name is not None and by_name.slug != holder.slug and not holder.shares_name:
        name_slug = by_name.slug if len(holders.named(by_name.name)) == 1 else None
    forms = () if by_name is None else (bare_name(printed), printed)
    return SpeakerRecord(
        slug=holder.slug,
        name=holder.name,
        kind=SpeakerKind.PERSON,
        aliases=tuple(dict.fromkeys(form for form in forms if form != holder.name)),
        bioguide=holder.bioguide,
        wikidata=holder.wikidata,
        name_slug=name_slug,
    )


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
