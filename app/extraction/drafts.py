"""Statements before their speakers are known: what the statement components hand to the resolver."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.annotation import StatementKind
from app.domain.span import Span


class SourceHint(StrEnum):
    """Where the source words stand, when that decides how they are resolved."""

    CLAUSE = "clause"  # subject of the cue, "according to X", apposition: the usual case
    ATTRIBUTION_LINE = "attribution_line"  # a line of its own under a block quote
    CARRIED_OVER = "carried_over"  # no source here: the speaker of draft `continues`


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDraft:
    """A statement with its spans; spans count characters of the text (`doc.text`).

    `continues` is the index, in the list of drafts, of the draft whose speaker goes on, when the
    hint is carried over. `score` in [0, 1] is how sure the component is that this is a statement
    with these boundaries.
    """

    kind: StatementKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    hint: SourceHint = SourceHint.CLAUSE
    continues: int | None = None
    score: float
