"""The component that puts statements together: quotations, reported clauses, blocks, transcripts."""

from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc

from app.domain.annotation import StatementKind
from app.domain.span import Span
from app.extraction.blocks import find_blocks
from app.extraction.clauses import clause_content
from app.extraction.cues import Cue, find_cues
from app.extraction.direct import quoted_statements, source_spans
from app.extraction.drafts import SourceHint, StatementDraft
from app.extraction.found import Found
from app.extraction.layout import Frame, Layout, lay_out
from app.extraction.lexicon import load_lexicon
from app.extraction.quote_cues import is_sentence
from app.extraction.subjects import Range

_SCORES = {"c": 0.9, "p": 0.9, "q": 0.85, "t": 0.7, "i": 0.65, "o": 0.65, "n": 0.6, "a": 0.6}
"""How sure a reported clause is, by the best frame of its cue."""

_STRONG = frozenset({"q", "c", "p"})
"""Frames of speech: a wish inside what somebody says is part of it, speech inside speech is a statement."""

_CARRIED_SCORE = 0.7
_ALONE_SCORE = 0.4

if not Doc.has_extension("drafts"):
    Doc.set_extension("drafts", default=[])


@Language.component(
    "dateline_statements",
    requires=["doc._.quotations", "token.dep", "token.tag", "token.lemma", "token.pos"],
    assigns=["doc._.drafts"],
)
def find_statements(doc: Doc) -> Doc:
    """Put the statements of the text, in order of their first word, on `doc._.drafts`."""
    layout = lay_out(doc)
    doc._.drafts = to_drafts(_collect(layout))
    return doc


def _collect(layout: Layout) -> list[Found]:
    """Return all statements of a document, joined and carried over."""
    blocks = {block.paragraph: block for block in find_blocks(layout)}
    covered = {number for block in blocks.values() for number in range(*block.covers)}
    found: list[Found] = []
    by_quote: dict[int, Found] = {}
    for frame in layout.frames:
        block = blocks.pop(frame.paragraph, None)
        if block is not None:
            found.append(block.found)
            by_quote.update(dict.fromkeys(block.found.quotes, block.found))
        if frame.paragraph in covered:
            continue
        if layout.only_quotation(frame):
            place_alone(layout, frame, found, by_quote)
        else:
            _read_frame(layout, frame, found, by_quote)
    return found


def _read_frame(layout: Layout, frame: Frame, found: list[Found], by_quote: dict[int, Found]) -> None:
    """Add the statements of a frame that has words outside quotations."""
    direct, reported = read_frame(layout, frame)
    for statement in direct:
        _add_direct(layout, statement, found, by_quote)
    for statement in reported:
        found.append(statement)
        by_quote.update(dict.fromkeys(statement.quotes, statement))


def read_frame(layout: Layout, frame: Frame) -> tuple[list[Found], list[Found]]:
    """Return the direct statements and the reported clauses of a frame that has words outside quotations."""
    cues = find_cues(layout, frame, load_lexicon())
    direct = quoted_statements(layout, frame, cues)
    used = {id(cue) for _, cue in direct}
    taken = {number for statement, _ in direct for number in statement.quotes}
    inside: set[int] = set()
    reported: list[Found] = []
    for cue in sorted(cues, key=lambda cue: not cue.frames & _STRONG):
        if id(cue) not in used and (cue.head not in inside or cue.frames & _STRONG):
            statement, ranges = _reported(layout, frame, cue, cues, taken)
            if statement is not None:
                inside.update(i for r in ranges for i in range(*r))
                reported.append(statement)
    return [statement for statement, _ in direct], reported


def _add_direct(layout: Layout, statement: Found, found: list[Found], by_quote: dict[int, Found]) -> None:
    """Add a direct statement, or the last piece of one that began in the paragraph before."""
    first = statement.quotes[0]
    before = by_quote.get(first - 1) if layout.quotations[first].continues else None
    if before is not None and not before.cue:
        before.content += statement.content
        before.quotes += statement.quotes
        before.cue, before.source, before.hint = statement.cue, statement.source, SourceHint.CLAUSE
        before.continues, before.score = None, statement.score
        statement = before
    else:
        found.append(statement)
    by_quote.update(dict.fromkeys(statement.quotes, statement))


