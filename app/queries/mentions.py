"""Every mention of an article: persons, places, organizations and topics, in one order."""

from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, literal, literal_column, null, select, union_all

from app.db.models.organization import Organization, OrganizationMention
from app.db.models.person import PersonMention
from app.db.models.place import Place, PlaceMention
from app.db.models.speaker import Speaker
from app.db.models.topic import Topic, TopicMention
from app.db.types import RowId
from app.domain.annotation import Field, MentionRole
from app.domain.links import Outcome
from app.queries.associations import Query
from app.queries.ordering import Listing, Rows, Sort
from app.queries.slots import KEPT, Value, bound

SPEAKS_NOWHERE = "no statement is attributed to the person"
"""Why a person's mention is linked to no record: only speakers are records."""


class MentionKind(StrEnum):
    """What a mention names, or speaks of."""

    PERSON = "person"
    PLACE = "place"
    ORGANIZATION = "organization"
    TOPIC = "topic"


@lru_cache(KEPT)
def list_mentions(article_id: Value, kinds: frozenset[MentionKind]) -> Listing:
    """Return the article's mentions: title before text, then by where they begin."""
    made = {
        MentionKind.PERSON: _persons(article_id),
        MentionKind.PLACE: _places(article_id),
        MentionKind.ORGANIZATION: _organizations(article_id),
        MentionKind.TOPIC: _topics(article_id),
    }
    found = union_all(*(made[kind] for kind in MentionKind if kind in kinds)).subquery("found")
    order = tuple(Sort(found.c[name]) for name in ("rank", "start", "end", "kind", "position"))
    counted: Query = select(literal_column("1")).select_from(found)
    return Listing(parts=(Rows(select(found), {"position": order}),), counted=counted)


def _persons(article_id: Value) -> Query:
    mention = PersonMention
    outcome = case((mention.speaker_id.is_(None), Outcome.UNLINKED.value), else_=Outcome.LINKED.value)
    return (
        select(
            literal(MentionKind.PERSON.value).label("kind"),
            *_span(mention),
            mention.name.label("name"),
            literal(MentionRole.MENTION.value).label("role"),
            outcome.label("outcome"),
            case((mention.speaker_id.is_(None), SPEAKS_NOWHERE)).label("reason"),
            case((mention.speaker_id.is_not(None), "speaker")).label("record_kind"),
            Speaker.slug.label("record_slug"),
            Speaker.name.label("record_name"),
        )
        .outerjoin(Speaker, Speaker.id == mention.speaker_id)
        .where(mention.article_id == bound(article_id, RowId))
    )


def _places(article_id: Value) -> Query:
    mention = PlaceMention
    return (
        select(
            literal(MentionKind.PLACE.value).label("kind"),
            *_span(mention),
            cast(null(), String).label("name"),
            *_linking(mention),
            cast(Place.kind, String).label("record_kind"),
            Place.slug.label("record_slug"),
            Place.name.label("record_name"),
        )
        .outerjoin(Place, Place.id == mention.place_id)
        .where(mention.article_id == bound(article_id, RowId))
    )


def _organizations(article_id: Value) -> Query:
    mention = OrganizationMention
    return (
        select(
            literal(MentionKind.ORGANIZATION.value).label("kind"),
            *_span(mention),
            cast(null(), String).label("name"),
            *_linking(mention),
            case((mention.organization_id.is_not(None), "organization")).label("record_kind"),
            Organization.slug.label("record_slug"),
            Organization.name.label("record_name"),
        )
        .outerjoin(Organization, Organization.id == mention.organization_id)
        .where(mention.article_id == bound(article_id, RowId))
    )


def _topics(article_id: Value) -> Query:
    mention = TopicMention
    return (
        select(
            literal(MentionKind.TOPIC.value).label("kind"),
            *_span(mention),
            cast(null(), String).label("name"),
            literal(MentionRole.MENTION.value).label("role"),
            literal(Outcome.LINKED.value).label("outcome"),
            cast(null(), String).label("reason"),
            literal(MentionKind.TOPIC.value).label("record_kind"),
            Topic.slug.label("record_slug"),
            Topic.name.label("record_name"),
        )
        .join(Topic, Topic.id == mention.topic_id)
        .where(mention.article_id == bound(article_id, RowId))
    )


def _span(
    mention: type[PersonMention | PlaceMention | OrganizationMention | TopicMention],
) -> tuple[ColumnElement[Any], ...]:
    columns = mention.__table__.c
    return (
        columns.position,
        case((columns.field == Field.TITLE, 0), else_=1).label("rank"),
        cast(columns.field, String).label("field"),
        columns.start,
        columns.end,
        columns.text,
    )


def _linking(mention: type[PlaceMention | OrganizationMention]) -> tuple[ColumnElement[Any], ...]:
    columns = mention.__table__.c
    return (
        cast(columns.role, String).label("role"),
        cast(columns.outcome, String).label("outcome"),
        columns.reason,
    )
