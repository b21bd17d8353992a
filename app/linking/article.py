"""Linking an article: from names to records."""

from dataclasses import dataclass

from app.domain.annotation import AnnotatedArticle
from app.domain.links import LinkedArticle
from app.linking.authority import Authority, load_authority
from app.linking.gazetteer import Gazetteer, load_gazetteer
from app.linking.offices import Offices, load_offices
from app.linking.organizations import certain_slugs, definitions, link_organizations
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
    context = _speaker_context(annotated, indexes)
    return LinkedArticle(
        annotated=annotated,
        statements=link_statements(annotated.statements, context=context),
        places=link_places(annotated.places, article=annotated.article, gazetteer=indexes.gazetteer),
        organizations=link_organizations(annotated.organizations, authority=indexes.authority),
        people=link_people(annotated.people, context=context),
    )


def _speaker_context(annotated: AnnotatedArticle, indexes: Indexes) -> SpeakerContext:
    published = annotated.article.published_at
    return SpeakerContext(
        authority=indexes.authority,
        gazetteer=indexes.gazetteer,
        offices=indexes.offices,
        published_on=None if published is None else published.date(),
        defined=definitions(annotated.organizations),
        certain=certain_slugs(annotated.organizations, indexes.authority),
    )
