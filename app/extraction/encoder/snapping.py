"""Quotation marks as hard boundaries: what the networks found is moved to the marks beside it."""

import re
from collections.abc import Iterator, Sequence

from app.domain.span import Span
from app.extraction.encoder.overlaps import overlap
from app.extraction.quotations import Quotation

WHOLE = 0.5
"""Share of a quotation's words from which on all of it is content."""

_WORD = re.compile(r"\w+")


def snap(
    text: str, content: Sequence[Span], *, quotations: Sequence[Quotation], keep_out: Sequence[Span]
) -> list[Span]:
    """Return the content with its edges at quotation marks where they stand beside one.

    A quotation of which most is content becomes content as a whole, unless a span of `keep_out`, the
    cue or the source, lies in it. Spans are in order and apart.
    """
    near = [one for one in quotations if any(overlap(one.inner, span) for span in content)]
    spans = list(content)
    for quotation in near:
        if not any(overlap(quotation.inner, span) for span in keep_out):
            spans = _with_quotation(text, spans, quotation)
    return _apart(spans)


def _with_quotation(text: str, spans: Sequence[Span], quotation: Quotation) -> list[Span]:
    """Return the spans with all of a quotation, or as they were."""
    inner = quotation.inner
    touching = [span for span in spans if overlap(inner, span)]
    covered = sum(words(text, Span(max(s.start, inner.start), min(s.end, inner.end))) for s in touching)
    if not touching or covered < WHOLE * words(text, inner):
        return list(spans)
    start = min(inner.start, *(span.start for span in touching))
    end = max(inner.end, *(span.end for span in touching))
    return sorted([*(span for span in spans if span not in touching), Span(start, end)])


def words(text: str, span: Span) -> int:
    """Return the number of words in a span."""
    return sum(1 for _ in _WORD.finditer(text, span.start, span.end))


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order, those that overlap joined."""
    apart: list[Span] = []
    for span in sorted(spans):
        if apart and span.start < apart[-1].end:
            apart[-1] = Span(apart[-1].start, max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart


def unmarked(spans: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[Span]:
    """Yield the spans without the marks of a quotation that is all of one, with both marks of any other."""
    for start, end in spans:
        first, last = start, end
        for quotation in quotations:
            outer, inner = quotation.span, quotation.inner
            if outer.start <= first and last <= outer.end:
                first, last = max(first, inner.start), min(last, inner.end)
                break
            if inner.start == first:
                first = outer.start
            if inner.end == last:
                last = outer.end
        if first < last:
            yield Span(first, last)
