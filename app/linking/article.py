"""Linking an article: from names to records."""

from dataclasses import dataclass

from app.domain.annotation import AnnotatedArticle, MentionRole
from app.domain.links import LinkedArticle
from app.domain.names import fold
from app.linking.authority import Authority, load_authority
from app.linking.gazetteer import Gazetteer, load_gazetteer
from app.linking.offices import Offices, load_offices
from app.linking.organizations import OrganizationContext, link_organizations, organization_context
from app.linking.persons import full_names
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
        offices=indexes.offices,
        published_on=None if published is None else published.date(),
        full_names=full_names((one.name for one in annotated.people), text=annotated.article.text),
    )


def _people(annotated: AnnotatedArticle) -> frozenset[str]:
    """Return the folded names that the article's people bear, last names too."""
    names = {name for person in annotated.people for name in (person.name, person.name.rpartition(" ")[2])}
    return frozenset(map(fold, names))


def _places(annotated: AnnotatedArticle) -> frozenset[str]:
    """Return the folded names that the article's places bear."""
    return frozenset(fold(one.text) for one in annotated.places if one.role is not MentionRole.NAME_PART)
