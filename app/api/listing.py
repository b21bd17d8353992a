"""The one way in which every list answers: understand the query, select a page, count, and wrap it up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.api.conditions import validators_at
from app.api.dependencies import answer
from app.api.pages import read_page
from app.api.pagination import (
    counting,
    decode_cursor,
    link_header,
    links,
    own_path,
    query_hash,
    total,
    window,
)
from app.api.parameters import ListQuery, MentionsQuery
from app.api.paths import at_path
from app.api.recollection import Record
from app.api.settling import JSON, Exchange, settle
from app.api.understanding import Preset, is_bounded, understand
from app.queries.associations import Relations
from app.queries.filters import MENTIONED, Filters
from app.queries.matching import crosses
from app.queries.ordering import Listing, Place
from app.queries.pages import Counting
from app.schemas.listing import Meta, QueryEcho


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for: the filters, the parameters beside them, the record that the path names.

    `shape` are the filters without their values, which are in `values` along with what else is open.
    """

    filters: Filters
    parameters: ListQuery
    record: Record | None
    shape: Filters
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """The listing of what is asked for, and the values with which its statements are executed."""

    listing: Listing
    values: Mapping[str, Any]


Show = Callable[[Connection, Asked, Sequence[Any]], list[str]]


def _nothing_else(_: Asked) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What a list is a list of.

    `listing` makes the query of a shape; `values` are what it needs beside those of the filters; `show` makes
    the JSON of each row of a page. `relations` are those of organizations when the query says none.
    `bounded` are the filters of which so many values as `most_bounded` make a page that is soon read; null
    when no page of this list is bounded.
    """

    listing: Callable[[Asked], Listing]
    show: Show
    values: Callable[[Asked], Mapping[str, Any]] = _nothing_else
    relations: Relations = MENTIONED
    bounded: frozenset[str] | None = None
    most_bounded: int = 1  # one range of one index


async def list_records(
    request: Request, parameters: ListQuery, resource: Resource, *, below: tuple[str, str] | None = None
) -> Response:
    """Return a page of the resource. `below` is the filter that the path presets, with its slug or key."""

    def work(connection: Connection) -> Response:
        exchange: Exchange = request.state.exchange
        preset = None if below is None else Preset(below[0], at_path(connection, *below, exchange))
        filters, echo = understand(
            connection, parameters, exchange, relations=resource.relations, preset=preset
        )
        shape, values = filters.shape(crossing=crosses(connection.dialect.name))
        asked = Asked(filters, parameters, None if preset is None else preset.record, shape, values)

        def show(rows: Sequence[Any]) -> list[str]:
            return resource.show(connection, asked, rows)

        found = Found(resource.listing(asked), {**values, **resource.values(asked)})
        return list_page(request, connection, parameters=parameters, found=found, show=show, echo=echo)

    bounded = resource.bounded is not None and is_bounded(
        parameters,
        resource.bounded,
        most=resource.most_bounded,
        preset=None if below is None else below[0],
    )
    return await answer(request, work, bounded=bounded)


def list_page(
    request: Request,
    connection: Connection,
    *,
    parameters: ListQuery | MentionsQuery,
    found: Found,
    show: Callable[[Sequence[Any]], list[str]],
    echo: QueryEcho,
) -> Response:
    """Return the page that the parameters ask for, with its links and what is to be said about it."""
    sort = str(parameters.sort)
    bound_to = query_hash(own_path(request), parameters)
    listing = found.listing
    place = None
    if parameters.cursor is not None:
        place = decode_cursor(parameters.cursor, bound_to, listing.key_types(sort))
    settle(request)
    rows, number = _read(request, connection, found, place, parameters)
    shown = window(rows, place, parameters.limit)
    meta = Meta(
        limit=parameters.limit,
        returned=len(shown.rows),
        total=total(number, parameters.count),
        sort=sort,
        query={**echo, "count": str(parameters.count)},
    )
    around = links(request, shown, bound_to)
    results = ",".join(show(shown.rows))
    body = f'{{"results":[{results}],"links":{around.model_dump_json()},"meta":{meta.model_dump_json()}}}'
    return Response(body.encode(), media_type=JSON, headers={"Link": link_header(around)})


def _read(
    request: Request,
    connection: Connection,
    found: Found,
    place: Place | None,
    parameters: ListQuery | MentionsQuery,
) -> tuple[Sequence[Any], int | None]:
    """Return the rows of a page and the total, which is counted unless it is remembered; note the revision,
    which costs no query of its own.
    """
    exchange: Exchange = request.state.exchange
    how = counting(parameters.count)
    key = ("total", found.listing, frozenset(found.values.items()), how.bound)
    known = exchange.recall([key]) if how.wanted else None
    read = read_page(
        connection,
        found.listing,
        sort=str(parameters.sort),
        place=place,
        limit=parameters.limit,
        counting=how if known is None else Counting(wanted=False),
        values=found.values,
    )
    if read.facts is not None:
        exchange.validators = validators_at(request, read.facts.revision, read.facts.committed_at)
    if known is not None:
        return read.rows, known[key]
    number = None if read.facts is None else read.facts.total
    if number is not None:
        exchange.lookups.found[key] = number
    return read.rows, number
