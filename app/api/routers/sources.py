"""Sources."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.api.dependencies import SourceSlug, answer_item
from app.api.details import source_detail
from app.api.listing import list_records
from app.api.parameters import SourcesQuery
from app.api.resources import SOURCES
from app.api.routes import QueryRoute
from app.schemas.listing import Page
from app.schemas.source import SourceEntry

router = APIRouter(prefix="/sources", tags=["sources"], route_class=QueryRoute)


@router.get("", response_model=Page[SourceEntry])
async def list_sources(request: Request, query: Annotated[SourcesQuery, Query()]) -> Response:
    """Rank the outlets of the articles that the filters select."""
    return await list_records(request, query, SOURCES)


@router.get("/{slug}", response_model=SourceEntry)
async def get_source(request: Request, slug: SourceSlug) -> Response:
    """Show one outlet with counts and dates over the whole corpus."""
    return await answer_item(request, lambda c: source_detail(c, request, slug))
