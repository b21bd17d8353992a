"""Quotations that the networks run over or leave out, and to which rules give a cue or a name."""

from collections.abc import Sequence

from app.domain.annotation import StatementKind
from app.domain.span import Span
from app.extraction.cues import find_cues
from app.extraction.direct import quoted_statements
from app.extraction.found import Found
from app.extraction.layout import Frame, Layout
from app.extraction.lexicon import load_lexicon


def keep_to_marks(layout: Layout, frame: Frame, found: Sequence[Found]) -> None:
    """Give statements of a frame that are partly quoted the quotations of their cue, when rules pair the two.

    `found` are the networks' statements of this frame; those in question are changed in place.
    """
    doubtful = [one for one in found if one.kind is StatementKind.MIXED]
    if not doubtful or not frame.quotes or layout.only_quotation(frame):
        return
    cues = find_cues(layout, frame, load_lexicon())
    for direct, _ in quoted_statements(layout, frame, cues):
        for one in doubtful:
            if any(_overlap(mine, theirs) for mine in one.cue for theirs in direct.cue):
                one.kind, one.content, one.quotes = direct.kind, list(direct.content), list(direct.quotes)


def left_out(layout: Layout, frame: Frame, held: set[int]) -> list[Found]:
    """Return what rules take for said in the quotations of a frame that the networks left out."""
    if layout.only_quotation(frame) or held.issuperset(frame.quotes):
        return []
    cues = find_cues(layout, frame, load_lexicon())
    direct = (one for one, _ in quoted_statements(layout, frame, cues))
    return [one for one in direct if held.isdisjoint(one.quotes)]


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
