"""Orders that end on a unique column, and the page behind or before a place in them (keyset pagination)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Subquery,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    union_all,
)

from app.queries.associations import Query
from app.queries.slots import KEPT


@dataclass(frozen=True, slots=True)
class Sort:
    """A column of an order."""

    column: ColumnElement[Any]
    descending: bool = False


Order: TypeAlias = tuple[Sort, ...]

_LIMIT = bindparam("rows", type_=Integer())


class Direction(Enum):
    """Where a page stands."""

    FIRST = "first"
    BEHIND = "behind"  # a place
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in an order: behind the row with these values, or before it when `backwards`."""

    values: tuple[int | str, ...]
    backwards: bool = False


def direction_of(place: Place | None) -> Direction:
    """Return where a page stands that begins or ends at a place."""
    if place is None:
        return Direction.FIRST
    return Direction.BEFORE if place.backwards else Direction.BEHIND


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows without an order, and the orders they can have by name."""

    query: Query
    orders: Mapping[str, Order]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listing:
    """What a list shows: rows in parts that have no row in common, and a row each to count.

    `attach` makes the shown rows from a subquery of the keys of a page, when the rows themselves have no more
    than keys: what is shown is then fetched for the page alone, not for everything that is sorted.
    """

    parts: tuple[Rows, ...]
    counted: Query
    attach: Callable[[Subquery], Query] | None = None

    def key_types(self, sort: str) -> list[type]:
        """Return the types of the columns of an order."""
        return [each.column.type.python_type for each in self.parts[0].orders[sort]]


@lru_cache(KEPT)
def page(listing: Listing, sort: str, direction: Direction) -> Query:
    """Return the statement of a page; `page_parameters` are what it is executed with.

    It gives one row more than the page shows, from a place on or, last row first, back from it. The columns
    `key_0`, `key_1`, ... of a row are its place in the order.
    """
    orders = [rows.orders[sort] for rows in listing.parts]
    pages = [_part(rows.query, rows.orders[sort], direction) for rows in listing.parts]
    if len(pages) == 1 and listing.attach is None:
        return pages[0]
    keys = pages[0].subquery("page")
    if len(pages) > 1:  # the first rows of each part, and of these the first: each part is walked no further
        merged = union_all(*(select(each.subquery()) for each in pages)).subquery("parts")
        found = select(merged).order_by(*directed(merged, orders[0], direction)).limit(_LIMIT)
        if listing.attach is None:
            return found
        keys = found.subquery("page")
    assert listing.attach is not None  # noqa: S101 - a page in one part without it has been returned
    shown = listing.attach(keys).add_columns(*_keys(keys, orders[0]))
    return shown.order_by(*directed(keys, orders[0], direction))


def page_parameters(place: Place | None, limit: int) -> dict[str, int | str]:
    """Return what a page behind or before a place is executed with."""
    values = () if place is None else place.values
    return {"rows": limit + 1, **{f"place_{n}": value for n, value in enumerate(values)}}


def _part(rows: Query, order: Order, direction: Direction) -> Query:
    """Return the first rows of a part in the order, or those behind or before the place."""
    keyed = rows.add_columns(*(each.column.label(f"key_{n}") for n, each in enumerate(order)))
    if direction is not Direction.FIRST:
        keyed = keyed.where(behind(order, backwards=direction is Direction.BEFORE))
    columns = [
        each.column.desc() if each.descending != (direction is Direction.BEFORE) else each.column.asc()
        for each in order
    ]
    return keyed.order_by(*columns).limit(_LIMIT)


def _keys(rows: FromClause, order: Order) -> list[ColumnElement[Any]]:
    return [rows.c[f"key_{n}"] for n in range(len(order))]


def directed(rows: FromClause, order: Order, direction: Direction) -> list[ColumnElement[Any]]:
    """Return the order of rows by their columns `key_0`, `key_1`, ..."""
    pairs = zip(_keys(rows, order), order, strict=True)
    backwards = direction is Direction.BEFORE
    return [column.desc() if each.descending != backwards else column.asc() for column, each in pairs]


def behind(order: Order, *, backwards: bool) -> ColumnElement[bool]:
    """Return whether a row comes behind the place, or before it.

    Columns that run the same way are compared as one row value, which an index can answer.
    """
    steps = [
        (each.column, bindparam(f"place_{n}", type_=each.column.type), each.descending != backwards)
        for n, each in enumerate(order)
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


def count(counted: Query, bound: int | None = None) -> Query:
    """Return the number of rows; one that is bounded stops one behind its bound."""
    rows = counted if bound is None else counted.limit(bound + 1)
    return select(func.count(literal_column("1")).label("total")).select_from(rows.subquery())
