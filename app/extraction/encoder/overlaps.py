"""How much of two spans, or of the words of two statements, is the same."""

import re
from collections.abc import Sequence

from app.domain.span import Span
from app.extraction.found import Found

_WORD = re.compile(r"\w+")


def overlap(one: Span, other: Span) -> bool:
    """Tell whether two spans share a character."""
    return one.start < other.end and other.start < one.end


def share_cue(one: Found, other: Found) -> bool:
    """Tell whether two statements have a character of their cues in common."""
    return any(overlap(mine, theirs) for mine in one.cue for theirs in other.cue)


def likeness(text: str, one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return how many of the words in either content are in both: between 0 and 1."""
    mine, theirs = _words(text, one), _words(text, other)
    return len(mine & theirs) / len(mine | theirs) if mine else 0.0


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    """Return where the words in the spans begin."""
    return {match.start() for span in spans for match in _WORD.finditer(text, span.start, span.end)}
