"""The rows of mentions: places, organizations, named persons and topics with spans, and what counts; pure."""

from collections import Counter
from typing import NamedTuple

from app.db.models.links import OrganizationRelation
from app.domain.annotation import Field, MentionRole, PlaceKind
from app.domain.annotation import OrganizationMention as NamedOrganization
from app.domain.annotation import PersonMention as NamedPerson
from app.domain.annotation import PlaceMention as NamedPlace
from app.domain.article import Article
from app.domain.links import LinkedArticle
from app.storage.bulk import Row
from app.storage.records import Records
from app.storage.rows import (
    ARTICLE_ORGANIZATIONS,
    ARTICLE_PLACES,
    ORGANIZATION_MENTIONS,
    PERSON_MENTIONS,
    PLACE_MENTIONS,
    Rows,
)
from app.storage.spans import field_text
from app.storage.topic_rows import add_topic_rows


class Mentioned(NamedTuple):
    """How many different ones counting mentions make an article one about."""

    organizations: int
    cities: int


def add_mention_rows(rows: Rows, linked: LinkedArticle, article_id: int, *, records: Records) -> Mentioned:
    """Add the rows of all mentions, and of the places, organizations and topics that they make count."""
    _add_people(rows, linked, article_id, records)
    annotated = linked.annotated
    fields = {field: field_text(annotated.article, field) for field in Field}
    add_topic_rows(rows, annotated.topics, article_id, fields=fields, stored=records.topics)
    return Mentioned(
        organizations=_add_organizations(rows, linked, article_id, records),
        cities=_add_places(rows, linked, article_id, records),
    )


def _add_places(rows: Rows, linked: LinkedArticle, article_id: int, records: Records) -> int:
    counting: Counter[int] = Counter()
    cities = set()
    article, mentions = linked.annotated.article, rows[PLACE_MENTIONS]
    for position, found in enumerate(linked.places):
        mention = found.mention
        place = None if found.place is None else records.place(found.place)
        id_ = None if place is None else place.id
        if place is not None and mention.role is MentionRole.MENTION:
            counting[place.id] += 1
            if place.kind is PlaceKind.CITY:
                cities.add(place.id)
        where = _where(article_id, position, mention, article)
        mentions.append((*where, mention.role.value, found.outcome.value, found.reason, id_))
    rows[ARTICLE_PLACES] += [(article_id, id_, count) for id_, count in counting.items()]
    return len(cities)


def _add_organizations(rows: Rows, linked: LinkedArticle, article_id: int, records: Records) -> int:
    counting: Counter[int] = Counter()
    article, mentions = linked.annotated.article, rows[ORGANIZATION_MENTIONS]
    for position, found in enumerate(linked.organizations):
        mention = found.mention
        organization = None if found.organization is None else records.organization(found.organization).id
        if organization is not None and mention.role is MentionRole.MENTION:
            counting[organization] += 1
        where = _where(article_id, position, mention, article)
        mentions.append((*where, mention.role.value, found.outcome.value, found.reason, organization))
    mentioned = OrganizationRelation.MENTIONED.value
    rows[ARTICLE_ORGANIZATIONS] += [(article_id, id_, mentioned, count) for id_, count in counting.items()]
    return len(counting)


def _add_people(rows: Rows, linked: LinkedArticle, article_id: int, records: Records) -> None:
    mentions = [
        (mention, person.name, None if record is None else record.slug)
        for person, record in zip(linked.annotated.people, linked.people, strict=True)
        for mention in person.mentions
    ]
    mentions.sort(key=lambda found: (found[0].field is Field.TEXT, found[0].span))
    article, people = linked.annotated.article, records.people
    rows[PERSON_MENTIONS] += [
        (
            *_where(article_id, position, mention, article),
            name,
            slug,
            None if slug is None else people.get(slug),
        )
        for position, (mention, name, slug) in enumerate(mentions)
    ]


def _where(
    article_id: int, position: int, mention: NamedPlace | NamedOrganization | NamedPerson, article: Article
) -> Row:
    start, end = mention.span
    words = field_text(article, mention.field)[start:end]
    return article_id, position, mention.field.value, start, end, words
