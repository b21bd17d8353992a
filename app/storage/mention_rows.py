"""The rows of mentions: places, organizations, named persons and topics with spans, and what counts; pure."""

from collections import Counter
from collections.abc import Iterator, Mapping

from app.db.models.links import ArticleOrganization, ArticlePlace, OrganizationRelation
from app.db.models.organization import OrganizationMention
from app.db.models.person import PersonMention
from app.db.models.place import PlaceMention
from app.domain.annotation import Field, MentionRole
from app.domain.article import Article
from app.domain.links import LinkedArticle, SpeakerRecord
from app.domain.span import Span
from app.storage.records import Records
from app.storage.rows import Row, TableRow
from app.storage.spans import field_text
from app.storage.topic_rows import topic_rows


def mention_rows(linked: LinkedArticle, article_id: int, *, records: Records) -> Iterator[TableRow]:
    """Yield the rows of all mentions, and of the places, organizations and topics that they make count."""
    yield from _places(linked, article_id, records)
    yield from _organizations(linked, article_id, records)
    yield from _people(linked, article_id, records.people)
    article = linked.annotated.article
    fields = {field: field_text(article, field) for field in Field}
    yield from topic_rows(linked.annotated.topics, article_id, fields=fields, ids=records.topics)


def _places(linked: LinkedArticle, article_id: int, records: Records) -> Iterator[TableRow]:
    counting: Counter[int] = Counter()
    for position, found in enumerate(linked.places):
        mention = found.mention
        place = records.places[found.place.slug] if found.place else None
        if place is not None and mention.role is MentionRole.MENTION:
            counting[place] += 1
        row = _words(linked.annotated.article, mention.field, mention.span)
        row |= {"article_id": article_id, "position": position, "role": mention.role}
        yield PlaceMention, row | {"outcome": found.outcome, "reason": found.reason, "place_id": place}
    for place, mentions in counting.items():
        yield ArticlePlace, {"place_id": place, "article_id": article_id, "mentions": mentions}


def _organizations(linked: LinkedArticle, article_id: int, records: Records) -> Iterator[TableRow]:
    counting: Counter[int] = Counter()
    for position, found in enumerate(linked.organizations):
        mention = found.mention
        organization = records.organization(found.organization)
        if organization is not None and mention.role is MentionRole.MENTION:
            counting[organization] += 1
        row = _words(linked.annotated.article, mention.field, mention.span)
        row |= {"article_id": article_id, "position": position, "role": mention.role}
        row |= {"outcome": found.outcome, "reason": found.reason, "organization_id": organization}
        yield OrganizationMention, row
    for organization, count in counting.items():
        row = {"organization_id": organization, "relation": OrganizationRelation.MENTIONED}
        yield ArticleOrganization, row | {"article_id": article_id, "count": count}


def _people(linked: LinkedArticle, article_id: int, people: Mapping[str, int]) -> Iterator[TableRow]:
    mentions = [
        (mention, {"name": person.name, **_record(record, people)})
        for person, record in zip(linked.annotated.people, linked.people, strict=True)
        for mention in person.mentions
    ]
    mentions.sort(key=lambda found: (found[0].field is Field.TEXT, found[0].span))
    for position, (mention, person_row) in enumerate(mentions):
        row = _words(linked.annotated.article, mention.field, mention.span)
        yield PersonMention, row | {"article_id": article_id, "position": position} | person_row


def _record(record: SpeakerRecord | None, people: Mapping[str, int]) -> Row:
    slug = None if record is None else record.slug
    return {"person": slug, "speaker_id": None if slug is None else people.get(slug)}


def _words(article: Article, field: Field, span: Span) -> Row:
    words = span.of(field_text(article, field))
    return {"field": field, "start": span.start, "end": span.end, "text": words}
