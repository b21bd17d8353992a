"""What rules make of the networks' statements: edges at quotation marks, blocks, carried speakers."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.annotation import StatementKind
from app.domain.span import Span
from app.extraction.blocks import find_blocks, is_told_by_name
from app.extraction.encoder.calibration import Tables, calibrated, group_of
from app.extraction.encoder.decode import Decoded
from app.extraction.encoder.edges import completed
from app.extraction.encoder.overlaps import likeness, overlap, share_cue
from app.extraction.encoder.quoted import keep_to_marks, left_out
from app.extraction.encoder.reporting import is_said, name_as_printed, with_rules
from app.extraction.encoder.snapping import snap, unmarked, words
from app.extraction.found import Found
from app.extraction.layout import Frame, Layout
from app.extraction.quotations import Quotation
from app.extraction.statements import place_alone, read_frame

ALIKE = 0.5
"""Share of the words from which on rules confirm what the networks found."""

FRAGMENT = 4
"""Tokens at the end of a sentence, its full stop included, with which no content begins."""

SHORT = 3
"""Sentences up to which a text is unlike the articles that the networks have learned from."""


def join(layout: Layout, decoded: Sequence[Decoded], *, tables: Tables) -> list[Found]:
    """Return what the networks found and what only rules find: blocks, transcripts, carried speakers.

    `tables` tell how sure the networks' statements are.
    """
    if not layout.frames:
        return []
    ruled = _Ruled(layout, {})
    by_frame = _by_frame(layout, decoded, ruled, tables)
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
            said.add(one, nested=layout.quote_of[_token_at(layout, one.cue[0].start)] >= 0)
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


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What rules find in the frames that somebody asks for: direct statements, and reported clauses."""

    layout: Layout
    read: dict[int, tuple[list[Found], list[Found]]]

    def frame(self, number: int) -> tuple[list[Found], list[Found]]:
        if number not in self.read:
            self.read[number] = read_frame(self.layout, self.layout.frames[number])
        return self.read[number]


def _outside(statements: Sequence[Found], blocks: Sequence[Span]) -> list[Found]:
    """Return the statements that take no words from a block: whose these are is told by rules."""
    return [
        one for one in statements if not any(overlap(span, block) for span in one.content for block in blocks)
    ]


def _by_frame(
    layout: Layout, decoded: Sequence[Decoded], ruled: _Ruled, tables: Tables
) -> dict[int, list[Found]]:
    """Return the networks' statements by the number of the frame that their cue stands in."""
    by_frame: dict[int, list[Found]] = defaultdict(list)
    by_name = is_told_by_name(layout)
    for each in decoded:
        number = _frame_at(layout, each.cue.start)
        if by_name and each.cue.of(layout.text) == ":":
            continue
        if not _is_read(layout, each.cue, layout.frames[number]):
            continue
        found = _to_found(layout, each, layout.frames[number])
        if found is not None and is_said(layout, layout.frames[number], found):
            by_frame[number].append(found)
    for number, statements in by_frame.items():
        direct, reported = ruled.frame(number)
        keep_to_marks(layout, layout.frames[number], statements, direct)
        name_as_printed(layout.text, statements, reported)
        for one in statements:
            one.confirmed = _is_confirmed(layout.text, one, [*direct, *reported])
            one.score = calibrated(tables, group_of(one), one.score)
    return by_frame


def _is_confirmed(text: str, one: Found, ruled: Sequence[Found]) -> bool:
    """Tell whether rules give the cue of a statement much the same words."""
    return any(
        share_cue(one, other) and likeness(text, one.content, other.content) >= ALIKE for other in ruled
    )


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


def _to_found(layout: Layout, one: Decoded, frame: Frame) -> Found | None:
    """Return a decoded statement with its edges at quotation marks; None when nothing is left of it."""
    keep_out = [one.cue, *([one.source] if one.source else [])]
    near = _quotations_near(layout, one.content)
    read = [_in_frame(layout, span) for span in one.content]
    content = snap(layout.text, read, quotations=[q for _, q in near], keep_out=keep_out)
    content = completed(layout, frame, content, keep_out=keep_out)
    spans = _without_names(layout, list(unmarked(content, [q for _, q in near])))
    if not spans:
        return None
    return Found(
        kind=_kind(layout.text, spans, [q for _, q in near]),
        content=spans,
        cue=[one.cue],
        source=_source(layout, frame, one),
        score=one.cue_score * one.content_score,
        paragraph=frame.paragraph,
        end=max(frame.end, layout.frames[_frame_at(layout, spans[-1].end - 1)].end),
        quotes=[number for number, quotation in near if _holds(layout.text, spans, quotation)],
    )


