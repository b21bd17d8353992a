"""Names that earlier requests looked up, remembered for as long as the corpus stays as it is.

A request uses what is remembered before it knows whether the corpus has changed: that costs a query of its
own, but every answer reads the revision on its way. When it has changed, the request is answered once more,
with look-ups of its own (`app.api.dependencies.answer`). Only what was found is remembered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

MOST_REMEMBERED = 10_000
"""Names: some 5 MB. What is remembered is dropped when there are more."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record that a value or a path was understood as."""

    id: int
    slug: str
    name: str | None


Key: TypeAlias = tuple[str, str]
"""A filter, or a path, and what was written there."""

Records: TypeAlias = tuple[Record, ...]


class Memory:
    """What all requests of a process have looked up, at one revision of the corpus."""

    def __init__(self) -> None:
        self._at: tuple[int | None, dict[Key, Records]] = (None, {})  # replaced as one: threads read it

    def lookups(self) -> "Lookups":
        """Return the look-ups of a new request."""
        return Lookups(*self._at)

    def keep(self, revision: int | None, found: Mapping[Key, Records]) -> None:
        """Remember what was found at a revision, and nothing of another one."""
        if revision is None or not found:
            return
        at, known = self._at
        if at != revision or len(known) + len(found) > MOST_REMEMBERED:
            known = {}
        known.update(found)
        self._at = (revision, known)


@dataclass(slots=True)
class Lookups:
    """The look-ups of one request: what may be recalled, of which revision, and what was found anew."""

    revision: int | None
    _known: Mapping[Key, Records]
    found: dict[Key, Records] = field(default_factory=dict)
    _recalled: bool = False

    def recall(self, keys: Iterable[Key], *, revision: int | None) -> dict[Key, Records] | None:
        """Return what is remembered of all the keys, null when something is not: then one query finds all.

        `revision` is that of the corpus, null when the request does not know it yet.
        """
        if self.revision is None or revision not in {None, self.revision}:
            return None
        known = {key: self._known.get(key) for key in keys}
        recalled = {key: records for key, records in known.items() if records is not None}
        if len(recalled) < len(known):
            return None
        self._recalled = True
        return recalled

    def misled(self, revision: int | None) -> bool:
        """Tell whether something was recalled that is of another revision than the corpus is."""
        return self._recalled and revision != self.revision

    def forget(self) -> None:
        """Recall nothing from now on."""
        self.revision, self._recalled = None, False
