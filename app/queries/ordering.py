"""Orders that end on a unique column, and the page behind or before a place in them (keyset pagination)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, func, literal, literal_column, or_, select, tuple_

from app.queries.associations import Query

BOUND = 1_000
"""Where a bounded count stops: counting further costs more than the page itself."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A column of an order."""

    column: ColumnElement[Any]
    descending: bool = False


Order: TypeAlias = tuple[Sort, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What a list shows: rows without an order, the orders they can have, and a row each to count."""

    rows: Query
    orders: Mapping[str, Order]
    counted: Query


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an order: behind the row with these values, or before it when `backwards`."""

    values: tuple[int | str, ...]
    backwards: bool = False


def page(listing: Listing, sort: str, place: Place | None, limit: int) -> Query:
    """Return `limit` rows and one more, behind the place or, last row first, before it.

    The columns `key_0`, `key_1`, ... of a row are its place in the order.
    """
    order = listing.orders[sort]
    backwards = place is not None and place.backwards
    rows = listing.rows.add_columns(*(each.column.label(f"key_{n}") for n, each in enumerate(order)))
    if place is not None:
        rows = rows.where(behind(order, place))
    columns = (each.column.desc() if each.descending != backwards else each.column.asc() for each in order)
    return rows.order_by(*columns).limit(limit + 1)


def behind(order: Order, place: Place) -> ColumnElement[bool]:
    """Return whether a row comes behind the place, or before it when the place says so.

    Columns that run the same way are compared as one row value, which an index can answer.
    """
    steps = [
        (each.column, literal(value, each.column.type), each.descending != place.backwards)
        for each, value in zip(order, place.values, strict=True)
    ]
    if len({descending for *_, descending in steps}) == 1 and len(steps) > 1:
        here = tuple_(*(column for column, _, _ in steps))
        there = tuple_(*(value for _, value, _ in steps))
        first, bound, descending = steps[0]
        near = first <= bound if descending else first >= bound
        return and_(near, here < there if descending else here > there)
    return _any_step(steps)


def _any_step(steps: Sequence[tuple[ColumnElement[Any], ColumnElement[Any], bool]]) -> ColumnElement[bool]:
    options = []
    for depth, (column, value, descending) in enumerate(steps):
        equal = [before == bound for before, bound, _ in steps[:depth]]
        options.append(and_(*equal, column < value if descending else column > value))
    return or_(*options)


def count(counted: Query, *, bounded: bool) -> Query:
    """Return the number of rows; a bounded count stops one behind `BOUND`."""
    rows = counted.limit(BOUND + 1) if bounded else counted
    return select(func.count(literal_column("1"))).select_from(rows.subquery())
