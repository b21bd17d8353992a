"""Which cue belongs to a quotation: the one behind it, the one before it, or the name behind a dash."""

from collections.abc import Sequence

from spacy.tokens import Token

from app.extraction.beside import phrase_after_quotation, phrase_before, phrase_behind
from app.extraction.cues import Cue, giving_cue
from app.extraction.layout import Frame, Layout
from app.extraction.subjects import ADDRESSING, Range

_MIN_SENTENCE = 4
"""Words from which on a quotation may read as a sentence."""

_SENTENCE_ENDS = frozenset(".,?!…—–-")
_BEFORE_QUOTED = frozenset({":", ",", "—", "–", ">", ")"})
"""What may stand before a quotation that has its cue behind it, when it does not begin the sentence."""

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_LINKS = frozenset({"ADV", "SCONJ", "CCONJ", "ADP"})
_DASHES = frozenset({"—", "–", "―", "-", "--"})
_MAX_TITLE = 6
_SHORT = 3
"""Letters up to which a word of a title may be in lower case."""

_MAX_NAME = 6
"""Words of a name behind a dash."""

_WHOLE_GAP = 6
"""Words between verb and quotation ("said on Friday, ...") that let a fragment pass as all that was said."""

_TAIL_GAP = 2
"""Adverbs and the like that may stand between a quotation and its cue clause."""


def is_sentence(layout: Layout, number: int) -> bool:
    """Tell whether a quotation reads as a sentence: capital letter, a few words, an end."""
    quotation = layout.quotations[number]
    words = quotation.inner.of(layout.text)
    first = next((char for char in words if char.isalnum()), "")
    if not first or first.islower() or len(words.split()) < _MIN_SENTENCE or is_title(words):
        return False
    return not quotation.closed or words.rstrip("'’\"” ")[-1:] in _SENTENCE_ENDS


def is_title(words: str) -> bool:
    """Tell a name in quotation marks, such as a programme's: short, each long word with a capital."""
    parts = words.split()
    return 0 < len(parts) <= _MAX_TITLE and all(part[0].isupper() or len(part) <= _SHORT for part in parts)


def tail_cue(layout: Layout, frame: Frame, cues: Sequence[Cue], number: int) -> Cue | None:
    """Return the cue right behind a quotation that begins its sentence."""
    start, end = layout.quote_ranges[number]
    doc = layout.doc
    if any(doc[i].is_alpha for i in range(frame.start, start)) and not (
        is_sentence(layout, number) and doc[start - 1].text in _BEFORE_QUOTED
    ):
        return None
    behind = [cue for cue in cues if cue.tokens[0] >= end]
    cue = next((cue for cue in behind if layout.doc[cue.head].dep_ != "relcl"), behind[0] if behind else None)
    if cue is None or not cue.frames & {"q", "p"}:
        return None
    first = cue.clause[0] if cue.clause[0] >= end else cue.tokens[0]
    gap = [doc[i] for i in range(end, first) if doc[i].is_alpha]
    if cue.source is None and "q" in cue.frames:
        gap = gap if not source_near(layout, frame, cue) else []
    if len(gap) > _TAIL_GAP or any(token.pos_ not in _LINKS and not token.text[0].isupper() for token in gap):
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


def lead_cue(layout: Layout, frame: Frame, cues: Sequence[Cue], number: int) -> Cue | None:
    """Return the last cue before a quotation when the quotation is what it introduces."""
    start = layout.quote_ranges[number][0]
    cue = next((cue for cue in reversed(cues) if cue.tokens[1] <= start), None)
    colon = start > frame.start and layout.doc[start - 1].text == ":"
    if colon and (cue is None or not cue.source) and is_sentence(layout, number):
        cue = giving_cue(layout, frame, start) or cue
    if cue is None or not (cue.frames & {"q", "p"} or (colon and "o" in cue.frames)):
        return None
    gap = layout.doc[cue.tokens[1] : start]
    if any(_parts(layout, token) for token in gap):
        return None
    return cue if _introduces(layout, frame, cue, number) else None


def _parts(layout: Layout, token: Token) -> bool:
    """Tell whether a word between a cue and a quotation parts them: another verb, another quotation."""
    return layout.quote_of[token.i] >= 0 or (token.tag_ in _FINITE and token.dep_ != "relcl")


def _introduces(layout: Layout, frame: Frame, cue: Cue, number: int) -> bool:
    """Decide by what stands right before the quotation, and by whether it reads as a sentence."""
    start, end = layout.quote_ranges[number]
    last, gap = layout.doc[start - 1].text, start - cue.tokens[1]
    sentence = is_sentence(layout, number)
    closes = not any(layout.doc[i].is_alpha for i in range(end, frame.end))
    if "p" in cue.frames:
        return last == "," and sentence
    if last == ":":
        return True
    if not gap:
        return sentence or closes
    if last == "," and closes and layout.doc[frame.start].lower_ == "as":
        return True
    if last == "that":
        return sentence
    whole = last == "," and closes and gap <= _WHOLE_GAP
    return (sentence or whole) and not _clause_before(layout, cue, start)


def _clause_before(layout: Layout, cue: Cue, start: int) -> bool:
    """Tell whether the verb already has its clause or object between itself and the quotation."""
    return any(
        child.dep_ in {"ccomp", "xcomp"} and cue.head < child.i < start
        for child in layout.doc[cue.head].children
    )


def source_near(layout: Layout, frame: Frame, cue: Cue) -> Range | None:
    """Return the noun phrase beside a cue whose subject the parse does not give."""
    if "p" in cue.frames:
        return None
    before = phrase_before(layout, frame, cue.tokens) or phrase_after_quotation(layout, frame, cue.tokens)
    return before if before or cue.lemma in ADDRESSING else phrase_behind(layout, frame, cue.tokens)


def name_behind_dash(layout: Layout, frame: Frame, number: int) -> Range | None:
    """Return the name that closes a frame behind a quotation and a dash: "..." - Ana Ortega."""
    doc = layout.doc
    start = layout.quote_ranges[number][1]
    if start >= frame.end - 1 or doc[start].text not in _DASHES or not is_sentence(layout, number):
        return None
    start += 1
    while start < frame.end and not doc[start].text[:1].isalnum():
        start += 1
    end = start
    while end < frame.end and layout.quote_of[end] < 0 and doc[end].text not in {",", "(", ".", ";"}:
        end += 1
    words = doc[start:end]
    if (
        not 0 < len(words) <= _MAX_NAME
        or not words[0].text[:1].isupper()
        or any(w.pos_ == "AUX" for w in words)
    ):
        return None
    return start, end
