"""Block quotations between their introduction and their attribution line, and transcripts."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.annotation import StatementKind
from app.domain.span import Span
from app.extraction.cues import Cue, find_cues, giving_cue
from app.extraction.drafts import SourceHint
from app.extraction.found import Found
from app.extraction.layout import Frame, Layout
from app.extraction.lexicon import load_lexicon
from app.extraction.quote_cues import is_title

_LINE = re.compile(r"(?:—|–|―|--|-)\s*(?P<name>[A-Z@][^\n]{1,120})")
_TWEET = re.compile(r"(?<=\S) [—–-]\s(?P<name>[^—–\n(@]{2,60}) \(@\w{1,20}\)[^\n]{0,30}$")
_SIGNED = re.compile(
    r"(?P<mark>[\"“”])(?P<words>[^\n]+)[\"“”]\s*(?:—|–|―|--|-)\s*(?P<name>[A-Z][^\n\"“”(,.]{1,60})(?:[(,.][^\n\"“”]{0,80})?"
)
_MARKS = frozenset('"“”')
_MAX_SIGNATURE = 140
"""Characters of the name, account and date behind a tweet, at most."""

_LABEL = re.compile(
    r"[\"“]?(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4})(?: \([^()\n]{1,40}\))?:\s+(?=\S)"
)
_OFFICE = re.compile(r"\b(?:office|team|campaign|spokes\w+|press secretary)\b", re.IGNORECASE)
_BLOCK_SCORE = 0.93
_UNMARKED_SCORE = 0.85
_TRANSCRIPT_SCORE = 0.9
_SPOKEN = re.compile(r"\b(?:I|we|you|my|our|your|me|us|We|You|My|Our|Your)\b")
_LONG_TURN = 20
"""Words from which on somebody who speaks says "I", "we" or "you"."""

_MAX_LINE_WORDS = 12
_MAX_BLOCK = 12
"""Paragraphs of a block quotation without marks, at most, before its attribution line."""

_MIN_TURNS = 3
"""Labelled lines from which on a text is read as a transcript."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A block quotation: its statement, put in before the frames of `paragraph`, and what it covers."""

    paragraph: int
    covers: tuple[int, int]  # paragraphs that need no further reading
    found: Found


def find_blocks(layout: Layout) -> list[Block]:
    """Return the block quotations and turns of a transcript, in order."""
    blocks: list[Block] = []
    number = 0
    transcript = _is_transcript(layout)
    while number < len(layout.lines):
        block = _turn(layout, number) if transcript else None
        block = block or _tweet(layout, number) or _signed(layout, number) or _block_from(layout, number)
        if block is None:
            number += 1
        else:
            blocks.append(block)
            number = block.covers[1]
    return blocks


def _block_from(layout: Layout, number: int) -> Block | None:
    """Return the block quotation that begins with paragraph `number`."""
    end = _block_end(layout, number)
    line = _attribution_line(layout, end) if end < len(layout.lines) else None
    intro = _introduction(layout, number - 1) if number else None
    quotes = _whole_quotations(layout, number, end)
    if not (intro or (line and quotes)):
        return None
    if not quotes and line is None:
        end = number + 1
        if (
            _LINE.match(layout.lines[number].of(layout.text))
            or layout.text[layout.lines[number].end - 1] == ":"
        ):
            return None
    return _make_block(layout, (number, end), quotes, intro=intro, line=line)


def _tweet(layout: Layout, number: int) -> Block | None:
    """Return a tweet set into the text: "words - Ana Ortega (@anaortega) June 3, 2017"."""
    line = layout.lines[number]
    match = _TWEET.search(layout.text, max(line.start, line.end - _MAX_SIGNATURE), line.end)
    if match is None or match.start() <= line.start:
        return None
    found = Found(
        kind=StatementKind.DIRECT,
        content=[Span(line.start, match.start())],
        source=[Span(*match.span("name"))],
        hint=SourceHint.ATTRIBUTION_LINE,
        score=_BLOCK_SCORE,
        paragraph=number,
        end=layout.paragraphs[number][1],
        quotes=list(layout.quotations_in(number)),
    )
    return Block(paragraph=number, covers=(number, number + 1), found=found)


def _signed(layout: Layout, number: int) -> Block | None:
    """Return a paragraph that is a quotation with a name behind it: "words" - Ana Ortega, Boston."""
    line = layout.lines[number]
    match = _SIGNED.fullmatch(layout.text, line.start, line.end)
    if match is None or not is_title(match["name"]) or is_title(match["words"]):
        return None
    quotes = layout.quotations_in(number)
    whole = len(quotes) == 1 and layout.quotations[quotes[0]].span.end == match.end("words") + 1
    if not whole and not _MARKS.isdisjoint(match["words"]):
        return None
    found = Found(
        kind=StatementKind.DIRECT,
        content=[Span(*match.span("words"))],
        source=[Span(*match.span("name"))],
        hint=SourceHint.ATTRIBUTION_LINE,
        score=_BLOCK_SCORE,
        paragraph=number,
        end=layout.paragraphs[number][1],
        quotes=list(quotes),
    )
    return Block(paragraph=number, covers=(number, number + 1), found=found)


def _block_end(layout: Layout, number: int) -> int:
    """Return the paragraph behind the block: where quotations stop, or the attribution line stands."""
    end = number
    quoted = bool(_whole_quotations(layout, number, number + 1))
    while end < len(layout.lines) and end - number <= _MAX_BLOCK:
        if end > number and _attribution_line(layout, end) is not None:
            return end
        if quoted and end > number and not _continues(layout, end):
            return end
        end += 1
    return end if quoted else number + 1


