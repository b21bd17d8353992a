"""What handlers are given, and how what they read becomes an answer."""

import re
from collections.abc import Callable
from typing import Annotated, TypeAlias, TypeVar, cast

from fastapi import Path, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Connection

from app.api.caching import corpus_control
from app.api.conditions import Validators, corpus_validators
from app.api.pagination import own_path
from app.api.paths import MovedError
from app.api.reading import Reader
from app.api.recollection import Memory
from app.api.settling import JSON, Exchange, SettledError, begin, not_modified, without_body
from app.schemas.references import Output

LONGEST_KEY = 200  # slugs have up to 100 characters and perhaps a suffix

Answer = TypeVar("Answer")

ArticleKey: TypeAlias = Annotated[str, Path(max_length=LONGEST_KEY, description="Key of the article.")]
StatementKey: TypeAlias = Annotated[str, Path(max_length=LONGEST_KEY, description="Key of the statement.")]
SpeakerSlug: TypeAlias = Annotated[str, Path(max_length=LONGEST_KEY, description="Slug of the speaker.")]
OrganizationSlug: TypeAlias = Annotated[
    str, Path(max_length=LONGEST_KEY, description="Slug of the organization.")
]
CitySlug: TypeAlias = Annotated[str, Path(max_length=LONGEST_KEY, description="Slug of the city.")]
TopicSlug: TypeAlias = Annotated[str, Path(max_length=LONGEST_KEY, description="Slug of the topic.")]
SourceSlug: TypeAlias = Annotated[str, Path(max_length=LONGEST_KEY, description="Slug of the source.")]


async def answer(
    request: Request,
    work: Callable[[Connection], Response],
    *,
    bounded: bool = False,
    validate: Callable[[Connection, Request], Validators] = corpus_validators,
) -> Response:
    """Return what `work` makes of the database, or lead on to a record that was merged into another one.

    `validate` reads what tells this answer from others: one row. A client that names it in If-None-Match
    is told so before anything else is read, and on SQLite without waiting for a thread.
    """
    reader = cast(Reader, request.app.state.reader)
    exchange = begin(request)
    ahead = exchange.conditions or exchange.bodiless or validate is not corpus_validators

    def known(connection: Connection) -> Response | None:
        exchange.validators = validate(connection, request)
        return not_modified(exchange) if exchange.is_known() else None

    def respond(connection: Connection) -> Response:
        if ahead and (unchanged := known(connection)) is not None:
            return unchanged
        return _made(connection, request, work, validate)

    try:
        if exchange.conditions.tags and not bounded:
            unchanged = await reader.read(known, bounded=True)
            if unchanged is not None:
                return unchanged
        return await reader.read(respond, bounded=bounded)
    except MovedError as moved:
        headers = {"Cache-Control": corpus_control(request)}
        return RedirectResponse(_path_to(request, moved.slug), status_code=308, headers=headers)


def _made(
    connection: Connection,
    request: Request,
    work: Callable[[Connection], Response],
    validate: Callable[[Connection, Request], Validators],
) -> Response:
    """Return what `work` makes; once more, when names it recalled are those of another revision."""
    exchange: Exchange = request.state.exchange
    memory: Memory = request.app.state.memory

    def answered() -> Response:
        response = work(connection)
        if exchange.validators is None:
            exchange.validators = validate(connection, request)
        return response

    try:
        response = answered()
    except SettledError as settled:
        return without_body(exchange, settled.status, settled.media_type)
    if exchange.lookups.misled(exchange.revision):
        exchange.lookups.forget()
        response = answered()
    memory.keep(exchange.revision, exchange.lookups.found)
    response.headers.update(exchange.headers())
    return response


async def answer_item(
    request: Request, work: Callable[[Connection], Output], *, bounded: bool = False
) -> Response:
    """Return one record as JSON."""

    def respond(connection: Connection) -> Response:
        return Response(work(connection).model_dump_json().encode(), media_type=JSON)

    return await answer(request, respond, bounded=bounded)


def _path_to(request: Request, slug: str) -> str:
    """Return the path that was asked for, with another slug in it."""
    (old,) = request.path_params.values()
    path = re.sub(f"/{re.escape(old)}(?=/|$)", lambda _: f"/{slug}", own_path(request), count=1)
    query = request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path
