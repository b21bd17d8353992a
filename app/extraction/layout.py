"""The text as statements see it: paragraphs, and in them frames, sentences in which a quotation is one word.

The parser ends sentences inside quotations and splits `"A. B," she said` in two; a frame does not.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc

from app.domain.span import Span
from app.extraction.lexicon import load_lexicon
from app.extraction.paragraphs import find_paragraphs, report_start
from app.extraction.quotations import Quotation

_ENDS = frozenset({".", "?", "!", "…", "..."})
_CLOSERS = frozenset({")", "]", "”", "’", '"', "''"})
_FURNITURE = re.compile(
    r">>|(?:READ (?:MORE|ALSO|THIS|NEXT)|RELATED|M(?:ORE|ore)|WATCH|SEE ALSO"
    r"|Read more|Read also|Related|See also|Watch)\b ?[:|]"
)
"""How a line begins that only links to another article."""

_CAPTION = re.compile(r"Facebook Twitter Pinterest |CLOSE (?=[A-Z])")
"""The labels of buttons that stand before a caption."""

_PLAYER = re.compile(r"\b[Yy]our browser does not (?:currently )?support [^.\n]{1,60}")
"""What a page shows where a film cannot be played."""

_MAX_FRAME = 600
"""Tokens after which a sentence is cut; longer ones are lists, and pairs are sought inside a frame only."""

_MAX_QUOTES = 100
"""Quotations after which a sentence is cut; more are marks and nothing else."""

_TAIL_REACH = 9
_LONG_TAIL_REACH = 18
"""Words behind a quotation among which its cue must stand to keep the sentence going; the longer reach is
for one that ends with a question or exclamation mark, where no comma could stand.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A sentence as token range `start:end`; `quotes` are indexes of the quotations in it."""

    start: int
    end: int
    paragraph: int
    quotes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A document with its paragraphs, quotations and frames; ranges count tokens."""

    doc: Doc
    text: str
    lines: tuple[Span, ...]  # paragraphs in characters
    paragraphs: tuple[tuple[int, int], ...]  # the same in tokens
    quotations: tuple[Quotation, ...]
    quote_ranges: tuple[tuple[int, int], ...]  # tokens of each quotation, marks included
    quote_of: tuple[int, ...]  # for each token its quotation, or -1
    frames: tuple[Frame, ...]
    skipped: frozenset[int]  # tokens of text that strayed in: no cue, no source

    def span(self, start: int, end: int) -> Span:
        """Return the characters of the tokens `start:end`."""
        last = self.doc[end - 1]
        return Span(self.doc[start].idx, last.idx + len(last))

    def frames_in(self, paragraph: int) -> Sequence[Frame]:
        """Return the frames of a paragraph, in order."""
        begin = bisect_left(self.frames, paragraph, key=_paragraph)
        return self.frames[begin : bisect_right(self.frames, paragraph, key=_paragraph)]

    def quotations_in(self, paragraph: int) -> range:
        """Return the numbers of the quotations of a paragraph."""
        begin = bisect_left(self.quotations, paragraph, key=_paragraph)
        return range(begin, bisect_right(self.quotations, paragraph, key=_paragraph))

    def only_quotation(self, frame: Frame) -> bool:
        """Tell whether a frame holds quotations and nothing else but punctuation."""
        return bool(frame.quotes) and all(
            self.quote_of[i] >= 0 or not self.doc[i].text[:1].isalnum() for i in range(frame.start, frame.end)
        )


def _paragraph(part: Frame | Quotation) -> int:
    return part.paragraph


def lay_out(doc: Doc) -> Layout:
    """Return the layout of a parsed document that has its quotations."""
    text = doc.text
    lines = tuple(find_paragraphs(text))
    noise = [Span(*match.span()) for match in _PLAYER.finditer(text)]
    quotations = tuple(one for one in doc._.quotations if not _overlaps(one.span, noise))
    skipped = frozenset(i for start, end in _token_ranges(doc, noise) for i in range(start, end))
    paragraphs = tuple(_token_ranges(doc, lines))
    reports = _token_ranges(doc, [Span(_reading_start(text, line), line.end) for line in lines])
    quote_ranges = tuple(_token_ranges(doc, [quotation.span for quotation in quotations]))
    quote_of = [-1] * len(doc)
    for number, (start, end) in enumerate(quote_ranges):
        quote_of[start:end] = [number] * (end - start)
    regions = _Regions(text, quotations, quote_ranges, quote_of)
    frames = [
        frame
        for number, (start, end) in enumerate(reports)
        for frame in _cut_frames(doc, number, start, end, regions=regions)
    ]
    return Layout(
        doc=doc,
        text=text,
        lines=lines,
        paragraphs=paragraphs,
        quotations=quotations,
        quote_ranges=quote_ranges,
        quote_of=tuple(quote_of),
        frames=tuple(frames),
        skipped=skipped,
    )


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    """Tell whether a span overlaps one of others that stand apart and in order."""
    following = bisect_right(others, span.start, key=lambda other: other.end)
    return following < len(others) and others[following].start < span.end


