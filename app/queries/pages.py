"""What every list reads: a page of rows, how many there are, and the revision at which both stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, select, true

from app.queries.associations import Query
from app.queries.ordering import (
    Direction,
    Listing,
    Place,
    count,
    directed,
    direction_of,
    page,
    page_parameters,
)
from app.queries.slots import KEPT
from app.queries.status import state_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Whether rows are counted, and where counting stops; without a bound it does not."""

    wanted: bool = True
    bound: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told about a list beside its page: `total` is null when nothing was counted, the others before
    the first commit.
    """

    total: int | None
    revision: int | None
    committed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReadPage:
    """The rows of a page, one more than it shows, and what was read along with them; null for nothing."""

    rows: Sequence[Any]
    facts: Facts | None


def read_page(
    connection: Connection,
    listing: Listing,
    *,
    sort: str,
    place: Place | None,
    limit: int,
    counting: Counting,
    values: Mapping[str, Any],
) -> ReadPage:
    """Return the page of a listing behind or before a place; `values` are those of its filters.

    On PostgreSQL all is one statement: each costs a journey. SQLite is asked twice, since it would tell the
    facts anew for each row.
    """
    direction = direction_of(place)
    given = {**values, **page_parameters(place, limit)}
    if connection.dialect.name == "postgresql":
        rows = connection.execute(_page_with_facts(listing, sort, direction, counting), given).all()
        return ReadPage([] if rows[0].key_0 is None else rows, _facts(rows[0], counting))
    rows = connection.execute(page(listing, sort, direction), given).all()
    if not counting.wanted:
        return ReadPage(rows, None)
    return ReadPage(rows, _facts(connection.execute(_facts_of(listing, counting), values).one(), counting))


def _facts(row: Any, counting: Counting) -> Facts:  # noqa: ANN401 - a row of whatever columns
    return Facts(row.total if counting.wanted else None, row.revision, row.committed_at)


@lru_cache(KEPT)
def _facts_of(listing: Listing, counting: Counting) -> Query:
    """Return the statement of the facts: one row."""
    if not counting.wanted:
        return select(*state_columns())
    return count(listing.counted, counting.bound).add_columns(*state_columns())


@lru_cache(KEPT)
def _page_with_facts(listing: Listing, sort: str, direction: Direction, counting: Counting) -> Query:
    """Return the statement of a page whose rows bear the facts; an empty one is a row without keys."""
    shown = page(listing, sort, direction).subquery("page")
    facts = _facts_of(listing, counting).subquery("facts")
    rows = select(shown, facts).select_from(facts.outerjoin(shown, true()))
    return rows.order_by(*directed(shown, listing.parts[0].orders[sort], direction))
