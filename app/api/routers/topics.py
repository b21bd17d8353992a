"""Topics."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.api.dependencies import TopicSlug, answer_item
from app.api.details import topic_detail
from app.api.listing import list_records
from app.api.parameters import (
    ArticlesOfTopicQuery,
    SpeakersOfTopicQuery,
    StatementsOfTopicQuery,
    TopicsQuery,
)
from app.api.resources import ARTICLES, SPEAKERS, STATEMENTS, TOPICS
from app.api.routes import QueryRoute
from app.schemas.article import ArticleCard
from app.schemas.listing import Page
from app.schemas.speaker import SpeakerEntry
from app.schemas.statement import StatementCard
from app.schemas.topic import TopicDetail, TopicEntry

router = APIRouter(prefix="/topics", tags=["topics"], route_class=QueryRoute)


@router.get("", response_model=Page[TopicEntry])
async def list_topics(request: Request, query: Annotated[TopicsQuery, Query()]) -> Response:
    """Rank the topics of the articles that the filters select."""
    return await list_records(request, query, TOPICS)


@router.get("/{slug}", response_model=TopicDetail)
async def get_topic(request: Request, slug: TopicSlug) -> Response:
    """Show one topic with counts and dates over the whole corpus; zeros when no article is on it."""
    return await answer_item(request, lambda c: topic_detail(c, request, slug))


@router.get("/{slug}/articles", response_model=Page[ArticleCard])
async def list_topic_articles(
    request: Request, slug: TopicSlug, query: Annotated[ArticlesOfTopicQuery, Query()]
) -> Response:
    """List the articles that are on the topic or a narrower one, newest first."""
    return await list_records(request, query, ARTICLES, below=("topic", slug))


@router.get("/{slug}/statements", response_model=Page[StatementCard])
async def list_topic_statements(
    request: Request, slug: TopicSlug, query: Annotated[StatementsOfTopicQuery, Query()]
) -> Response:
    """List the statements in articles that are on the topic, newest first."""
    return await list_records(request, query, STATEMENTS, below=("topic", slug))


@router.get("/{slug}/speakers", response_model=Page[SpeakerEntry])
async def list_topic_speakers(
    request: Request, slug: TopicSlug, query: Annotated[SpeakersOfTopicQuery, Query()]
) -> Response:
    """Rank those who speak in articles that are on the topic."""
    return await list_records(request, query, SPEAKERS, below=("topic", slug))
