"""Cities."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.api.dependencies import CitySlug, answer_item
from app.api.details import city_detail
from app.api.listing import list_records
from app.api.parameters import (
    ArticlesOfCityQuery,
    CitiesQuery,
    OrganizationsOfCityQuery,
    SpeakersOfCityQuery,
)
from app.api.resources import ARTICLES, CITIES, ORGANIZATIONS, SPEAKERS
from app.api.routes import QueryRoute
from app.schemas.article import ArticleCard
from app.schemas.city import CityDetail, CityEntry
from app.schemas.listing import Page
from app.schemas.organization import OrganizationEntry
from app.schemas.speaker import SpeakerEntry

router = APIRouter(prefix="/cities", tags=["cities"], route_class=QueryRoute)


@router.get("", response_model=Page[CityEntry])
async def list_cities(request: Request, query: Annotated[CitiesQuery, Query()]) -> Response:
    """Rank the cities of the articles that the filters select."""
    return await list_records(request, query, CITIES)


@router.get("/{slug}", response_model=CityDetail)
async def get_city(request: Request, slug: CitySlug) -> Response:
    """Show one city with counts and dates over the whole corpus; zeros when nobody mentions it."""
    return await answer_item(request, lambda c: city_detail(c, request, slug))


@router.get("/{slug}/articles", response_model=Page[ArticleCard])
async def list_city_articles(
    request: Request, slug: CitySlug, query: Annotated[ArticlesOfCityQuery, Query()]
) -> Response:
    """List the articles that mention the city, newest first."""
    return await list_records(request, query, ARTICLES, below=("city", slug))


@router.get("/{slug}/speakers", response_model=Page[SpeakerEntry])
async def list_city_speakers(
    request: Request, slug: CitySlug, query: Annotated[SpeakersOfCityQuery, Query()]
) -> Response:
    """Rank those who speak in articles that mention the city."""
    return await list_records(request, query, SPEAKERS, below=("city", slug))


@router.get("/{slug}/organizations", response_model=Page[OrganizationEntry])
async def list_city_organizations(
    request: Request, slug: CitySlug, query: Annotated[OrganizationsOfCityQuery, Query()]
) -> Response:
    """Rank the organizations in articles that mention the city."""
    return await list_records(request, query, ORGANIZATIONS, below=("city", slug))