def _reading_start(text: str, line: Span) -> int:
    """Return where a paragraph is read from: behind its dateline; not at all when it is only a link."""
    caption = _CAPTION.match(text, line.start, line.end)
    if caption is not None:
        return caption.end()
    return line.end if _FURNITURE.match(text, line.start, line.end) else report_start(text, line)


def _token_ranges(doc: Doc, spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the tokens that begin in each span; the spans come in order and do not overlap."""
    token = 0
    count = len(doc)
    for start, end in spans:
        while token < count and doc[token].idx < start:
            token += 1
        first = token
        while token < count and doc[token].idx < end:
            token += 1
        yield first, token


class _Regions(NamedTuple):
    """The text, its quotations with their token ranges, and for each token its quotation or -1."""

    text: str  # kept: spaCy puts `doc.text` together anew each time
    quotations: Sequence[Quotation]
    ranges: Sequence[tuple[int, int]]
    of: Sequence[int]


def _cut_frames(doc: Doc, paragraph: int, start: int, end: int, *, regions: _Regions) -> Iterator[Frame]:
    """Cut one paragraph into frames."""
    first, token = start, start
    quotes: list[int] = []
    while token < end:
        number = regions.of[token]
        if number >= 0:
            quotes.append(number)
            token = max(token + 1, regions.ranges[number][1])
            ends = len(quotes) >= _MAX_QUOTES or (
                not regions.quotations[number].single
                and _ends_frame(doc, regions.text, regions.quotations[number], token, end)
            )
        else:
            token += 1
            ends = _ends_sentence(doc, token, end) or token - first >= _MAX_FRAME
        if ends:
            while token < end and doc[token].text in _CLOSERS and regions.of[token] < 0:
                token += 1
            yield Frame(start=first, end=token, paragraph=paragraph, quotes=tuple(quotes))
            first, quotes = token, []
    if first < end:
        yield Frame(start=first, end=end, paragraph=paragraph, quotes=tuple(quotes))


def _ends_sentence(doc: Doc, token: int, end: int) -> bool:
    """Tell whether the sentence ends before `token`, which stands behind a word outside quotations."""
    before = doc[token - 1]
    if before.text in _ENDS:
        return True
    return (
        token < end
        and before.text.endswith(".")
        and bool(doc[token].is_sent_start)
        and doc[token].text[:1].isupper()
    )


def _ends_frame(doc: Doc, text: str, quotation: Quotation, token: int, end: int) -> bool:
    """Tell whether a quotation that ends before `token` also ends its sentence."""
    if token >= end:
        return True
    inner_end = quotation.inner.end
    last = text[inner_end - 1 : inner_end]
    following = doc[token].text
    if last not in {".", "?", "!", "…"} or following in {",", "-", "–", "—", "―", "--", ":", ";"}:
        return False
    if following[:1].islower():
        return False
    return following in {"“", '"', "``", "''", "‘"} or not _cue_follows(
        doc, token, end, statement=last == "."
    )


def _cue_follows(doc: Doc, token: int, end: int, *, statement: bool) -> bool:
    """Tell whether a speech verb follows within a few words and takes no clause of its own."""
    lexicon = load_lexicon()
    for i in range(token, min(end, token + (_TAIL_REACH if statement else _LONG_TAIL_REACH))):
        word = doc[i]
        if word.text in _ENDS:
            return False
        if word.tag_ in {"VBD", "VBZ", "VBP"} and word.dep_ != "relcl":
            if "q" not in lexicon.verbs.get(word.lemma_, ()):
                return False
            after = doc[i + 1] if i + 1 < end else None
            closed = after is None or after.text in {".", ","} or (not statement and after.pos_ != "SCONJ")
            return closed and not any(child.dep_ == "ccomp" and child.i > i for child in word.children)
    return False
