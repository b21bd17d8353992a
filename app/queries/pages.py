"""The statements of what every list reads: a page, how many rows there are, the revision of both."""

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import String, select, true, type_coerce

from app.queries.associations import Query
from app.queries.ordering import (
    Direction,
    Listing,
    count,
    directed,
    page,
)
from app.queries.slots import KEPT
from app.queries.status import state_columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Whether rows are counted, and where counting stops; without a bound it does not."""

    wanted: bool = True
    bound: int | None = None


@lru_cache(KEPT)
def page_with_state(listing: Listing, sort: str, direction: Direction) -> Query:
    """Return the statement of a page whose rows bear the revision and its instant, as it is stored."""
    revision, committed_at = state_columns()
    raw = type_coerce(committed_at, String()).label(committed_at.key)
    return page(listing, sort, direction).add_columns(revision, raw)


@lru_cache(KEPT)
def facts_of(listing: Listing, counting: Counting) -> Query:
    """Return the statement of the facts: one row."""
    if not counting.wanted:
        return select(*state_columns())
    return count(listing.counted, counting.bound).add_columns(*state_columns())


@lru_cache(KEPT)
def page_with_facts(listing: Listing, sort: str, direction: Direction, counting: Counting) -> Query:
    """Return the statement of a page whose rows bear the facts; an empty one is a row without keys."""
    shown = page(listing, sort, direction).subquery("page")
    facts = facts_of(listing, counting).subquery("facts")
    rows = select(shown, facts).select_from(facts.outerjoin(shown, true()))
    return rows.order_by(*directed(shown, listing.parts[0].orders[sort], direction))
