"""Speakers."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.api.dependencies import SpeakerSlug, answer_item
from app.api.details import speaker_detail
from app.api.listing import list_records
from app.api.parameters import RolesQuery, SpeakersQuery, StatementsOfSpeakerQuery
from app.api.resources import ROLES, SPEAKERS, STATEMENTS
from app.api.routes import QueryRoute
from app.schemas.listing import Page
from app.schemas.speaker import Role, SpeakerDetail, SpeakerEntry
from app.schemas.statement import StatementCard

router = APIRouter(prefix="/speakers", tags=["speakers"], route_class=QueryRoute)


@router.get("", response_model=Page[SpeakerEntry])
async def list_speakers(request: Request, query: Annotated[SpeakersQuery, Query()]) -> Response:
    """Rank the speakers of the statements that the filters select."""
    return await list_records(request, query, SPEAKERS)


@router.get("/{slug}", response_model=SpeakerDetail)
async def get_speaker(request: Request, slug: SpeakerSlug) -> Response:
    """Show one speaker with counts and dates over the whole corpus."""
    return await answer_item(request, lambda c: speaker_detail(c, request, slug))


@router.get("/{slug}/statements", response_model=Page[StatementCard])
async def list_speaker_statements(
    request: Request, slug: SpeakerSlug, query: Annotated[StatementsOfSpeakerQuery, Query()]
) -> Response:
    """List the statements of one speaker, newest first."""
    return await list_records(request, query, STATEMENTS, below=("speaker", slug))


@router.get("/{slug}/roles", response_model=Page[Role])
async def list_speaker_roles(
    request: Request, slug: SpeakerSlug, query: Annotated[RolesQuery, Query()]
) -> Response:
    """List the titles and affiliations of one speaker over time, each with the statements that show it."""
    return await list_records(request, query, ROLES, below=("speaker", slug))
