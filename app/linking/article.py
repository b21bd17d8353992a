"""Linking an article: from names to records."""

from dataclasses import dataclass

from app.domain.annotation import AnnotatedArticle, MentionRole
from app.domain.links import LinkedArticle
from app.domain.names import fold
from app.linking.authority import Authority, load_authority
from app.linking.gazetteer import Gazetteer, load_gazetteer
from app.linking.offices import Offices, load_offices
from app.linking.organizations import OrganizationContext, link_organizations, organization_context
from app.linking.places import link_places
from app.linking.speakers import SpeakerContext, link_people, link_statements


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexes:
    """The known places, organizations and office holders."""

    gazetteer: Gazetteer
    authority: Authority
    offices: Offices


def load_indexes() -> Indexes:
    """Read the files that are part of the package; about a second, once per process."""
    return Indexes(gazetteer=load_gazetteer(), authority=load_authority(), offices=load_offices())


def link_article(annotated: AnnotatedArticle, *, indexes: Indexes) -> LinkedArticle:
    """Return the article with the records that its names mean; pure, a few milliseconds."""
    organizations = organization_context(
        annotated.organizations,
        authority=indexes.authority,
        not_organizations=_people_and_places(annotated),
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
        offices=indexes.offices,
        published_on=None if published is None else published.date(),
    )


def _people_and_places(annotated: AnnotatedArticle) -> frozenset[str]:
    """Return the folded names that the article's people and places bear, last names too."""
    people = {name for person in annotated.people for name in (person.name, person.name.rpartition(" ")[2])}
    places = {place.text for place in annotated.places if place.role is not MentionRole.NAME_PART}
    return frozenset(fold(name) for name in people | places)
