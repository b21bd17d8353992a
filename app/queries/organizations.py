"""Organizations, ranked over selected articles, and one organization."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from app.db.models.links import ArticleOrganization, OrganizationRelation, StatementOrganization
from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.statement import Statement
from app.queries.associations import Query
from app.queries.filters import Filters
from app.queries.ordering import Listing
from app.queries.ranking import dates, listing, statement_counts
from app.queries.records import NAMES
from app.queries.selection import select_articles
from app.queries.slots import KEPT


@lru_cache(KEPT)
def list_organizations(filters: Filters, *, named: bool = False) -> Listing:
    """Return the organizations that the selected articles mention."""
    selected = select_articles(filters).rows().subquery("selected")
    linked = ArticleOrganization.__table__
    ranked = (
        select(
            linked.c.organization_id.label("id"),
            func.count(linked.c.article_id.distinct()).label("articles"),
            *dates(linked.c.article_id),
        )
        .join(selected, selected.c.article_id == linked.c.article_id)
        .where(linked.c.relation == OrganizationRelation.MENTIONED)
        .group_by(linked.c.organization_id)
        .subquery("ranked")
    )
    rows = select(
        Organization.id,
        Organization.slug,
        Organization.name,
        Organization.acronym,
        Organization.kind,
        ranked.c.articles,
        ranked.c.first_id,
        ranked.c.last_id,
    ).join(ranked, ranked.c.id == Organization.id)
    return listing(rows, NAMES["organization"], ranked, by="articles", named=named)


def statements_by_or_for(filters: Filters, organization_ids: Sequence[int]) -> Query:
    """Return the numbers of statements by or for these organizations in the selected articles, all and of
    each class of cue.
    """
    selected = select_articles(filters).rows().subquery("selected")
    linked = StatementOrganization.__table__
    by_or_for = (
        select(linked.c.organization_id, linked.c.article_id, linked.c.ordinal)
        .join(selected, selected.c.article_id == linked.c.article_id)
        .where(linked.c.organization_id.in_(organization_ids))
        .distinct()
        .subquery("by_or_for")
    )
    same = and_(Statement.article_id == by_or_for.c.article_id, Statement.ordinal == by_or_for.c.ordinal)
    return (
        select(by_or_for.c.organization_id, *statement_counts())
        .join(Statement, same)
        .group_by(by_or_for.c.organization_id)
    )


def organization(slug: str) -> Query:
    """Return one organization with the one it belongs to."""
    parent = aliased(Organization)
    return (
        select(
            Organization.id,
            Organization.slug,
            Organization.name,
            Organization.acronym,
            Organization.kind,
            Organization.authority,
            parent.slug.label("parent_slug"),
            parent.name.label("parent_name"),
            parent.acronym.label("parent_acronym"),
        )
        .outerjoin(parent, parent.id == Organization.parent_id)
        .where(Organization.slug == slug)
    )


def aliases(organization_id: int) -> Query:
    """Return the other names."""
    alias = OrganizationAlias
    return select(alias.name).where(alias.organization_id == organization_id).order_by(alias.name_key)
