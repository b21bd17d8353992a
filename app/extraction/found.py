"""A statement while it is being put together: what finders add to."""

from dataclasses import dataclass, field

from app.domain.annotation import StatementKind
from app.domain.span import Span
from app.extraction.drafts import SourceHint


@dataclass(slots=True, kw_only=True, eq=False)
class Found:
    """One statement under construction; spans count characters."""

    kind: StatementKind
    content: list[Span]
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    hint: SourceHint = SourceHint.CLAUSE
    continues: "Found | None" = None
    score: float
    paragraph: int
    end: int  # token behind the frame or block that holds it
    quotes: list[int] = field(default_factory=list)  # quotations that its content takes up
    confirmed: bool = False  # rules read the same words with the same cue, beside the networks
