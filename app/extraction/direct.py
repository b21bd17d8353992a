"""Quotations and their cues inside one frame: behind the words, before them, or between two halves."""

from collections.abc import Sequence
from itertools import pairwise

from app.domain.annotation import StatementKind
from app.extraction.cues import Cue
from app.extraction.found import Found
from app.extraction.layout import Frame, Layout
from app.extraction.subjects import Range

_DIRECT_SCORE = 0.95
_NO_SOURCE_SCORE = 0.7
_MIN_SENTENCE = 4
"""Words from which on a quotation may read as a sentence."""

_SENTENCE_ENDS = frozenset(".,?!…—–-")
_NOMINAL = frozenset({"NNP", "NNPS", "NN", "NNS", "PRP", "DT", "PRP$", "CD", "JJ"})
_TAIL_GAP = 2
"""Adverbs and the like that may stand between a quotation and its cue clause."""


def quoted_statements(layout: Layout, frame: Frame, cues: Sequence[Cue]) -> list[tuple[Found, Cue]]:
    """Return the direct statements of a frame with the cue of each; other quotations are left."""
    found: list[tuple[Found, Cue]] = []
    taken: set[int] = set()
    for position, number in enumerate(frame.quotes):
        if number in taken:
            continue
        cue = _lead_cue(layout, frame, cues, number) or _tail_cue(layout, frame, cues, number)
        if cue is None:
            continue
        numbers = [number, *_further(layout, cues, cue, frame.quotes[position:])]
        taken.update(numbers)
        found.append((_direct(layout, frame, cue, numbers), cue))
    return found


def is_sentence(layout: Layout, number: int) -> bool:
    """Tell whether a quotation reads as a sentence: capital letter, a few words, an end."""
    quotation = layout.quotations[number]
    words = quotation.inner.of(layout.text)
    first = next((char for char in words if char.isalnum()), "")
    if not first or first.islower() or len(words.split()) < _MIN_SENTENCE:
        return False
    return not quotation.closed or words[-1] in _SENTENCE_ENDS


def _direct(layout: Layout, frame: Frame, cue: Cue, numbers: Sequence[int]) -> Found:
    source = cue.source or _source_near(layout, frame, cue)
    return Found(
        kind=StatementKind.DIRECT,
        content=[layout.quotations[number].inner for number in numbers],
        cue=[layout.span(*cue.tokens)],
        source=[layout.span(*source)] if source else [],
        score=_DIRECT_SCORE if source else _NO_SOURCE_SCORE,
        paragraph=frame.paragraph,
        quotes=list(numbers),
    )


def _tail_cue(layout: Layout, frame: Frame, cues: Sequence[Cue], number: int) -> Cue | None:
    """Return the cue right behind a quotation that begins its sentence."""
    start, end = layout.quote_ranges[number]
    doc = layout.doc
    if any(doc[i].is_alpha for i in range(frame.start, start)) and not (
        is_sentence(layout, number) and doc[start - 1].text in {":", ",", "—", "–", ">", ")"}
    ):
        return None
    cue = next((cue for cue in cues if cue.tokens[0] >= end), None)
    if cue is None or not cue.frames & {"q", "p"}:
        return None
    first = cue.clause[0] if cue.clause[0] >= end else cue.tokens[0]
    gap = [doc[i] for i in range(end, first) if doc[i].is_alpha]
    if cue.source is None and "q" in cue.frames:
        gap = gap if not _source_near(layout, frame, cue) else []
    if len(gap) > _TAIL_GAP or any(token.pos_ not in {"ADV", "SCONJ", "CCONJ", "ADP"} for token in gap):
        return None
    if _has_own_clause(layout, frame, cue):
        return None
    return cue


def _has_own_clause(layout: Layout, frame: Frame, cue: Cue) -> bool:
    """Tell whether the verb takes a clause outside quotations behind it."""
    return any(
        child.dep_ == "ccomp"
        and cue.clause[1] <= child.left_edge.i < frame.end
        and layout.quote_of[child.i] < 0
        for child in layout.doc[cue.head].children
    )


