"""Quotations that the networks run over or leave out, and to which rules give a cue or a name."""

from collections.abc import Sequence

from app.domain.annotation import StatementKind
from app.extraction.encoder.overlaps import share_cue
from app.extraction.found import Found
from app.extraction.layout import Frame, Layout


def keep_to_marks(layout: Layout, frame: Frame, found: Sequence[Found], direct: Sequence[Found]) -> None:
    """Give statements of a frame that are partly quoted the quotations of their cue, when rules pair the two.

    `found` are the networks' statements of this frame; those in question are changed in place. `direct` are
    the quotations to which rules give a cue.
    """
    doubtful = [one for one in found if one.kind is StatementKind.MIXED]
    if not doubtful or layout.only_quotation(frame):
        return
    for theirs in direct:
        for one in doubtful:
            if share_cue(one, theirs):
                one.kind, one.content, one.quotes = theirs.kind, list(theirs.content), list(theirs.quotes)


def left_out(layout: Layout, frame: Frame, direct: Sequence[Found], held: set[int]) -> list[Found]:
    """Return those of the quotations that rules take for said which the networks left out."""
    if layout.only_quotation(frame):
        return []
    return [one for one in direct if held.isdisjoint(one.quotes)]