def place_alone(layout: Layout, frame: Frame, found: list[Found], by_quote: dict[int, Found]) -> None:
    """Join a quotation without a cue to the one before it, carry its speaker over, or leave it out."""
    numbers = list(frame.quotes)
    first = numbers[0]
    before = by_quote.get(first - 1)
    quotation = layout.quotations[first]
    same_paragraph = first > 0 and layout.quotations[first - 1].paragraph == frame.paragraph
    if before is not None and (quotation.continues or (same_paragraph and _adjacent(layout, first))):
        before.content += [layout.quotations[number].inner for number in numbers]
        before.quotes += numbers
        by_quote.update(dict.fromkeys(numbers, before))
        return
    if not is_sentence(layout, first):
        return
    last = found[-1] if found else None
    carried = last is not None and _follows(layout, frame, last)
    if not carried and not _own_paragraph(layout, frame):
        return
    statement = Found(
        kind=StatementKind.DIRECT,
        content=[layout.quotations[number].inner for number in numbers],
        score=_ALONE_SCORE,
        paragraph=frame.paragraph,
        end=frame.end,
        quotes=numbers,
    )
    if carried:
        statement.hint, statement.continues = SourceHint.CARRIED_OVER, last
        statement.score = _CARRIED_SCORE
    found.append(statement)
    by_quote.update(dict.fromkeys(numbers, statement))


def _follows(layout: Layout, frame: Frame, last: Found) -> bool:
    """Tell whether a quotation stands right behind a statement with a speaker: no other sentence between.

    Measured: over a sentence that says nothing, or into the middle of a paragraph, the speaker is a guess.
    """
    if not (last.source or last.continues) or any(
        token.is_alpha for token in layout.doc[last.end : frame.start]
    ):
        return False
    return frame.paragraph == last.paragraph or _own_paragraph(layout, frame)


def _own_paragraph(layout: Layout, frame: Frame) -> bool:
    """Tell whether a paragraph is nothing but quotation."""
    if frame.start != layout.paragraphs[frame.paragraph][0]:
        return False
    return all(layout.only_quotation(other) for other in layout.frames_in(frame.paragraph))


def _adjacent(layout: Layout, number: int) -> bool:
    """Tell whether only one sentence with its cue stands between a quotation and the one before it."""
    end, start = layout.quote_ranges[number - 1][1], layout.quote_ranges[number][0]
    following = bisect_left(layout.frames, end, key=lambda frame: frame.start)
    return following == len(layout.frames) or layout.frames[following].start >= start


def _reported(
    layout: Layout, frame: Frame, cue: Cue, cues: list[Cue], taken: set[int]
) -> tuple[Found | None, list[Range]]:
    """Return the reported clause of a cue with the quotations inside it."""
    ranges = clause_content(layout, frame, cue, cues)
    ranges = [r for r in ranges if not any(layout.quote_of[i] in taken for i in range(*r))]
    if not ranges or (cue.source is None and not cue.frames & {"c", "p"}):
        return None, []
    if not any(layout.doc[i].is_alpha for r in ranges for i in range(*r)):
        return None, []
    quotes = sorted({layout.quote_of[i] for r in ranges for i in range(*r)} - {-1})
    statement = Found(
        kind=kind_of(layout, ranges),
        content=[_unmarked(layout, layout.span(*r), quotes) for r in ranges],
        cue=[layout.span(*cue.tokens)],
        source=source_spans(layout, frame, cue, cue.source),
        score=max(_SCORES.get(name, 0.0) for name in cue.frames),
        paragraph=frame.paragraph,
        end=frame.end,
        quotes=quotes,
    )
    return statement, ranges


def kind_of(layout: Layout, ranges: list[Range]) -> StatementKind:
    """Decide by the quotation marks around the words."""
    inside = [layout.quote_of[i] >= 0 for r in ranges for i in range(*r) if layout.doc[i].is_alpha]
    if all(inside):
        return StatementKind.DIRECT
    return StatementKind.MIXED if any(inside) else StatementKind.INDIRECT


def _unmarked(layout: Layout, span: Span, numbers: list[int]) -> Span:
    """Return the span without the marks of a quotation that is all of it, with both marks of any other."""
    start, end = span
    for number in numbers:
        quotation = layout.quotations[number]
        outer, inner = quotation.span, quotation.inner
        if outer.start <= start and end <= outer.end:
            return Span(max(start, inner.start), min(end, inner.end))
        if inner.start == start:
            start = outer.start
        if inner.end == end:
            end = outer.end
    return Span(start, end)


def to_drafts(found: list[Found]) -> list[StatementDraft]:
    """Sort by first word, number the links, freeze."""
    kept = sorted((f for f in found if f.content), key=lambda f: (f.content[0].start, f.content[-1].end))
    index = {id(f): number for number, f in enumerate(kept)}
    return [
        StatementDraft(
            kind=f.kind,
            content=tuple(f.content),
            cue=tuple(f.cue),
            source=tuple(f.source),
            hint=f.hint,
            continues=index.get(id(f.continues)) if f.continues is not None else None,
            score=f.score,
        )
        for f in kept
    ]
