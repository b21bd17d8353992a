"""Quotations and their cues inside one frame: behind the words, before them, or between two halves."""

from collections.abc import Sequence

from app.domain.annotation import StatementKind
from app.domain.span import Span
from app.extraction.beside import widened
from app.extraction.cues import Cue
from app.extraction.drafts import SourceHint
from app.extraction.found import Found
from app.extraction.layout import Frame, Layout
from app.extraction.quote_cues import is_sentence, is_title, lead_cue, name_behind_dash, source_near, tail_cue
from app.extraction.subjects import Range, joint_sources

_DIRECT_SCORE = 0.95
_NO_SOURCE_SCORE = 0.7


def quoted_statements(layout: Layout, frame: Frame, cues: Sequence[Cue]) -> list[tuple[Found, Cue | None]]:
    """Return the direct statements of a frame with the cue of each; other quotations are left."""
    found: list[tuple[Found, Cue | None]] = []
    taken: set[int] = set()
    for position, number in enumerate(frame.quotes):
        if number in taken:
            continue
        cue = lead_cue(layout, frame, cues, number) or tail_cue(layout, frame, cues, number)
        if cue is None:
            name = name_behind_dash(layout, frame, number)
            if name is not None:
                found.append((_signed(layout, frame, number, name), None))
            continue
        numbers = [number, *_further(layout, cues, cue, frame.quotes[position:])]
        taken.update(numbers)
        found.append((_direct(layout, frame, cue, numbers), cue))
    return found


def _direct(layout: Layout, frame: Frame, cue: Cue, numbers: Sequence[int]) -> Found:
    source = cue.source or source_near(layout, frame, cue)
    source = widened(layout, source, layout.quote_ranges[numbers[0]][1]) if source else None
    return Found(
        kind=StatementKind.DIRECT,
        content=[layout.quotations[number].inner for number in numbers],
        cue=[layout.span(*cue.tokens)],
        source=source_spans(layout, frame, cue, source),
        score=_DIRECT_SCORE if source else _NO_SOURCE_SCORE,
        paragraph=frame.paragraph,
        end=frame.end,
        quotes=list(numbers),
    )


def _signed(layout: Layout, frame: Frame, number: int, name: Range) -> Found:
    return Found(
        kind=StatementKind.DIRECT,
        content=[layout.quotations[number].inner],
        source=[layout.span(*name)],
        hint=SourceHint.ATTRIBUTION_LINE,
        score=_DIRECT_SCORE,
        paragraph=frame.paragraph,
        end=frame.end,
        quotes=[number],
    )


def source_spans(layout: Layout, frame: Frame, cue: Cue, source: Range | None) -> list[Span]:
    """Return the spans of the source and of those who say it with them."""
    if source is None:
        return []
    joined = joint_sources(layout, frame, source, cue.tokens)
    return [layout.span(*each) for each in (source, *joined)]


def _further(layout: Layout, cues: Sequence[Cue], cue: Cue, quotes: Sequence[int]) -> list[int]:
    """Return the quotations that go on with the first of `quotes`, behind the same cue in the same frame."""
    joined: list[int] = []
    left = quotes[0]
    for right in quotes[1:]:
        if _names(layout, right):
            continue
        end, start = layout.quote_ranges[left][1], layout.quote_ranges[right][0]
        between = range(end, start)
        if any(end <= other.tokens[0] < start for other in cues if other is not cue):
            break
        words = [i for i in between if layout.doc[i].is_alpha]
        only_and = all(layout.doc[i].dep_ == "cc" for i in words)
        interrupted = end <= cue.tokens[0] < start and _goes_on(layout, start)
        if not (interrupted or (only_and and (words or is_sentence(layout, right)))):
            break
        joined.append(right)
        left = right
    return joined


def _names(layout: Layout, number: int) -> bool:
    """Tell a quotation that is a title and no answer: "..., he said on "Radio Hour," "and ..."."""
    words = layout.quotations[number].inner.of(layout.text)
    return is_title(words) and words[-1] not in ".?!"


def _goes_on(layout: Layout, start: int) -> bool:
    """Tell whether a quotation goes on behind a comma or the like, perhaps with "and" or "but"."""
    before = layout.quote_of[start - 1]
    if before >= 0:  # '..., he said on "This Week," "and ..."'
        return layout.quotations[before].inner.of(layout.text)[-1:] == ","
    while layout.doc[start - 1].pos_ == "CCONJ" or layout.doc[start - 1].lower_ == "then":
        start -= 1
    return layout.doc[start - 1].text in {",", ":", ";", "—", "–", "-", "--"}