def _lead_cue(layout: Layout, frame: Frame, cues: Sequence[Cue], number: int) -> Cue | None:
    """Return the last cue before a quotation when the quotation is what it introduces."""
    start, end = layout.quote_ranges[number]
    before = [cue for cue in cues if cue.tokens[1] <= start]
    cue = before[-1] if before else None
    if cue is None or not cue.frames & {"q", "p"} or start <= frame.start:
        return None
    last = layout.doc[start - 1].text
    gap = range(cue.tokens[1], start)
    if any(layout.quote_of[i] >= 0 for i in gap):
        return None
    closes = not any(layout.doc[i].is_alpha for i in range(end, frame.end))
    if last == ":":
        return cue
    sentence = is_sentence(layout, number)
    if last == ",":
        return cue if sentence and not _clause_before(layout, cue, start) else None
    if not gap or last in {"that", "as"}:
        return cue if (sentence or (closes and not gap)) and last != "as" else None
    return cue if sentence and "q" in cue.frames and not _clause_before(layout, cue, start) else None


def _clause_before(layout: Layout, cue: Cue, start: int) -> bool:
    """Tell whether the verb already has its clause or object between itself and the quotation."""
    return any(
        child.dep_ in {"ccomp", "xcomp"} and cue.head < child.i < start
        for child in layout.doc[cue.head].children
    )


def _further(layout: Layout, cues: Sequence[Cue], cue: Cue, quotes: Sequence[int]) -> list[int]:
    """Return the quotations that go on with the first of `quotes`, behind the same cue in the same frame."""
    joined: list[int] = []
    for left, right in pairwise(quotes):
        end, start = layout.quote_ranges[left][1], layout.quote_ranges[right][0]
        between = range(end, start)
        if any(end <= other.tokens[0] < start for other in cues if other is not cue):
            break
        words = [i for i in between if layout.doc[i].is_alpha]
        only_and = all(layout.doc[i].dep_ == "cc" for i in words)
        interrupted = end <= cue.tokens[0] < start and layout.doc[start - 1].text in {
            ",",
            ":",
            ";",
            "—",
            "–",
            "-",
        }
        if not (interrupted or (only_and and (words or is_sentence(layout, right)))):
            break
        joined.append(right)
    return joined


def _source_near(layout: Layout, frame: Frame, cue: Cue) -> Range | None:
    """Return the noun phrase beside a cue whose subject the parse does not give."""
    if "p" in cue.frames:
        return None
    return _phrase_before(layout, frame, cue) or _phrase_behind(layout, frame, cue)


def _phrase_before(layout: Layout, frame: Frame, cue: Cue) -> Range | None:
    start = cue.tokens[0]
    while (
        start > frame.start
        and layout.quote_of[start - 1] < 0
        and layout.doc[start - 1].text not in {",", ":", "—"}
    ):
        start -= 1
    end = cue.tokens[0]
    while end > start and layout.doc[end - 1].pos_ in {"ADV", "AUX", "PUNCT", "SPACE"}:
        end -= 1
    phrase = layout.doc[start:end]
    nominal = len(phrase) and phrase[0].tag_ in _NOMINAL and phrase[-1].pos_ in {"NOUN", "PROPN", "PRON"}
    return (start, end) if nominal and all(token.pos_ not in {"VERB", "SCONJ"} for token in phrase) else None


def _phrase_behind(layout: Layout, frame: Frame, cue: Cue) -> Range | None:
    doc, start = layout.doc, cue.tokens[1]
    before = cue.tokens[0] - 1
    if before >= frame.start and layout.quote_of[before] < 0 and doc[before].text != ",":
        return None
    end = start
    while end < frame.end and layout.quote_of[end] < 0 and doc[end].tag_ in {*_NOMINAL, "POS", "HYPH"}:
        end += 1
    if (
        end == start
        or doc[end - 1].pos_ not in {"NOUN", "PROPN", "PRON"}
        or doc[start].lower_ in {"it", "that"}
    ):
        return None
    return start, end
