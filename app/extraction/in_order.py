"""What a text names, in its order: who alone is named in a part of it."""

from bisect import bisect_left
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class InOrder(Generic[T]):
    """Mentions by where they begin, in tokens or in characters. A look-up costs the same whatever the number
    of mentions: a text may be nothing but names.
    """

    def __init__(self, mentions: Iterable[tuple[int, T]]) -> None:
        ordered = sorted(mentions, key=lambda mention: mention[0])
        self._starts = [start for start, _ in ordered]
        self._named = [named for _, named in ordered]
        self._other: list[int] = []  # for each mention, the number of the last one of something else, or -1
        for number, named in enumerate(self._named):
            before = number - 1
            same = before >= 0 and self._named[before] == named
            self._other.append(self._other[before] if same else before)

    def last(self, since: int, before: int) -> tuple[T, ...]:
        """Return what is named last from `since` on and before `before`, and what else last: at most two."""
        number = bisect_left(self._starts, before) - 1
        found: tuple[T, ...] = ()
        while number >= 0 and self._starts[number] >= since and len(found) < 2:  # noqa: PLR2004 - one and another
            found = (*found, self._named[number])
            number = self._other[number]
        return found
