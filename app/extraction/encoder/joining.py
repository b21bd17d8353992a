"""What rules make of the networks' statements: which are kept, blocks, carried speakers."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.span import Span
from app.extraction.blocks import find_blocks
from app.extraction.encoder.candidates import Ruled, candidates, token_at
from app.extraction.encoder.decode import Decoded
from app.extraction.encoder.keeping import kept
from app.extraction.encoder.overlaps import overlap
from app.extraction.encoder.quoted import left_out
from app.extraction.encoder.reporting import with_rules
from app.extraction.encoder.scores import Weights
from app.extraction.found import Found
from app.extraction.layout import Layout
from app.extraction.statements import place_alone

SHORT = 3
"""Sentences up to which a text is unlike the articles that the networks have learned from."""


def join(layout: Layout, decoded: Sequence[Decoded], *, weights: Weights) -> list[Found]:
    """Return what the networks found and what only rules find: blocks, transcripts, carried speakers.

    `weights` tell which of the networks' statements are kept and how sure they are.
    """
    if not layout.frames:
        return []
    ruled = Ruled(layout)
    by_frame = kept(layout, candidates(layout, decoded, ruled), weights=weights)
    held = {quote for statements in by_frame.values() for one in statements for quote in one.quotes}
    blocks = {block.paragraph: block for block in find_blocks(layout)}
    covered = {number for block in blocks.values() for number in range(*block.covers)}
    in_blocks = [span for block in blocks.values() for span in block.found.content]
    said = _Said([], [], {})
    for number, frame in enumerate(layout.frames):
        block = blocks.pop(frame.paragraph, None)
        if block is not None:
            said.add(block.found, nested=False)
        if frame.paragraph in covered:
            continue
        mine = by_frame.get(number, [])
        if len(layout.frames) <= SHORT:
            mine = with_rules(layout, frame, mine, ruled.frame(number)[1])
        for one in _outside(mine, in_blocks):
            said.add(one, nested=layout.quote_of[token_at(layout, one.cue[0].start)] >= 0)
        if not held.issuperset(frame.quotes):
            for one in left_out(layout, frame, ruled.frame(number)[0], held):
                said.add(one, nested=False)
        if layout.only_quotation(frame) and held.isdisjoint(frame.quotes):
            place_alone(layout, frame, said.outer, said.by_quote)
    return _once(said.outer + said.nested)


def _once(found: Sequence[Found]) -> list[Found]:
    """Return the statements, of those with the same words the surest: "according to her, A, she said"."""
    surest: dict[tuple[Span, ...], Found] = {}
    for one in found:
        before = surest.setdefault(tuple(one.content), one)
        if one.score > before.score:
            surest[tuple(one.content)] = one
    kept = [one for one in found if surest[tuple(one.content)] is one]
    for one in kept:
        if one.continues is not None:
            one.continues = surest[tuple(one.continues.content)]
    return kept


def _outside(statements: Sequence[Found], blocks: Sequence[Span]) -> list[Found]:
    """Return the statements that take no words from a block: whose these are is told by rules."""
    return [
        one for one in statements if not any(overlap(span, block) for span in one.content for block in blocks)
    ]


@dataclass(frozen=True, slots=True)
class _Said:
    """Statements so far: those of the article, and those inside what somebody says."""

    outer: list[Found]
    nested: list[Found]
    by_quote: dict[int, Found]

    def add(self, found: Found, *, nested: bool) -> None:
        (self.nested if nested else self.outer).append(found)
        if not nested:
            self.by_quote.update(dict.fromkeys(found.quotes, found))
