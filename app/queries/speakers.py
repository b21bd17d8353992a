"""Speakers, ranked over selected statements; one speaker; titles and affiliations over time."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    Subquery,
    and_,
    cast,
    func,
    literal_column,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.db.models.links import OrganizationRelation
from app.db.models.organization import Organization
from app.db.models.speaker import Speaker, SpeakerAlias
from app.db.models.statement import Attribution, Statement
from app.queries.associations import Query
from app.queries.filters import Filters
from app.queries.ordering import Listing, Rows, Sort
from app.queries.ranking import dates, listing, statement_counts
from app.queries.records import NAMES
from app.queries.selection import select_statements
from app.queries.slots import KEPT, Value, bound

said = Attribution.__table__
ROLE = tuple(
    said.c[name] for name in ("title", "affiliation", "organization_id", "role_category", "party", "state")
)
"""What makes two presentations of a speaker the same role."""


@lru_cache(KEPT)
def list_speakers(filters: Filters, *, named: bool = False) -> Listing:
    """Return the speakers of the selected statements with counts and dates over exactly these.

    Who is asked to be a person, or to speak for an organization, is so: of those who make a joint statement,
    only the ones of that kind or for that organization are listed.
    """
    ranked = _ranked(filters)
    rows = select(
        Speaker.id,
        Speaker.slug,
        Speaker.name,
        Speaker.kind,
        Speaker.bioguide,
        Speaker.wikidata,
        ranked.c.statements,
        ranked.c.articles,
        ranked.c.first_id,
        ranked.c.last_id,
    ).join(ranked, ranked.c.id == Speaker.id)
    return listing(rows, NAMES["speaker"], ranked, by="statements", named=named)


def _ranked(filters: Filters) -> Subquery:
    selected = select_statements(filters).rows().subquery("selected")
    return (
        select(
            said.c.speaker_id.label("id"),
            func.count(literal_column("1")).label("statements"),
            func.count(said.c.article_id.distinct()).label("articles"),
            *dates(said.c.article_id),
        )
        .join(selected, _same(selected))
        .where(*_own_conditions(filters))
        .group_by(said.c.speaker_id)
        .subquery("ranked")
    )


def _same(statements: FromClause) -> ColumnElement[bool]:
    return and_(said.c.article_id == statements.c.article_id, said.c.ordinal == statements.c.ordinal)


def _own_conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """Return what the filters ask of a speaker, for the one that is listed."""
    kinds = _values(filters, "speaker_kind", Speaker.kind)
    conditions: list[ColumnElement[bool]] = []
    if kinds:
        conditions.append(said.c.speaker_id.in_(select(Speaker.id).where(Speaker.kind.in_(kinds))))
    for name in ("party", "role_category"):
        column = said.c[name]
        asked_for = _values(filters, name, column)
        if asked_for:
            conditions.append(column.in_(asked_for))
    ids = _values(filters, "organization", Speaker.organization_id)
    if ids and OrganizationRelation.MENTIONED not in filters.relations:
        itself = said.c.speaker_id.in_(select(Speaker.id).where(Speaker.organization_id.in_(ids)))
        speaks_for = and_(said.c.organization_id.in_(ids), not_(itself))
        asked = {OrganizationRelation.SPEAKER: itself, OrganizationRelation.AFFILIATION: speaks_for}
        conditions.append(or_(*(asked[relation] for relation in sorted(filters.relations))))
    return conditions


def _values(
    filters: Filters, name: str, column: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> list[Any]:
    values = (value for group in filters.wanted if group.filter == name for value in group.values)
    return [bound(value, column.type) for value in values]


def titles(filters: Filters, speaker_ids: Sequence[int]) -> Query:
    """Return the titles that the selected statements give these speakers, most frequent first, with how many
    statements there are of each class of cue; those without a title are together.
    """
    selected = select_statements(filters).rows().subquery("selected")
    statements, *by_cue_class = statement_counts()
    return (
        select(said.c.speaker_id, said.c.title, *by_cue_class)
        .join(selected, _same(selected))
        .join(Statement, _same(Statement.__table__))
        .where(said.c.speaker_id.in_(speaker_ids), *_own_conditions(filters))
        .group_by(said.c.speaker_id, said.c.title)
        .order_by(said.c.speaker_id, statements.desc(), said.c.title)
    )


def speaker(slug: str) -> Query:
    """Return one speaker, with the organization that it is."""
    return (
        select(
            Speaker.id,
            Speaker.slug,
            Speaker.name,
            Speaker.kind,
            Speaker.bioguide,
            Speaker.wikidata,
            Organization.slug.label("organization_slug"),
            Organization.name.label("organization_name"),
            Organization.acronym.label("organization_acronym"),
        )
        .outerjoin(Organization, Organization.id == Speaker.organization_id)
        .where(Speaker.slug == slug)
    )


def aliases(speaker_id: int) -> Query:
    """Return the other printed forms of the name."""
    return (
        select(SpeakerAlias.name).where(SpeakerAlias.speaker_id == speaker_id).order_by(SpeakerAlias.name_key)
    )


@lru_cache(KEPT)
def list_roles(filters: Filters, speaker_id: Value) -> Listing:
    """Return how the selected statements present the speaker, with dates."""
    selected = select_statements(filters).rows().subquery("selected")
    ranked = (
        select(
            *ROLE,
            *statement_counts(),
            func.count(said.c.article_id.distinct()).label("articles"),
            *dates(said.c.article_id),
        )
        .join(selected, _same(selected))
        .join(Statement, _same(Statement.__table__))
        .where(said.c.speaker_id == bound(speaker_id, said.c.speaker_id.type))
        .group_by(*ROLE)
        .subquery("ranked")
    )
    rows = select(
        ranked,
        Organization.slug.label("organization_slug"),
        Organization.name.label("organization_name"),
        Organization.acronym.label("organization_acronym"),
    ).outerjoin_from(ranked, Organization, Organization.id == ranked.c.organization_id)
    unique = (
        Sort(func.coalesce(ranked.c.title, "")),
        Sort(func.coalesce(ranked.c.affiliation, "")),
        Sort(func.coalesce(ranked.c.organization_id, 0)),
        Sort(cast(ranked.c.role_category, String)),
        Sort(func.coalesce(cast(ranked.c.party, String), "")),
        Sort(func.coalesce(ranked.c.state, "")),
    )
    last, first = func.coalesce(ranked.c.last_id, 0), func.coalesce(ranked.c.first_id, 0)
    orders = {
        "-last_published_at": (Sort(last, descending=True), *unique),
        "first_published_at": (Sort(first), *unique),
        "-statements": (Sort(ranked.c.statements, descending=True), *unique),
    }
    return Listing(parts=(Rows(rows, orders),), counted=select(literal_column("1")).select_from(ranked))


def statements_of_roles(filters: Filters, speaker_id: int, most: int) -> Query:
    """Return up to `most` keys of statements for each role, newest first."""
    selected = select_statements(filters).rows().subquery("selected")
    newest = (said.c.article_id.desc(), said.c.ordinal.desc())
    place = func.row_number().over(partition_by=ROLE, order_by=newest)
    placed = (
        select(*ROLE, said.c.article_id, said.c.ordinal, place.label("place"))
        .join(selected, _same(selected))
        .where(said.c.speaker_id == speaker_id)
        .subquery("placed")
    )
    statement = and_(Statement.article_id == placed.c.article_id, Statement.ordinal == placed.c.ordinal)
    return (
        select(*(placed.c[column.key] for column in ROLE), Statement.key)
        .join(Statement, statement)
        .where(placed.c.place <= most)
        .order_by(placed.c.article_id.desc(), placed.c.ordinal.desc())
    )
