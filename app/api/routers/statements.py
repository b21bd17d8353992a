"""Statements."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from app.api.dependencies import StatementKey, answer_item
from app.api.details import statement_detail, statement_history
from app.api.listing import list_records
from app.api.parameters import OccurrencesQuery, StatementsQuery
from app.api.resources import STATEMENTS
from app.api.routes import QueryRoute
from app.schemas.correction import StatementHistory
from app.schemas.listing import Page
from app.schemas.statement import StatementCard, StatementDetail

router = APIRouter(prefix="/statements", tags=["statements"], route_class=QueryRoute)


@router.get("", response_model=Page[StatementCard])
async def list_statements(request: Request, query: Annotated[StatementsQuery, Query()]) -> Response:
    """List the statements that the filters select, newest first."""
    return await list_records(request, query, STATEMENTS)


@router.get("/{key}", response_model=StatementDetail)
async def get_statement(request: Request, key: StatementKey) -> Response:
    """Show one statement with the hash of the text that its spans refer to."""
    return await answer_item(request, lambda c: statement_detail(c, request, key), bounded=True)


@router.get("/{key}/occurrences", response_model=Page[StatementCard])
async def list_statement_occurrences(
    request: Request, key: StatementKey, query: Annotated[OccurrencesQuery, Query()]
) -> Response:
    """List where a quotation is printed: the statements with the same words, this one among them."""
    return await list_records(request, query, STATEMENTS, below=("quotation", key))


@router.get("/{key}/history", response_model=StatementHistory)
async def get_statement_history(request: Request, key: StatementKey) -> Response:
    """Show how one statement stands in review and what people decided, each with who, when and why."""
    return await answer_item(request, lambda c: statement_history(c, request, key), bounded=True)
