"""Organizations."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.api.dependencies import OrganizationSlug, answer_item
from app.api.details import organization_detail
from app.api.listing import list_records
from app.api.parameters import (
    ArticlesOfOrganizationQuery,
    OrganizationsQuery,
    SpeakersOfOrganizationQuery,
    StatementsOfOrganizationQuery,
)
from app.api.resources import ARTICLES, ORGANIZATIONS, SPEAKERS, STATEMENTS
from app.api.routes import QueryRoute
from app.schemas.article import ArticleCard
from app.schemas.listing import Page
from app.schemas.organization import OrganizationDetail, OrganizationEntry
from app.schemas.speaker import SpeakerEntry
from app.schemas.statement import StatementCard

router = APIRouter(prefix="/organizations", tags=["organizations"], route_class=QueryRoute)


@router.get("", response_model=Page[OrganizationEntry])
async def list_organizations(request: Request, query: Annotated[OrganizationsQuery, Query()]) -> Response:
    """Rank the organizations of the articles that the filters select."""
    return await list_records(request, query, ORGANIZATIONS)


@router.get("/{slug}", response_model=OrganizationDetail)
async def get_organization(request: Request, slug: OrganizationSlug) -> Response:
    """Show one organization with counts and dates over the whole corpus."""
    return await answer_item(request, lambda c: organization_detail(c, request, slug))


@router.get("/{slug}/speakers", response_model=Page[SpeakerEntry])
async def list_organization_speakers(
    request: Request, slug: OrganizationSlug, query: Annotated[SpeakersOfOrganizationQuery, Query()]
) -> Response:
    """Rank those who speak for the organization, itself included."""
    return await list_records(request, query, SPEAKERS, below=("organization", slug))


@router.get("/{slug}/statements", response_model=Page[StatementCard])
async def list_organization_statements(
    request: Request, slug: OrganizationSlug, query: Annotated[StatementsOfOrganizationQuery, Query()]
) -> Response:
    """List the statements by the organization or for it, newest first."""
    return await list_records(request, query, STATEMENTS, below=("organization", slug))


@router.get("/{slug}/articles", response_model=Page[ArticleCard])
async def list_organization_articles(
    request: Request, slug: OrganizationSlug, query: Annotated[ArticlesOfOrganizationQuery, Query()]
) -> Response:
    """List the articles that mention the organization, newest first."""
    return await list_records(request, query, ARTICLES, below=("organization", slug))
