"""Articles, and what stands in one."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import PlainTextResponse, Response
from sqlalchemy import Connection

from app.api.conditions import Validators
from app.api.dependencies import ArticleKey, answer, answer_item
from app.api.details import article_detail, article_text, text_validators
from app.api.listing import list_records
from app.api.mentions import list_entities
from app.api.parameters import ArticlesQuery, MentionsQuery, StatementsOfArticleQuery
from app.api.problems import text_not_available
from app.api.resources import ARTICLES, STATEMENTS
from app.api.routes import QueryRoute
from app.schemas.article import ArticleCard, ArticleDetail
from app.schemas.listing import Page
from app.schemas.mention import Mention
from app.schemas.statement import StatementCard
from app.settings import ArticleText

router = APIRouter(prefix="/articles", tags=["articles"], route_class=QueryRoute)


@router.get("", response_model=Page[ArticleCard])
async def list_articles(request: Request, query: Annotated[ArticlesQuery, Query()]) -> Response:
    """List the articles that the filters select, newest first."""
    return await list_records(request, query, ARTICLES)


@router.get("/{key}", response_model=ArticleDetail)
async def get_article(request: Request, key: ArticleKey) -> Response:
    """Show one article with its statements, speakers, organizations, cities and topics."""
    return await answer_item(request, lambda c: article_detail(c, request, key), bounded=True)


@router.get("/{key}/statements", response_model=Page[StatementCard])
async def list_article_statements(
    request: Request, key: ArticleKey, query: Annotated[StatementsOfArticleQuery, Query()]
) -> Response:
    """List the statements of one article in the order of its text."""
    return await list_records(request, query, STATEMENTS, below=("article", key))


@router.get("/{key}/text", response_class=PlainTextResponse)
async def get_article_text(request: Request, key: ArticleKey) -> Response:
    """Show the stored text, to which every span refers, unless this installation keeps texts to itself."""

    def validate(connection: Connection, request: Request) -> Validators:
        validators = text_validators(connection, key)
        if request.app.state.settings.article_text is ArticleText.NONE:
            raise text_not_available()
        return validators

    return await answer(
        request,
        lambda c: PlainTextResponse(article_text(c, request, key)),
        bounded=True,
        validate=validate,
    )


@router.get("/{key}/entities", response_model=Page[Mention])
async def list_article_entities(
    request: Request, key: ArticleKey, query: Annotated[MentionsQuery, Query()]
) -> Response:
    """List every mention of a person, place, organization or topic, with its span, role and linked record."""
    return await list_entities(request, query, key)
