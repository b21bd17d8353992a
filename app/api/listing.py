"""The one way in which every list answers: understand the query, select a page, count, and wrap it up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import Connection

from app.api.conditions import validators_at
from app.api.dependencies import answer
from app.api.pagination import (
    Count,
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
from app.api.resolution import Record
from app.api.settling import JSON, Exchange, settle
from app.api.understanding import Preset, is_bounded, understand
from app.queries import ordering
from app.queries.associations import Relations
from app.queries.filters import MENTIONED, Filters
from app.queries.ordering import Listing
from app.queries.status import state_columns
from app.schemas.listing import Meta, QueryEcho


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is asked for: the filters, the parameters beside them, the record that the path names."""

    filters: Filters
    parameters: ListQuery
    record: Record | None


Show = Callable[[Connection, Asked, Sequence[Any]], list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What a list is a list of.

    `listing` makes the query; `show` makes the JSON of each row of a page. `relations` are those of
    organizations when the query says none. `bounded` are the filters of which one value is one range of one
    index; null when no page of this list is bounded.
    """

    listing: Callable[[Asked], Listing]
    show: Show
    relations: Relations = MENTIONED
    bounded: frozenset[str] | None = None


async def list_records(
    request: Request, parameters: ListQuery, resource: Resource, *, below: tuple[str, str] | None = None
) -> Response:
    """Return a page of the resource. `below` is the filter that the path presets, with its slug or key."""

    def work(connection: Connection) -> Response:
        preset = None if below is None else Preset(below[0], at_path(connection, *below))
        filters, echo = understand(connection, parameters, relations=resource.relations, preset=preset)
        asked = Asked(filters, parameters, None if preset is None else preset.record)

        def show(rows: Sequence[Any]) -> list[str]:
            return resource.show(connection, asked, rows)

        listing = resource.listing(asked)
        return list_page(request, connection, parameters=parameters, listing=listing, show=show, echo=echo)

    bounded = resource.bounded is not None and is_bounded(
        parameters, resource.bounded, preset=None if below is None else below[0]
    )
    return await answer(request, work, bounded=bounded)


def list_page(
    request: Request,
    connection: Connection,
    *,
    parameters: ListQuery | MentionsQuery,
    listing: Listing,
    show: Callable[[Sequence[Any]], list[str]],
    echo: QueryEcho,
) -> Response:
    """Return the page that the parameters ask for, with its links and what is to be said about it."""
    sort = str(parameters.sort)
    bound_to = query_hash(own_path(request), parameters)
    kinds = [each.column.type.python_type for each in listing.orders[sort]]
    place = None if parameters.cursor is None else decode_cursor(parameters.cursor, bound_to, kinds)
    settle(request)
    rows = connection.execute(ordering.page(listing, sort, place, parameters.limit)).all()
    found = window(rows, place, parameters.limit)
    meta = Meta(
        limit=parameters.limit,
        returned=len(found.rows),
        total=total(_count(connection, request, listing, parameters.count), parameters.count),
        sort=sort,
        query={**echo, "count": str(parameters.count)},
    )
    around = links(request, found, bound_to)
    results = ",".join(show(found.rows))
    body = f'{{"results":[{results}],"links":{around.model_dump_json()},"meta":{meta.model_dump_json()}}}'
    return Response(body.encode(), media_type=JSON, headers={"Link": link_header(around)})


def _count(connection: Connection, request: Request, listing: Listing, how: Count) -> int | None:
    """Return how many results there are, and note the revision on the way: it costs no query of its own."""
    if how is Count.NONE:
        return None
    query = ordering.count(listing.counted, bounded=how is Count.BOUNDED).add_columns(*state_columns())
    row = connection.execute(query).one()
    exchange: Exchange = request.state.exchange
    exchange.validators = validators_at(request, row.revision, row.committed_at)
    number: int = row[0]
    return number
