"""Article ids that follow publication time: newest first is a range read without a sort.

An id is the seconds since 1900 of `published_at`, shifted left by 30 bits, plus 30 bits of the
key's hash. Seconds 0 stand for an unknown date, so undated articles come last when newest is first.
"""

import hashlib
from datetime import UTC, datetime, timedelta

EPOCH = datetime(1900, 1, 1, tzinfo=UTC)
EARLIEST = datetime(1900, 1, 2, tzinfo=UTC)
LATEST = datetime(2151, 1, 1, tzinfo=UTC)  # exclusive: dates up to 2150 count as known
HASH_BITS = 30
FIRST_DATED = int((EARLIEST - EPOCH).total_seconds()) << HASH_BITS
"""The smallest id of a dated article."""


def article_id(published_at: datetime | None, key: str) -> int:
    """Return the id that an article of this date and key has, if it is still free."""
    digest = hashlib.sha256(key.encode()).digest()
    low = int.from_bytes(digest[:8], "big") & ((1 << HASH_BITS) - 1)
    return first_id(published_at) + low


def first_id(published_at: datetime | None) -> int:
    """Return the smallest id of that second; 0 for an unknown date."""
    if published_at is None or not EARLIEST <= published_at < LATEST:
        return 0
    return ((published_at - EPOCH) // timedelta(seconds=1)) << HASH_BITS


def published_order(id_: int) -> tuple[bool, int]:
    """Return what sorts ids the earliest first, and behind all of them those of articles without a date."""
    return id_ < FIRST_DATED, id_
