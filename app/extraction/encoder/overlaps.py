"""How much of two spans, or of the words of two statements, is the same."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from app.domain.span import Span
from app.extraction.found import Found

_WORD = re.compile(r"\w+")


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def share_cue(one: Found, other: Found) -> bool:
    """Tell whether two statements have a character of their cues in common."""
    return any(overlap(mine, theirs) for mine in one.cue for theirs in other.cue)


def word_starts(text: str, content: Sequence[Span]) -> frozenset[int]:
    """Return where the words in the spans begin."""
    return frozenset(
        match.start() for span in content for match in _WORD.finditer(text, span.start, span.end)
    )


def likeness(one: AbstractSet[int], other: AbstractSet[int]) -> float:
    """Return how many of the words in either content are in both: between 0 and 1."""
    return len(one & other) / len(one | other) if one else 0.0
