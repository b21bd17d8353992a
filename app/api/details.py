"""The pages of single records: what is read for each, in a fixed number of queries."""

import json
from typing import Any

from fastapi import Request
from sqlalchemy import Connection

from app.api.conditions import Validators
from app.api.histories import concerning
from app.api.pagination import encode_cursor, keys, own_path, query_hash
from app.api.parameters import StatementsOfArticleQuery
from app.api.paths import absent
from app.api.resources import broader, dates, presented_by_speaker, reference, statement_numbers
from app.api.settling import settle
from app.db.models.corpus import RecordKind
from app.queries import (
    articles,
    cities,
    corrections,
    ordering,
    organizations,
    sources,
    speakers,
    statements,
    topics,
)
from app.queries.associations import Query
from app.queries.filters import SAID, Filters, Group
from app.queries.ordering import Listing, Place
from app.schemas.article import (
    MOST_OF_EACH,
    MOST_STATEMENTS,
    ArticleCard,
    ArticleCity,
    ArticleDetail,
    ArticleOrganization,
    ArticleSpeaker,
    ArticleStatements,
    ArticleTopic,
)
from app.schemas.city import CityDetail
from app.schemas.correction import MOST_CORRECTIONS, StatementHistory
from app.schemas.organization import OrganizationDetail
from app.schemas.references import TopicReference
from app.schemas.source import SourceEntry
from app.schemas.speaker import SpeakerDetail
from app.schemas.statement import StatementCard, StatementDetail
from app.schemas.topic import TopicDetail

PLAIN_TEXT = "text/plain; charset=utf-8"


def article_detail(connection: Connection, request: Request, key: str) -> ArticleDetail:
    """Return the article with its statements, speakers, organizations, cities and topics."""
    row = _one(connection, request, articles.article(key), RecordKind.ARTICLE, key)
    card = ArticleCard.model_validate_json(row.body)

    def first(query: Query) -> list[Any]:
        return list(connection.execute(query.limit(MOST_OF_EACH)))

    return ArticleDetail(
        **{
            **dict(card),
            "text_sha256": row.sha256,
            "original_sha256": row.original_sha256,
            "summary_only": row.summary_only,
            "ingested_at": row.ingested_at,
            "updated_at": row.updated_at,
            "pipeline_version": row.pipeline_version,
            "speakers": [ArticleSpeaker.model_validate(r) for r in first(articles.speakers_of(row.id))],
            "organizations": [
                ArticleOrganization.model_validate(r) for r in first(articles.organizations_of(row.id))
            ],
            "cities": [ArticleCity.model_validate(r) for r in first(articles.cities_of(row.id))],
            "topics": [ArticleTopic.model_validate(r) for r in first(articles.topics_of(row.id))],
            "statements": _first_statements(connection, request, row.id),
        }
    )


def _first_statements(connection: Connection, request: Request, article_id: int) -> ArticleStatements:
    """Return the statements that the page shows, and the path that goes on from there."""
    shape, values = Filters(wanted=(Group("article", (article_id,)),)).shape()
    rest = StatementsOfArticleQuery()
    page = ordering.page(statements.list_statements(shape), str(rest.sort), ordering.Direction.FIRST)
    values |= ordering.page_parameters(None, MOST_STATEMENTS)
    rows = connection.execute(page, values).all()
    shown = rows[:MOST_STATEMENTS]
    path = None
    if len(rows) > len(shown):
        below = f"{own_path(request)}/statements"
        path = f"{below}?cursor={encode_cursor(Place(keys(shown[-1])), query_hash(below, rest))}"
    cards = [StatementCard.model_validate_json(row.body) for row in shown]
    return ArticleStatements(results=cards, next=path)


def text_validators(connection: Connection, key: str) -> Validators:
    """Return what tells the stored text from others: its own hash, whatever else the corpus does."""
    row = _found(connection, articles.text_state(key), RecordKind.ARTICLE, key)
    return Validators(f'"{row.sha256}"', row.updated_at)


def article_text(connection: Connection, request: Request, key: str) -> str:
    """Return the stored text."""
    settle(request, PLAIN_TEXT)
    text: str = _found(connection, articles.article_text(key), RecordKind.ARTICLE, key).text
    return text


def statement_detail(connection: Connection, request: Request, key: str) -> StatementDetail:
    """Return the statement with what is needed to check it."""
    row = _one(connection, request, statements.statement(key), RecordKind.STATEMENT, key)
    return StatementDetail(
        **json.loads(row.body),
        text_sha256=row.sha256,
        updated_at=row.updated_at,
        pipeline_version=row.pipeline_version,
    )


def statement_history(connection: Connection, request: Request, key: str) -> StatementHistory:
    """Return what people decided about the statement, newest first."""
    row = _one(connection, request, statements.statement(key), RecordKind.STATEMENT, key)
    card = json.loads(row.body)
    query = corrections.about_statement(key, card["article"]["key"], MOST_CORRECTIONS + 1)
    rows = connection.execute(query).all()
    return StatementHistory(
        key=key,
        review=card["review"],
        corrections=concerning(rows[:MOST_CORRECTIONS], {one["slug"] for one in card["speakers"]}),
        has_older=len(rows) > MOST_CORRECTIONS,
    )


