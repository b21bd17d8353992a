"""Linking an article: from names to records."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from app.domain.annotation import AnnotatedArticle, Field, MentionRole, Person
from app.domain.links import LinkedArticle
from app.domain.names import fold
from app.linking.authority import Authority, load_authority
from app.linking.gazetteer import Gazetteer, load_gazetteer
from app.linking.office_holders import OfficeHolders, load_office_holders
from app.linking.organizations import OrganizationContext, link_organizations, organization_context
from app.linking.persons import full_names
from app.linking.places import link_places
from app.linking.printed_office import PrintedOffice, read_office
from app.linking.speakers import SpeakerContext, link_people, link_statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexes:
    """The known places, organizations and office holders."""

    gazetteer: Gazetteer
    authority: Authority
    office_holders: OfficeHolders


def load_indexes() -> Indexes:
    """Read the files that are part of the package; about a second, once per process."""
    return Indexes(
        gazetteer=load_gazetteer(), authority=load_authority(), office_holders=load_office_holders()
    )


def link_article(annotated: AnnotatedArticle, *, indexes: Indexes) -> LinkedArticle:
    """Return the article with the records that its names mean; pure, a few milliseconds."""
    people = _people(annotated)
    organizations = organization_context(
        annotated.organizations,
        authority=indexes.authority,
        not_organizations=people | _places(annotated),
        people=people,
    )
    context = _speaker_context(annotated, organizations, indexes)
    return LinkedArticle(
        annotated=annotated,
        statements=link_statements(annotated.statements, context=context),
        places=link_places(annotated.places, article=annotated.article, gazetteer=indexes.gazetteer),
        organizations=link_organizations(annotated.organizations, context=organizations),
        people=link_people(annotated.people, context=context),
    )


def _speaker_context(
    annotated: AnnotatedArticle, organizations: OrganizationContext, indexes: Indexes
) -> SpeakerContext:
    published = annotated.article.published_at
    return SpeakerContext(
        organizations=organizations,
        gazetteer=indexes.gazetteer,
        office_holders=indexes.office_holders,
        published_on=None if published is None else published.date(),
        full_names=full_names((one.name for one in annotated.people), text=annotated.article.text),
        printed=_printed_offices(annotated, indexes),
    )


def _printed_offices(annotated: AnnotatedArticle, indexes: Indexes) -> Callable[[str], PrintedOffice]:
    """Return what tells, once for each person who is asked for, what is printed beside the name."""
    people = {person.name: person for person in annotated.people}

    @cache
    def printed(name: str) -> PrintedOffice:
        person = people.get(name)
        return PrintedOffice() if person is None else _printed(person, annotated.article.text, indexes)

    return printed


def _printed(person: Person, text: str, indexes: Indexes) -> PrintedOffice:
    """Return what is printed beside the mentions of a person that hold the last name."""
    last = person.name.split()[-1]
    spans = (one.span for one in person.mentions if one.field is Field.TEXT and last in one.span.of(text))
    return read_office(
        text, spans, title=person.title, affiliation=person.affiliation, gazetteer=indexes.gazetteer
    )


def _people(annotated: AnnotatedArticle) -> frozenset[str]:
    """Return the folded names that the article's people bear, last names too."""
    names = {name for person in annotated.people for name in (person.name, person.name.rpartition(" ")[2])}
    return frozenset(map(fold, names))


def _places(annotated: AnnotatedArticle) -> frozenset[str]:
    """Return the folded names that the article's places bear."""
    return frozenset(fold(one.text) for one in annotated.places if one.role is not MentionRole.NAME_PART)
