"""Publication dates as they are asked for: years, months, days, instants, and the ids they stand for."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, and_, or_

from app.db.article_ids import EARLIEST, FIRST_DATED, LATEST, first_id
from app.queries.slots import Slot

LAST_ID = 2**63 - 1
"""Larger than the id of any article."""

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(?:\.0+)?)?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)
_FORMS = (
    "Give a year (2020), a month (2020-02), a date (2020-02-14) or an instant with its zone "
    "(2020-02-14T12:00:00Z; to the second; in a URL, '+' is written %2B)."
)


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` until before `end`, aware UTC; null where the calendar of the language ends."""

    start: datetime | None
    end: datetime | None


@dataclass(frozen=True, slots=True)
class IdRange:
    """Article ids from `first` until before `end`."""

    first: int | Slot
    end: int | Slot


def parse_period(text: str) -> Period:
    """Return the whole period that `text` names at the precision it is written in.

    Raises ValueError with a sentence that tells which forms there are.
    """
    date = _DATE.fullmatch(text)
    try:
        return _of_date(*date.groups()) if date else _of_instant(text)
    except (ValueError, OverflowError) as error:
        raise ValueError(_FORMS) from error


def published_between(start: Period | None, end: Period | None) -> IdRange | None:
    """Return the ids of articles published from the start of `start` to the end of `end`, both inclusive.

    Undated articles are never in it. Null when nothing is asked.
    """
    if start is None and end is None:
        return None
    first = FIRST_DATED if start is None else _bound(start.start, beyond=FIRST_DATED)
    last = LAST_ID if end is None else _bound(end.end, beyond=LAST_ID)
    return IdRange(first, last)


def published_before(one: ColumnElement[int], other: ColumnElement[int]) -> ColumnElement[bool]:
    """Return whether an article is before another one, by their ids: undated ones come behind all dated."""
    undated = other < FIRST_DATED
    return or_(and_(one >= FIRST_DATED, or_(undated, one < other)), and_(undated, one < other))


def _bound(instant: datetime | None, *, beyond: int) -> int:
    if instant is None:
        return beyond
    if instant <= EARLIEST:
        return FIRST_DATED
    return first_id(instant) if instant < LATEST else LAST_ID


def _of_date(year: str, month: str | None, day: str | None) -> Period:
    start = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
    try:
        if day is not None:
            return Period(start, start + timedelta(days=1))
        if month is not None:
            return Period(start, (start + timedelta(days=31)).replace(day=1))
        return Period(start, start.replace(year=start.year + 1))
    except (ValueError, OverflowError):
        return Period(start, None)  # the year 9999


def _of_instant(text: str) -> Period:
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    start = datetime.fromisoformat(text).astimezone(UTC)
    return Period(start, start + (timedelta(seconds=1) if match[1] else timedelta(minutes=1)))