def speaker_detail(connection: Connection, request: Request, slug: str) -> SpeakerDetail:
    """Return the speaker with counts over the whole corpus."""
    row = _one(connection, request, speakers.speaker(slug), RecordKind.SPEAKER, slug)
    all_of = Filters(wanted=(Group("speaker", (row.id,)),), relations=SAID)
    presented = presented_by_speaker(connection, all_of, [row.id])[row.id]
    return SpeakerDetail(
        slug=row.slug,
        name=row.name,
        kind=row.kind,
        bioguide=row.bioguide,
        wikidata=row.wikidata,
        organization=reference(row, "organization"),
        aliases=list(connection.scalars(speakers.aliases(row.id))),
        titles=presented.most_frequent(),
        statements_by_cue_class=presented.by_cue_class(),
        **_counted(connection, speakers.list_speakers(all_of), row.slug, "statements", "articles"),
    )


def organization_detail(connection: Connection, request: Request, slug: str) -> OrganizationDetail:
    """Return the organization with counts over the whole corpus."""
    row = _one(connection, request, organizations.organization(slug), RecordKind.ORGANIZATION, slug)
    group = Group("organization", (row.id,))
    mentioned, said = Filters(wanted=(group,)), Filters(wanted=(group,), relations=SAID)
    return OrganizationDetail(
        slug=row.slug,
        name=row.name,
        acronym=row.acronym,
        kind=row.kind,
        authority=row.authority,
        parent=reference(row, "parent"),
        aliases=list(connection.scalars(organizations.aliases(row.id))),
        **statement_numbers(connection.execute(statements.statement_numbers(said)).one()),
        speakers=_number(connection, speakers.list_speakers(said)),
        **_counted(connection, organizations.list_organizations(mentioned), row.slug, "articles"),
    )


def city_detail(connection: Connection, request: Request, slug: str) -> CityDetail:
    """Return the city with counts over the whole corpus; one that nobody mentions has zeros."""
    row = _one(connection, request, cities.city(slug), RecordKind.CITY, slug)
    mentioned = Filters(wanted=(Group("city", (row.id,)),))
    columns = {name: getattr(row, name) for name in CityDetail.model_fields if name in row._fields}
    return CityDetail(
        **columns,
        aliases=list(connection.scalars(cities.aliases(row.id))),
        speakers=_number(connection, speakers.list_speakers(mentioned)),
        **_counted(connection, cities.list_cities(mentioned), row.slug, "articles", "statements"),
    )


def topic_detail(connection: Connection, request: Request, slug: str) -> TopicDetail:
    """Return the topic with counts over the whole corpus; one that no article is on has zeros."""
    row = _one(connection, request, topics.topic(slug), RecordKind.TOPIC, slug)
    on_it = Filters(wanted=(Group("topic", (row.id,)),))
    return TopicDetail(
        slug=row.slug,
        name=row.name,
        description=row.description,
        broader=broader(row),
        narrower=[TopicReference.model_validate(r) for r in connection.execute(topics.narrower(row.id))],
        speakers=_number(connection, speakers.list_speakers(on_it)),
        **_counted(connection, topics.list_topics(on_it), row.slug, "articles", "statements"),
    )


def source_detail(connection: Connection, request: Request, slug: str) -> SourceEntry:
    """Return the source with counts over the whole corpus."""
    row = _one(connection, request, sources.source(slug), RecordKind.SOURCE, slug)
    published = Filters(wanted=(Group("source", (row.id,)),))
    counted = _counted(connection, sources.list_sources(published), row.slug, "articles", "statements")
    return SourceEntry(slug=row.slug, name=row.name, url=row.url, **counted)


def _one(connection: Connection, request: Request, query: Query, kind: RecordKind, key: str) -> Any:  # noqa: ANN401 - a row
    """Return the row of a record; raises why there is none, or that no more than that was asked."""
    row = _found(connection, query, kind, key)
    settle(request)
    return row


def _found(connection: Connection, query: Query, kind: RecordKind, key: str) -> Any:  # noqa: ANN401 - a row
    """Return the row of a record; raises why there is none."""
    row = None if "\0" in key else connection.execute(query).one_or_none()
    if row is None:
        raise absent(connection, kind, str(kind), key)
    return row


def _counted(connection: Connection, listing: Listing, slug: str, *counts: str) -> dict[str, Any]:
    """Return the counts and dates that a ranking has for one record, zeros and nulls when it is not in it."""
    ranked = listing.parts[0].query.subquery()
    row = connection.execute(ranked.select().where(ranked.c.slug == slug)).one_or_none()
    if row is None:
        return {**dict.fromkeys(counts, 0), "first_published_at": None, "last_published_at": None}
    return {**{name: getattr(row, name) for name in counts}, **dates(row)}


def _number(connection: Connection, listing: Listing) -> int:
    number: int = connection.execute(ordering.count(listing.counted)).scalar_one()
    return number
