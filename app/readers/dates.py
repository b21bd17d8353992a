"""Publication times as they are printed, with the precision they are known to.

A time without a zone is known to the day only: the outlet's zone is not ours to guess.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from app.domain.article import Precision

EARLIEST = datetime(1900, 1, 2, tzinfo=UTC)  # article ids count seconds from 1900; 0 is "unknown"
LATEST = datetime(2150, 1, 1, tzinfo=UTC)  # where the seconds run out of the id's bits
# Clocks and zones differ: a time up to a day ahead is believed.
TOLERANCE = timedelta(days=1)

MONTHS_A_YEAR = 12
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>\d{4})"
# What may follow a printed day: "9:30 a.m. ET", "at 17:05 EST". It is passed over: see the module's contract.
CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}(?::\d{2}){1,2}(?:\s*[ap]\.?m\.?)?(?:\s+[A-Z]{1,5})?)?"
PRINTED = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{WEEKDAY}{MONTH}\s+{DAY},?\s+{YEAR}{CLOCK}",  # Feb. 14, 2020
        rf"{WEEKDAY}{DAY}\s+{MONTH},?\s+{YEAR}{CLOCK}",  # 14 February 2020
        rf"{MONTH},?\s+{YEAR}",  # February 2020
        rf"{YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{DAY}",  # 2020/2/14
        r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4})",  # 2/14/2020, not 3/4/2020
        rf"{YEAR}-(?P<month>\d{{2}})",
        YEAR,
    )
)
ISO = re.compile(r"\d{4}-?(\d\d|W)", re.ASCII)
UNIVERSAL_TIME = re.compile(r"\s*(?:UTC|GMT)$")  # 2020-02-14 09:30 UTC
ZONE_APART = re.compile(r"\s+([+-]\d)")  # 2020-02-14 09:30 -0500
RFC_822 = re.compile(
    r"(?:[a-z]{3},\s*)?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(?::\d\d)?(?: \S+)?", re.ASCII | re.IGNORECASE
)


class Published(NamedTuple):
    """A publication time; both null when `warning` says why it is unknown."""

    at: datetime | None = None
    precision: Precision | None = None
    warning: str | None = None


def parse_published(value: str, *, now: datetime) -> Published:
    """Return the time that `value` names: aware UTC, the start of its period when coarser than an instant.

    Impossible, ambiguous and future times, and those outside 1900-01-02..2150, are unknown, with a warning.
    """
    given = " ".join(value.split())
    if not given:
        return Published()
    try:
        found = _first(given)
    except (ValueError, OverflowError) as error:
        return Published(warning=f"published_at {given[:60]!r} is not a date: {error}")
    if found is None:
        return Published(warning=f"published_at {given[:60]!r} is not in a known form")
    return _plausible(found, given=given, now=now)


def _plausible(found: tuple[datetime, Precision], *, given: str, now: datetime) -> Published:
    at, precision = found
    if at > now + TOLERANCE:
        return Published(warning=f"published_at {given[:60]!r} lies in the future")
    if not EARLIEST <= at < LATEST:
        return Published(warning=f"published_at {given[:60]!r} lies outside 1900-01-02..2150")
    return Published(at, precision)


def _first(given: str) -> tuple[datetime, Precision] | None:
    forms: tuple[Callable[[str], tuple[datetime, Precision] | None], ...] = (_rfc822, _printed, _iso)
    return next((found for form in forms if (found := form(given)) is not None), None)


def _printed(given: str) -> tuple[datetime, Precision] | None:
    matches = (pattern.fullmatch(given) for pattern in PRINTED)
    match = next((match for match in matches if match is not None), None)
    if match is None:
        return None
    parts = match.groupdict()
    year = int(parts["year"])
    if "first" in parts:
        return _midnight(_month_and_day(year, int(parts["first"]), int(parts["second"]))), Precision.DAY
    month = parts.get("month")
    if month is None:
        return _midnight(date(year, 1, 1)), Precision.YEAR
    number = int(month) if month.isdigit() else MONTHS[month.casefold()]
    if parts.get("day") is None:
        return _midnight(date(year, number, 1)), Precision.MONTH
    return _midnight(date(year, number, int(parts["day"]))), Precision.DAY


def _month_and_day(year: int, first: int, second: int) -> date:
    if max(first, second) <= MONTHS_A_YEAR and first != second:
        raise ValueError("day and month can be read two ways")
    return date(year, first, second) if first <= MONTHS_A_YEAR else date(year, second, first)


def _iso(given: str) -> tuple[datetime, Precision] | None:
    if not ISO.match(given):
        return None
    in_zone = ZONE_APART.sub(r"\1", UNIVERSAL_TIME.sub("+00:00", given))
    return _with_zone(datetime.fromisoformat(in_zone))


def _rfc822(given: str) -> tuple[datetime, Precision] | None:
    if not RFC_822.fullmatch(given):
        return None
    return _with_zone(parsedate_to_datetime(given))


def _with_zone(at: datetime) -> tuple[datetime, Precision]:
    if at.tzinfo is None:
        return _midnight(at.date()), Precision.DAY
    return at.astimezone(UTC), Precision.INSTANT


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