def _continues(layout: Layout, number: int) -> bool:
    """Tell whether a paragraph goes on with an unclosed quotation."""
    return any(layout.quotations[q].continues for q in layout.quotations_in(number))


def _whole_quotations(layout: Layout, start: int, end: int) -> list[int]:
    """Return the quotations of the paragraphs when each is nothing but quotation."""
    numbers: list[int] = []
    for paragraph in range(start, end):
        first, last = layout.paragraphs[paragraph]
        inside = sorted({layout.quote_of[i] for i in range(first, last)} - {-1})
        outside = any(layout.doc[i].is_alpha and layout.quote_of[i] < 0 for i in range(first, last))
        if outside or not inside or layout.quotations[inside[0]].single:
            return []
        numbers += inside
    return numbers


def _introduction(layout: Layout, number: int) -> tuple[Frame, Cue] | None:
    """Return the frame and the cue of a paragraph that ends with a colon and introduces words."""
    line = layout.lines[number]
    if layout.text[line.end - 1] != ":":
        return None
    frames = layout.frames_in(number)
    if not frames:
        return None
    frame = frames[-1]
    cues = [cue for cue in find_cues(layout, frame, load_lexicon()) if cue.frames & {"q", "p"}]
    cue = cues[-1] if cues else giving_cue(layout, frame, frame.end)
    return (frame, cue) if cue is not None else None


def _attribution_line(layout: Layout, number: int) -> Span | None:
    """Return the name in a paragraph of the form "- Name, title"."""
    line = layout.lines[number]
    match = _LINE.fullmatch(line.of(layout.text))
    if match is None or len(match["name"].split()) > _MAX_LINE_WORDS or match["name"][-1] in ".?!:;":
        return None
    name = re.sub(r"\s*[(,].*", "", match["name"])
    start = line.start + match.start("name")
    return Span(start, start + len(name))


def _make_block(
    layout: Layout,
    covers: tuple[int, int],
    quotes: list[int],
    *,
    intro: tuple[Frame, Cue] | None,
    line: Span | None,
) -> Block:
    number, end = covers
    content = [layout.quotations[q].inner for q in quotes] or [
        Span(layout.lines[number].start, layout.lines[end - 1].end)
    ]
    found = Found(
        kind=StatementKind.DIRECT,
        content=content,
        score=_BLOCK_SCORE if quotes else _UNMARKED_SCORE,
        paragraph=end - 1,
        end=layout.paragraphs[end - 1 + (line is not None)][1],
        quotes=quotes,
    )
    if intro is not None:
        cue = intro[1]
        found.cue = [layout.span(*cue.tokens)]
        found.source = [layout.span(*cue.source)] if cue.source else []
    if line is not None and not _same_source(layout.text, found.source, line):
        found.source.append(line)
        found.hint = SourceHint.ATTRIBUTION_LINE
    return Block(paragraph=number, covers=(number, end + (line is not None)), found=found)


def _same_source(text: str, sources: list[Span], line: Span) -> bool:
    """Tell whether the introduction already names whom the attribution line names."""
    if not sources:
        return False
    named = sources[-1].of(text)
    parts = re.findall(r"\w+", line.of(text))
    if _OFFICE.search(named):
        return False
    initials = "".join(word[0] for word in parts if word[0].isupper())
    return named.strip(".").upper() == initials or parts[-1] in re.findall(r"\w+", named)


def _is_transcript(layout: Layout) -> bool:
    """Tell a text in which labelled lines alternate from one with a few "Related: ..."."""
    turns = _labelled(layout)
    return bool(turns) and not _tells_of_others(turns)


def is_told_by_name(layout: Layout) -> bool:
    """Tell a text whose paragraphs are about those who are named at their head, before a colon."""
    turns = _labelled(layout)
    return bool(turns) and _tells_of_others(turns)


def _labelled(layout: Layout) -> list[str]:
    """Return the paragraphs of the form "NAME: words" when there are several that alternate."""
    turns = [turn for line in layout.lines if _LABEL.match(turn := line.of(layout.text))]
    labels = Counter(match["name"] for turn in turns if (match := _LABEL.match(turn)) is not None)
    repeated = [name for name, count in labels.items() if count > 1]
    in_capitals = len(labels) > 1 and all(name.isupper() for name in labels)
    alternate = len(repeated) > 1 or (bool(repeated) and in_capitals)
    return turns if alternate and labels.total() >= _MIN_TURNS else []


def _tells_of_others(turns: Sequence[str]) -> bool:
    """Tell paragraphs about those named at their head: long ones in which nobody says "I" or "you"."""
    long = [turn for turn in turns if len(turn.split()) >= _LONG_TURN]
    return 2 * sum(_SPOKEN.search(turn) is None for turn in long) > len(long)


def _turn(layout: Layout, number: int) -> Block | None:
    """Return one turn of a transcript: "NAME: words"."""
    line = layout.lines[number]
    match = _LABEL.match(line.of(layout.text))
    if match is None:
        return None
    found = Found(
        kind=StatementKind.DIRECT,
        content=[Span(line.start + match.end(), line.end)],
        source=[Span(*(line.start + end for end in match.span("name")))] if len(match["name"]) > 1 else [],
        score=_TRANSCRIPT_SCORE,
        paragraph=number,
        end=layout.paragraphs[number][1],
    )
    return Block(paragraph=number, covers=(number, number + 1), found=found)
