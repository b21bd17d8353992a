"""Which corrections are in force, and who a speaker or organization is by them; pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from app.domain.corrections import Concerned, Correctable, Correction, CorrectionAction, Order

FIRST: Order = (datetime.min.replace(tzinfo=UTC), "")
"""Before all corrections."""


def in_force(corrections: Iterable[Correction]) -> dict[Concerned, Correction]:
    """Return the last correction of each thing, without those that were undone."""
    last: dict[Concerned, Correction] = {}
    for correction in corrections:
        before = last.get(correction.concerns)
        if before is None or before.order < correction.order:
            last[correction.concerns] = correction
    return {of: one for of, one in last.items() if one.action is not CorrectionAction.UNDO}


@dataclass(frozen=True, slots=True)
class Identities:
    """Who is who by the merges and splits that are in force.

    They hold as if made one after the other: who was split off and merged later went both ways, and a merge
    says nothing about what a split before it took away.
    """

    in_force: Mapping[Concerned, Correction]

    def steps(
        self, of: Correctable, slug: str, *, article: str | None = None, since: Order = FIRST
    ) -> Iterator[Correction]:
        """Yield the corrections that lead from a slug on, in an article, of those made after `since`."""
        while (step := self._next(of, slug, article, since)) is not None:
            yield step
            slug, since = target_of(step), step.order

    def now(self, of: Correctable, slug: str, *, article: str | None = None, since: Order = FIRST) -> str:
        """Return the slug of the one that a slug means in an article."""
        for step in self.steps(of, slug, article=article, since=since):
            slug = target_of(step)
        return slug

    def _next(self, of: Correctable, slug: str, article: str | None, since: Order) -> Correction | None:
        places = {None, article}
        found = (self.in_force.get((of, slug, place)) for place in places)
        later = [one for one in found if one is not None and one.order > since]
        return min(later, key=lambda one: one.order, default=None)


def target_of(correction: Correction) -> str:
    """Return the slug that a merge or a split leads to. Raises ValueError for one that names none."""
    if correction.after is None or correction.after.slug is None:
        raise ValueError(f"correction {correction.key}: a {correction.action} has a target")
    return correction.after.slug
