"""Which slug a record gets when another record has the one that its name gives.

The first to come keeps the plain slug; the next one gets `-2`, then `-3`. A slug never changes hands.
"""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

Wanted = TypeVar("Wanted")
Held = TypeVar("Held")


def settle(
    wanted: Mapping[Wanted, str],
    *,
    holders: Callable[[Collection[str]], Mapping[str, Held]],
    same: Callable[[Wanted, Held], bool],
) -> dict[Wanted, tuple[str, Held | None]]:
    """Return for each record its slug and the row that it is, null when it is new.

    `wanted` gives each record's plain slug, `holders` the rows that have one of some slugs, `same` tells
    whether a row is the record. One look-up, and one more for each suffix that is needed.
    """
    settled: dict[Wanted, tuple[str, Held | None]] = {}
    open_ = dict(wanted)
    claimed: set[str] = set()
    suffix = 1
    while open_:
        held = holders({_suffixed(slug, suffix) for slug in open_.values()})
        for record, plain in list(open_.items()):
            slug = _suffixed(plain, suffix)
            row = held.get(slug)
            if slug in claimed or (row is not None and not same(record, row)):
                continue
            if row is None:
                claimed.add(slug)
            settled[record] = (slug, row)
            del open_[record]
        suffix += 1
    return settled


def _suffixed(slug: str, number: int) -> str:
    return slug if number == 1 else f"{slug}-{number}"
