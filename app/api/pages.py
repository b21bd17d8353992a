"""What every list reads: a page of rows, how many there are, and the revision at which both stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from app.queries.ordering import Listing, Place, direction_of, page, page_parameters
from app.queries.pages import Counting, facts_of, page_with_facts, page_with_state


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
    """The rows of a page, one more than it shows, and what was read along with them, if anything was."""

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

    On PostgreSQL all is one statement: each costs a journey. SQLite counts in a statement of its own, which
    is cheaper there; without counting, the rows bear the revision.
    """
    direction = direction_of(place)
    given = {**values, **page_parameters(place, limit)}
    if connection.dialect.name == "postgresql":
        rows = connection.execute(page_with_facts(listing, sort, direction, counting), given).all()
        return ReadPage([] if rows[0].key_0 is None else rows, _facts(rows[0], counting))
    if counting.wanted:
        rows = connection.execute(page(listing, sort, direction), given).all()
        counted = connection.execute(facts_of(listing, counting), values).one()
        return ReadPage(rows, _facts(counted, counting))
    rows = connection.execute(page_with_state(listing, sort, direction), given).all()
    return ReadPage(rows, _state(rows[0]) if rows else None)


def _facts(row: Any, counting: Counting) -> Facts:  # noqa: ANN401 - a row of whatever columns
    return Facts(row.total if counting.wanted else None, row.revision, row.committed_at)


def _state(row: Any) -> Facts:  # noqa: ANN401 - a row of whatever columns
    """Return the facts of a row that bears the instant as SQLite stores it: to read it costs more than the
    rest, and each row would be read.
    """
    stored = row.committed_at
    instant = None if stored is None else datetime.fromisoformat(stored).replace(tzinfo=UTC)
    return Facts(None, row.revision, instant)
