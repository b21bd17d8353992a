"""Articles: the list of cards, and what the page of one article shows."""

from functools import lru_cache

from sqlalchemy import select

from app.db.models.article import Article, ArticleCard, ArticleText
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
from app.queries.associations import Query
from app.queries.filters import Filters
from app.queries.ordering import Listing, Rows, Sort
from app.queries.selection import Part, select_articles
from app.queries.slots import KEPT


@lru_cache(KEPT)
def list_articles(filters: Filters) -> Listing:
    """Return the cards of the selected articles."""
    selection = select_articles(filters)
    return Listing(parts=tuple(map(_cards, selection.parts)), counted=selection.ones())


def _cards(part: Part) -> Rows:
    card, article_id = ArticleCard.__table__, part.scope.article_id
    joined = part.table.join(card, card.c.article_id == article_id)
    orders = {"-published_at": (Sort(article_id, descending=True),), "published_at": (Sort(article_id),)}
    return Rows(select(card.c.body).select_from(joined).where(*part.conditions), orders)


def article(key: str) -> Query:
    """Return the article with its card and what only its own page shows."""
    return (
        select(
            Article.id,
            Article.ingested_at,
            Article.updated_at,
            Article.pipeline_version,
            Article.original_sha256,
            Article.summary_only,
            ArticleText.sha256,
            ArticleCard.body,
        )
        .join(ArticleText, ArticleText.article_id == Article.id)
        .join(ArticleCard, ArticleCard.article_id == Article.id)
        .where(Article.key == key)
    )


def text_state(key: str) -> Query:
    """Return the hash of the stored text and when it was stored, without reading it."""
    return (
        select(ArticleText.sha256, Article.updated_at)
        .join(Article, Article.id == ArticleText.article_id)
        .where(Article.key == key)
    )


def article_text(key: str) -> Query:
    """Return the stored text of the article."""
    return (
        select(ArticleText.text).join(Article, Article.id == ArticleText.article_id).where(Article.key == key)
    )


def speakers_of(article_id: int) -> Query:
    """Return the article's speakers with their numbers of statements, most first, then by name."""
    return (
        select(Speaker.slug, Speaker.name, Speaker.kind, ArticleSpeaker.statements)
        .join(ArticleSpeaker, ArticleSpeaker.speaker_id == Speaker.id)
        .where(ArticleSpeaker.article_id == article_id)
        .order_by(ArticleSpeaker.statements.desc(), Speaker.name_key, Speaker.slug)
    )


def organizations_of(article_id: int) -> Query:
    """Return the organizations that the article mentions with their mentions, most first, then by name."""
    linked = ArticleOrganization
    return (
        select(Organization.slug, Organization.name, Organization.acronym, linked.count.label("mentions"))
        .join(linked, linked.organization_id == Organization.id)
        .where(linked.article_id == article_id, linked.relation == OrganizationRelation.MENTIONED)
        .order_by(linked.count.desc(), Organization.name_key, Organization.slug)
    )


def cities_of(article_id: int) -> Query:
    """Return the cities that the article mentions with their mentions, most first, then by name."""
    return (
        select(Place.slug, Place.name, Place.state, Place.country, ArticlePlace.mentions)
        .join(ArticlePlace, ArticlePlace.place_id == Place.id)
        .where(ArticlePlace.article_id == article_id, Place.kind == PlaceKind.CITY)
        .order_by(ArticlePlace.mentions.desc(), Place.name_key, Place.slug)
    )


def topics_of(article_id: int) -> Query:
    """Return the topics that the article is on with their mentions, most first, then by name."""
    return (
        select(Topic.slug, Topic.name, ArticleTopic.mentions)
        .join(ArticleTopic, ArticleTopic.topic_id == Topic.id)
        .where(ArticleTopic.article_id == article_id)
        .order_by(ArticleTopic.mentions.desc(), Topic.name_key, Topic.slug)
    )
