"""The cards of articles, from their rows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypeVar

from sqlalchemy import Connection, select

from app.db.models.article import Article, ArticleAuthor
from app.db.models.links import (
    ArticleOrganization,
    ArticlePlace,
    ArticleSpeaker,
    ArticleTopic,
    OrganizationRelation,
)
from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.speaker import Speaker
from app.db.models.topic import Topic
from app.domain.annotation import PlaceKind
from app.schemas.article import CARD_REFERENCES, CARD_VERSION, ArticleCard, ArticleCounts
from app.schemas.references import (
    ArticleReference,
    CityReference,
    OrganizationReference,
    Output,
    SpeakerReference,
    TopicReference,
)

Reference = TypeVar("Reference", bound=Output)
Rank = tuple[int, str, str]  # most first, then by name, then by slug
Ranked = dict[int, list[tuple[Rank, Reference]]]


def article_cards(
    connection: Connection, references: Mapping[int, ArticleReference]
) -> list[dict[str, object]]:
    """Return the rows of the cards of these articles."""
    ids = list(references)
    authors, speakers = _authors(connection, ids), _speakers(connection, ids)
    organizations, cities = _organizations(connection, ids), _cities(connection, ids)
    topics = _topics(connection, ids)
    cards = []
    for id_, language, extracted, counts in _counted(connection, ids):
        card = ArticleCard(
            **dict(references[id_]),
            authors=authors[id_],
            language=language,
            extracted=extracted,
            counts=counts,
            speakers=_first(speakers[id_]),
            organizations=_first(organizations[id_]),
            cities=_first(cities[id_]),
            topics=_first(topics[id_]),
        )
        cards.append({"article_id": id_, "version": CARD_VERSION, "body": card.model_dump_json()})
    return cards


def _first(ranked: list[tuple[Rank, Reference]]) -> list[Reference]:
    return [reference for _, reference in sorted(ranked, key=lambda pair: pair[0])[:CARD_REFERENCES]]


def _counted(connection: Connection, ids: list[int]) -> Iterable[tuple[int, str, bool, ArticleCounts]]:
    names = tuple(ArticleCounts.model_fields)
    counts = [getattr(Article, name) for name in names]
    query = select(Article.id, Article.language, Article.extracted, *counts).where(Article.id.in_(ids))
    for id_, language, extracted, *numbers in connection.execute(query.order_by(Article.id)):
        yield id_, language, extracted, ArticleCounts(**dict(zip(names, numbers, strict=True)))


def _authors(connection: Connection, ids: list[int]) -> dict[int, list[str]]:
    query = select(ArticleAuthor.article_id, ArticleAuthor.name).where(ArticleAuthor.article_id.in_(ids))
    authors: dict[int, list[str]] = defaultdict(list)
    for id_, name in connection.execute(query.order_by(ArticleAuthor.article_id, ArticleAuthor.position)):
        authors[id_].append(name)
    return authors


def _speakers(connection: Connection, ids: list[int]) -> Ranked[SpeakerReference]:
    query = (
        select(
            ArticleSpeaker.article_id,
            ArticleSpeaker.statements,
            Speaker.name_key,
            Speaker.slug,
            Speaker.name,
            Speaker.kind,
        )
        .join(Speaker, Speaker.id == ArticleSpeaker.speaker_id)
        .where(ArticleSpeaker.article_id.in_(ids))
    )
    ranked: Ranked[SpeakerReference] = defaultdict(list)
    for id_, count, name_key, slug, name, kind in connection.execute(query):
        ranked[id_].append(((-count, name_key, slug), SpeakerReference(slug=slug, name=name, kind=kind)))
    return ranked


def _organizations(connection: Connection, ids: list[int]) -> Ranked[OrganizationReference]:
    query = (
        select(
            ArticleOrganization.article_id,
            ArticleOrganization.count,
            Organization.name_key,
            Organization.slug,
            Organization.name,
            Organization.acronym,
        )
        .join(Organization, Organization.id == ArticleOrganization.organization_id)
        .where(
            ArticleOrganization.article_id.in_(ids),
            ArticleOrganization.relation == OrganizationRelation.MENTIONED,
        )
    )
    ranked: Ranked[OrganizationReference] = defaultdict(list)
    for id_, count, name_key, slug, name, acronym in connection.execute(query):
        reference = OrganizationReference(slug=slug, name=name, acronym=acronym)
        ranked[id_].append(((-count, name_key, slug), reference))
    return ranked


def _cities(connection: Connection, ids: list[int]) -> Ranked[CityReference]:
    query = (
        select(
            ArticlePlace.article_id,
            ArticlePlace.mentions,
            Place.name_key,
            Place.slug,
            Place.name,
            Place.state,
            Place.country,
        )
        .join(Place, Place.id == ArticlePlace.place_id)
        .where(ArticlePlace.article_id.in_(ids), Place.kind == PlaceKind.CITY)
    )
    ranked: Ranked[CityReference] = defaultdict(list)
    for id_, count, name_key, slug, name, state, country in connection.execute(query):
        reference = CityReference(slug=slug, name=name, state=state, country=country)
        ranked[id_].append(((-count, name_key, slug), reference))
    return ranked


def _topics(connection: Connection, ids: list[int]) -> Ranked[TopicReference]:
    query = (
        select(ArticleTopic.article_id, ArticleTopic.mentions, Topic.name_key, Topic.slug, Topic.name)
        .join(Topic, Topic.id == ArticleTopic.topic_id)
        .where(ArticleTopic.article_id.in_(ids))
    )
    ranked: Ranked[TopicReference] = defaultdict(list)
    for id_, count, name_key, slug, name in connection.execute(query):
        ranked[id_].append(((-count, name_key, slug), TopicReference(slug=slug, name=name)))
    return ranked
