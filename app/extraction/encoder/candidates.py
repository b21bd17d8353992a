"""What the networks found as statements that may be kept: edges at quotation marks, rules beside."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from app.domain.annotation import StatementKind
from app.domain.span import Span
from app.extraction.blocks import is_told_by_name
from app.extraction.encoder.decode import Decoded
from app.extraction.encoder.edges import completed
from app.extraction.encoder.overlaps import likeness, share_cue, word_starts
from app.extraction.encoder.quoted import keep_to_marks
from app.extraction.encoder.reporting import is_said, name_as_printed
from app.extraction.encoder.snapping import snap, unmarked, words
from app.extraction.found import Found
from app.extraction.layout import Frame, Layout
from app.extraction.quotations import Quotation
from app.extraction.statements import read_frame

ALIKE = 0.5
"""Share of the words from which on rules confirm what the networks found."""

FRAGMENT = 4
"""Tokens at the end of a sentence, its full stop included, with which no content begins."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A statement that may be kept, and what the networks say of it.

    `words`: where those of its content begin. `contradicted`: rules give its cue other words. `alike`: how
    many of its words another candidate of its frame has, between 0 and 1.
    """

    found: Found
    decoded: Decoded
    words: frozenset[int] = frozenset()
    contradicted: bool = False
    alike: float = 0.0


@dataclass(frozen=True, slots=True)
class Ruled:
    """What rules find in the frames that somebody asks for: direct statements, and reported clauses."""

    layout: Layout
    read: dict[int, tuple[list[Found], list[Found]]] = field(default_factory=dict)

    def frame(self, number: int) -> tuple[list[Found], list[Found]]:
        """Return the direct statements and the reported clauses of a frame."""
        if number not in self.read:
            self.read[number] = read_frame(self.layout, self.layout.frames[number])
        return self.read[number]


def candidates(layout: Layout, decoded: Sequence[Decoded], ruled: Ruled) -> dict[int, list[Candidate]]:
    """Return what may be kept, by the number of the frame that its cue stands in."""
    by_frame: dict[int, list[Candidate]] = defaultdict(list)
    by_name = is_told_by_name(layout)
    for each in decoded:
        number = frame_at(layout, each.cue.start)
        if by_name and each.cue.of(layout.text) == ":":
            continue
        if not _is_read(layout, each.cue, layout.frames[number]):
            continue
        found = _to_found(layout, each, layout.frames[number])
        if found is not None and is_said(layout, layout.frames[number], found):
            by_frame[number].append(Candidate(found, each))
    for number, some in by_frame.items():
        direct, reported = ruled.frame(number)
        statements = [one.found for one in some]
        keep_to_marks(layout, layout.frames[number], statements, direct)
        name_as_printed(layout.text, statements, reported)
        for one in some:
            one.words = word_starts(layout.text, one.found.content)
        for one in some:
            _compare(layout.text, one, some, [*direct, *reported])
    return by_frame


def _compare(text: str, one: Candidate, some: Sequence[Candidate], ruled: Sequence[Found]) -> None:
    """Tell a candidate what rules find with its cue, and how like it another one of the frame is."""
    same_cue = [word_starts(text, other.content) for other in ruled if share_cue(one.found, other)]
    one.found.confirmed = any(likeness(one.words, words) >= ALIKE for words in same_cue)
    one.contradicted = bool(same_cue) and not one.found.confirmed
    one.alike = max((likeness(one.words, other.words) for other in some if other is not one), default=0.0)


def give_up(layout: Layout, one: Candidate, words: AbstractSet[int]) -> None:
    """Take the pieces of which half the words or more are among `words` out of a candidate's content."""
    found = one.found
    spans = []
    for span in found.content:
        inside = word_starts(layout.text, [span])
        if 2 * len(inside & words) < len(inside):
            spans.append(span)
    found.content, one.words = spans, word_starts(layout.text, spans)
    if spans:
        near = _quotations_near(layout, spans)
        found.kind = _kind(layout.text, spans, [quotation for _, quotation in near])
        found.quotes = [number for number, quotation in near if _holds(layout.text, spans, quotation)]


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
        end=max(frame.end, layout.frames[frame_at(layout, spans[-1].end - 1)].end),
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
    token = token_at(layout, cue.start)
    return frame.start <= token < frame.end and token not in layout.skipped


def _in_frame(layout: Layout, content: Span) -> Span:
    """Return the content without a dateline, or the last words of another sentence, before it."""
    token = token_at(layout, content.start)
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


def token_at(layout: Layout, character: int) -> int:
    """Return the token that a character lies in, or the last before it."""
    return max(bisect_right(layout.doc, character, key=lambda token: token.idx) - 1, 0)


def frame_at(layout: Layout, character: int) -> int:
    """Return the number of the frame that a character lies in, or the last before it."""
    token = token_at(layout, character)
    return max(bisect_right(layout.frames, token, key=lambda frame: frame.start) - 1, 0)
