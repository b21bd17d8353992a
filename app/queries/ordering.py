"""Orders that end on a unique column, and the page behind or before a place in them (keyset pagination)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Subquery, and_, func, literal, literal_column, or_, select, tuple_

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
    """What a list shows: rows without an order, the orders they can have, and a row each to count.

    `attach` makes the shown rows from a subquery of the keys of a page, when the rows themselves have no more
    than keys: what is shown is then fetched for the page alone, not for everything that is sorted.
    """

    rows: Query
    orders: Mapping[str, Order]
    counted: Query
    attach: Callable[[Subquery], Query] | None = None


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
    found = rows.order_by(*_directed([each.column for each in order], order, backwards=backwards)).limit(
        limit + 1
    )
    if listing.attach is None:
        return found
    keys = found.subquery("page")
    columns = [keys.c[f"key_{n}"] for n in range(len(order))]
    return (
        listing.attach(keys).add_columns(*columns).order_by(*_directed(columns, order, backwards=backwards))
    )


def _directed(
    columns: Sequence[ColumnElement[Any]], order: Order, *, backwards: bool
) -> list[ColumnElement[Any]]:
    pairs = zip(columns, order, strict=True)
    return [column.desc() if each.descending != backwards else column.asc() for column, each in pairs]


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