def _without_names(layout: Layout, spans: list[Span]) -> list[Span]:
    """Return the pieces of a content without those that are nothing but a name; a single one stays."""
    kept = []
    for span in spans:
        tokens = layout.doc.char_span(*span, alignment_mode="expand") if span.start < span.end else None
        if tokens is None or not all(token.ent_type_ for token in tokens):
            kept.append(span)
    return kept if len(spans) > 1 and kept else spans


def _source(layout: Layout, frame: Frame, one: Decoded) -> list[Span]:
    """Return the source, without a dateline before it and with the whole of words that it cuts."""
    if one.source is None:
        return []
    named = _behind_place(layout, _behind_dateline(layout, one.source, frame), frame)
    return completed(layout, frame, [named], keep_out=[one.cue, *one.content])


def _behind_place(layout: Layout, source: Span, frame: Frame) -> Span:
    """Return the source without a place that begins the sentence: "In Congress, Ortega's office"."""
    tokens = layout.doc.char_span(*source, alignment_mode="expand")
    comma = next((token for token in tokens or () if token.text == ","), None)
    if tokens is None or comma is None or comma.i in {tokens.start, tokens.end - 1}:
        return source
    first = layout.doc[tokens.start : comma.i].root
    begun = first.dep_ == "pobj" and first.head.i == frame.start and frame.start < tokens.start
    return Span(layout.doc[comma.i + 1].idx, source.end) if begun else source


def _is_read(layout: Layout, cue: Span, frame: Frame) -> bool:
    """Tell whether a cue stands in a frame: datelines, links to other articles and the like stand in none."""
    token = _token_at(layout, cue.start)
    return frame.start <= token < frame.end and token not in layout.skipped


def _in_frame(layout: Layout, content: Span) -> Span:
    """Return the content without a dateline, or the last words of another sentence, before it."""
    token = _token_at(layout, content.start)
    number = bisect_right(layout.frames, token, key=lambda frame: frame.end)
    if number < len(layout.frames):
        frame = layout.frames[number]
        if frame.start < token and frame.end - token <= FRAGMENT:
            number += 1
    begin = layout.doc[layout.frames[number].start].idx if number < len(layout.frames) else content.start
    return Span(begin, content.end) if content.start < begin < content.end else content


def _behind_dateline(layout: Layout, source: Span, frame: Frame) -> Span:
    """Return the source without what stands before its sentence: frames begin behind a dateline."""
    begin = layout.doc[frame.start].idx
    return Span(begin, source.end) if source.start < begin < source.end else source


def _kind(text: str, spans: Sequence[Span], quotations: Sequence[Quotation]) -> StatementKind:
    """Decide by the quotation marks around the words."""
    every = sum(words(text, span) for span in spans)
    quoted = sum(words(text, both) for span in spans for q in quotations if (both := _shared(span, q.inner)))
    if quoted >= every:
        return StatementKind.DIRECT
    return StatementKind.MIXED if quoted else StatementKind.INDIRECT


def _shared(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _holds(text: str, spans: Sequence[Span], quotation: Quotation) -> bool:
    """Tell whether most of a quotation is content."""
    inside = sum(words(text, both) for span in spans if (both := _shared(span, quotation.inner)))
    return 2 * inside > words(text, quotation.inner)


def _quotations_near(layout: Layout, spans: Sequence[Span]) -> list[tuple[int, Quotation]]:
    """Return the quotations that share a character with one of the spans, with their numbers."""
    first = bisect_right(layout.quotations, spans[0].start, key=lambda one: one.span.end)
    last = bisect_right(layout.quotations, spans[-1].end, key=lambda one: one.span.start)
    return [(number, layout.quotations[number]) for number in range(first, last)]


def _token_at(layout: Layout, character: int) -> int:
    """Return the token that a character lies in, or the last before it."""
    return max(bisect_right(layout.doc, character, key=lambda token: token.idx) - 1, 0)


def _frame_at(layout: Layout, character: int) -> int:
    """Return the number of the frame that a character lies in, or the last before it."""
    token = _token_at(layout, character)
    return max(bisect_right(layout.frames, token, key=lambda frame: frame.start) - 1, 0)
