"""Quotation marks to regions: curly, straight, mismatched, nested, unclosed, over paragraphs.

One pass over the marks of each paragraph with a stack of those that stand open; only outermost
regions are kept, so the work is linear in the text however many marks there are.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc

from app.domain.span import Span
from app.extraction.paragraphs import find_paragraphs

_DOUBLE = re.compile(r"''|``|[\"“”„«»]")
_SINGLE = re.compile(r"(?<!['‘’`])['‘’](?!['‘’])")

_OPENING = frozenset({"“", "„", "«", "``"})
_CLOSING = frozenset({"”", "»"})
_BEFORE_OPENING = frozenset("([{—–-/‘'“…:,;")
_ELISIONS = re.compile(r"\d|(?:em|til|tis|twas|cause|bout|round|n|am|im)\b", re.IGNORECASE)
"""What an apostrophe at the start of a word leaves out: '90s, 'em, 'til."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """An outermost region in quotation marks inside one paragraph.

    `span` holds the marks, `inner` the words. `closed` is false when the region only ends with its
    paragraph. `continues` is true when it goes on with the unclosed one of the paragraph before.
    """

    span: Span
    inner: Span
    paragraph: int  # index into the paragraphs
    closed: bool = True
    continues: bool = False
    single: bool = False  # in single marks


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """Return the quotations of `text` in order; marks that pair with nothing give none."""
    found: list[Quotation] = []
    unclosed: Quotation | None = None
    for number, paragraph in enumerate(paragraphs):
        doubles = list(_pair_doubles(text, paragraph, number, going_on=unclosed is not None))
        doubles = _settle_unclosed(text, doubles, paragraphs, number)
        singles = _pair_singles(text, paragraph, number, doubles)
        inside = sorted([*doubles, *singles], key=lambda quotation: quotation.span)
        found.extend(inside)
        unclosed = inside[-1] if inside and not inside[-1].closed else None
    return found


def opens_with_mark(text: str, paragraph: Span) -> bool:
    """Tell whether a paragraph begins with a double mark that opens."""
    match = _DOUBLE.match(text, paragraph.start, paragraph.end)
    return match is not None and _role(text, match) != "close"


def _role(text: str, match: re.Match[str]) -> str:
    """Tell whether a double mark opens, closes, or may do either."""
    mark = match.group()
    if mark in _OPENING:
        return "open"
    if mark in _CLOSING:
        return "close"
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end()] if match.end() < len(text) else " "
    opens = (before.isspace() or before in _BEFORE_OPENING) and not after.isspace()
    closes = not before.isspace() and not after.isalnum()
    if opens == closes:
        return "either"
    return "open" if opens else "close"


def _pair_doubles(text: str, paragraph: Span, number: int, *, going_on: bool) -> Iterator[Quotation]:
    """Yield outermost regions; the last one may be unclosed, with its nested ones behind it."""
    stack: list[int] = []
    marks: dict[int, int] = {}
    nested: list[Quotation] = []
    goes_on = going_on and opens_with_mark(text, paragraph)
    if going_on and not goes_on and _closes_first(text, paragraph):
        stack.append(paragraph.start)
        marks[paragraph.start] = paragraph.start
        goes_on = True
    for match in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        role = _role(text, match)
        if not stack and (role == "close" or _is_measure(text, match)):
            continue
        if role == "open" or not stack:
            stack.append(match.start())
            marks[match.start()] = match.end()
            continue
        start = stack.pop()
        quotation = Quotation(
            span=Span(start, match.end()), inner=_trim(text, marks[start], match.start()), paragraph=number
        )
        if stack:
            nested.append(quotation)
        else:
            nested.clear()
            yield replace(quotation, continues=goes_on and start == paragraph.start)
    if stack:
        start = stack[0]
        yield Quotation(
            span=Span(start, paragraph.end),
            inner=_trim(text, marks[start], paragraph.end),
            paragraph=number,
            closed=False,
            continues=goes_on and start == paragraph.start,
        )
        yield from nested


def _is_measure(text: str, match: re.Match[str]) -> bool:
    """Tell feet and inches (6'2", 12") from a mark: only asked when nothing stands open."""
    return match.group() in {'"', "''"} and match.start() > 0 and text[match.start() - 1].isdigit()


def _closes_first(text: str, paragraph: Span) -> bool:
    match = _DOUBLE.search(text, paragraph.start, paragraph.end)
    return match is not None and _role(text, match) == "close"


def _settle_unclosed(
    text: str, doubles: list[Quotation], paragraphs: Sequence[Span], number: int
) -> list[Quotation]:
    """Keep an unclosed region where a quotation may run on; prefer the closed ones it would swallow."""
    at = next((i for i, quotation in enumerate(doubles) if not quotation.closed), None)
    if at is None:
        return doubles
    open_one, nested = doubles[at], doubles[at + 1 :]
    following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
    runs_on = following is not None and (opens_with_mark(text, following) or _closes_first(text, following))
    if nested and not (runs_on and open_one.span.start == paragraphs[number].start):
        return [*doubles[:at], *_outermost(nested)]
    return [*doubles[:at], open_one]


def _outermost(nested: list[Quotation]) -> list[Quotation]:
    """Drop regions inside others; they come in the order of their closing marks."""
    kept: list[Quotation] = []
    for quotation in reversed(nested):
        if not kept or quotation.span.end <= kept[-1].span.start:
            kept.append(quotation)
    return kept[::-1]


def _pair_singles(text: str, paragraph: Span, number: int, doubles: list[Quotation]) -> Iterator[Quotation]:
    """Yield regions in single marks outside the double ones; an apostrophe is none."""
    start: int | None = None
    taken = iter(doubles)
    region = next(taken, None)
    marks = list(_SINGLE.finditer(text, paragraph.start, paragraph.end))
    for at, match in enumerate(marks):
        while region is not None and region.span.end <= match.start():
            if start is not None and start < region.span.start:
                start = None  # a double region in between: no pair
            region = next(taken, None)
        if region is not None and region.span.start <= match.start():
            continue
        if start is None:
            start = match.start() if _opens_single(text, match) else None
        elif _closes_single(text, match) and not _is_plural(text, match, marks, at):
            inner = _trim(text, start + 1, match.start())
            yield Quotation(span=Span(start, match.end()), inner=inner, paragraph=number, single=True)
            start = None
        elif _opens_single(text, match):
            start = match.start()


def _opens_single(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1] if match.start() else " "
    after = text[match.end() : match.end() + 6]
    fits = match.group() != "’" and (before.isspace() or before in _BEFORE_OPENING)
    return fits and bool(after) and not after[0].isspace() and _ELISIONS.match(after) is None


def _closes_single(text: str, match: re.Match[str]) -> bool:
    before = text[match.start() - 1]
    after = text[match.end()] if match.end() < len(text) else " "
    return match.group() != "‘" and not before.isspace() and not after.isalnum()


def _is_plural(text: str, match: re.Match[str], marks: list[re.Match[str]], at: int) -> bool:
    """Tell the apostrophe of "the workers' rights" when a better closing mark follows."""
    if text[match.start() - 1] != "s" or not text[match.end() : match.end() + 1].isspace():
        return False
    following = marks[at + 1] if at + 1 < len(marks) else None
    return following is not None and _closes_single(text, following)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


if not Doc.has_extension("quotations"):
    Doc.set_extension("quotations", default=[])


@Language.component("dateline_quotations", assigns=["doc._.quotations"])
def mark_quotations(doc: Doc) -> Doc:
    """Put the quotations of the text on `doc._.quotations`."""
    text = doc.text
    doc._.quotations = find_quotations(text, find_paragraphs(text))
    return doc
