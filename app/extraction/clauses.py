"""The content of a reported clause: where it starts, where it ends, and whether the cue interrupts it."""

from collections.abc import Sequence

from spacy.tokens import Token

from app.extraction.cues import Cue
from app.extraction.layout import Frame, Layout
from app.extraction.subjects import Range

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLAUSE = frozenset({"ccomp"})
_RELATIVE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_ASIDE_VERBS = frozenset({"relcl", "acl"})
_THAT_REACH = 12
"""Words behind a verb among which "that" may begin its clause."""

_TAIL_WORDS = 14
"""A cue clause behind its content ("..., officials said in a statement on Friday") is no longer than this."""


def clause_content(layout: Layout, frame: Frame, cue: Cue, cues: Sequence[Cue]) -> list[Range]:
    """Return the content of `cue`, one of the `cues` of its frame, as token ranges; empty when none."""
    content = _content(layout, frame, cue)
    if len(content) > 1:
        clauses = {c.clause for c in cues}
        content = [found for found in content if found not in clauses]  # "..., he asked for it, he said"
    return _cut_at_shared(layout, content, cue, cues)


def _content(layout: Layout, frame: Frame, cue: Cue) -> list[Range]:
    if "p" in cue.frames:
        return _around(layout, frame, cue)
    head = layout.doc[cue.head]
    if "c" in cue.frames or (cue.frames & {"q", "t"} and "o" not in cue.frames):
        ranges = _reported(layout, frame, cue, head)
        if ranges:
            return ranges
    return _complement(layout, frame, cue, head)


def _reported(layout: Layout, frame: Frame, cue: Cue, head: Token) -> list[Range]:
    """Return the finite clause that a verb reports: behind it, before it, or on both sides."""
    clauses = [child for child in head.children if child.dep_ in _CLAUSE]
    right = next((c for c in clauses if c.i > head.i and c.left_edge.i > head.i), None)
    if right is not None:
        return _from(layout, frame, cue, right.left_edge.i)
    if "c" not in cue.frames and any(c.dep_ == "dobj" and c.i > head.i for c in head.children):
        return []  # "takes on", not "thinks": "before she assumes the office, the city ..."
    left = any(c.i < head.i and c.i >= frame.start for c in clauses)
    if left or _stands_behind(layout, frame, cue) or _stands_between(layout, frame, cue):
        return _around(layout, frame, cue)
    return _behind_that(layout, frame, cue)


def _stands_between(layout: Layout, frame: Frame, cue: Cue) -> bool:
    """Tell whether subject and verb stand between two commas: "The law, she said, is cruel"."""
    doc, (first, _) = layout.doc, cue.clause
    if cue.source is None or "c" not in cue.frames or first <= frame.start or doc[first - 1].text != ",":
        return False
    end = _end_of_aside(layout, frame, cue)
    return end < frame.end - 2 and doc[end - 1].text == "," and end - first <= _TAIL_WORDS


def _behind_that(layout: Layout, frame: Frame, cue: Cue) -> list[Range]:
    """Return the clause after "that" where the parse has not joined it to its verb."""
    if cue.source is None or "c" not in cue.frames:
        return []
    doc = layout.doc
    for i in range(cue.tokens[1], min(frame.end - 1, cue.tokens[1] + _THAT_REACH)):
        if layout.quote_of[i] >= 0 or doc[i].tag_ in _FINITE or doc[i].text in {",", ":", ";"}:
            return []
        if doc[i].lower_ == "that" and (doc[i].dep_ not in _RELATIVE or doc[i - 1].pos_ not in _NOUNS):
            return _trimmed(layout, i, frame.end)
    return []


def _stands_behind(layout: Layout, frame: Frame, cue: Cue) -> bool:
    """Tell whether the cue clause closes the sentence behind a comma and a finite clause."""
    if "c" not in cue.frames or cue.source is None:
        return False
    doc, (first, last) = layout.doc, cue.clause
    if first - 1 <= frame.start or doc[first - 1].text not in {",", "—", "–", "--"}:
        return False
    behind = [token for token in doc[last : frame.end] if token.is_alpha]
    if len(behind) > _TAIL_WORDS or any(token.tag_ in _FINITE for token in behind):
        return False
    return any(token.tag_ in _FINITE for token in doc[frame.start : first - 1])


def _complement(layout: Layout, frame: Frame, cue: Cue, head: Token) -> list[Range]:
    """Return the infinitive, object or noun clause behind the cue."""
    wanted = {"ccomp"} if cue.frames & {"c", "t", "i", "n", "a"} else set()
    wanted |= {"xcomp"} if cue.frames & {"i", "a"} else set()
    wanted |= {"dobj", "oprd", "ccomp"} if "o" in cue.frames else set()
    wanted |= {"acl"} if "n" in cue.frames else set()
    wanted |= {"prep", "advcl"} if "a" in cue.frames or cue.tokens[1] - cue.tokens[0] > 1 else set()
    last = cue.tokens[1]
    for child in head.children:
        if child.dep_ in wanted and child.right_edge.i >= last and child.i > head.i:
            if child.dep_ == "xcomp" and not any(c.tag_ == "TO" for c in child.children):
                continue
            start = child.left_edge.i
            if child.dep_ == "xcomp" and "o" in cue.frames | frozenset("o"):
                start = min(
                    [start, *(c.left_edge.i for c in head.children if c.dep_ == "dobj" and c.i > head.i)]
                )
            return _from(layout, frame, cue, max(start, last))
    return []


def _from(layout: Layout, frame: Frame, cue: Cue, start: int) -> list[Range]:
    """Return the content from `start` to the last dependent of the cue that is not said beside it."""
    head = layout.doc[cue.head]
    end = min(head.right_edge.i + 1, frame.end)
    for child in head.children:
        if child.i <= start:
            continue
        if child.dep_ == "cc" or (child.dep_ == "conj" and not _goes_on(layout, child)):
            if child.dep_ == "cc" and any(c.dep_ == "conj" and _goes_on(layout, c) for c in head.children):
                continue
            end = min(end, child.left_edge.i)
            break
        if child.dep_ == "advcl" and child.tag_ == "VBG" and layout.doc[child.left_edge.i - 1].text == ",":
            end = min(end, child.left_edge.i)
            break
    return _trimmed(layout, start, _close_quotation(layout, frame, end))


def _goes_on(layout: Layout, conjunct: Token) -> bool:
    """Tell whether a clause joined to the cue belongs to what is said: own subject, no comma before."""
    own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in conjunct.children)
    before = layout.doc[conjunct.left_edge.i - 1]
    if before.dep_ == "cc" and before.i:
        before = layout.doc[before.i - 1]
    return (own and before.text not in {",", ";", "—"}) or layout.quote_of[conjunct.i] >= 0


def _close_quotation(layout: Layout, frame: Frame, end: int) -> int:
    """Move an end inside a quotation behind it: the parser ends sentences where quotations do not."""
    number = layout.quote_of[end - 1]
    if number >= 0:
        end = max(end, min(layout.quote_ranges[number][1], frame.end))
    return end


def _around(layout: Layout, frame: Frame, cue: Cue) -> list[Range]:
    """Return what stands before the cue clause and, when it interrupts, what stands behind it."""
    doc, (first, _) = layout.doc, cue.clause
    before = _trimmed(layout, frame.start, first)
    aside = "p" in cue.frames or doc[cue.head].dep_ == "parataxis" or _interrupts(layout, frame, cue)
    behind = _end_of_aside(layout, frame, cue) if aside else frame.end
    after = _trimmed(layout, behind, frame.end) if behind < frame.end else []
    if before and after and not _interrupts(layout, frame, cue):
        after = []
    return [*before, *after]


def _interrupts(layout: Layout, frame: Frame, cue: Cue) -> bool:
    """Tell whether the cue clause stands between two commas, the sentence going on behind it."""
    doc, (first, _) = layout.doc, cue.clause
    end = _end_of_aside(layout, frame, cue)
    if end >= frame.end - 2 or doc[first - 1].text != ",":
        return first <= frame.start + 1
    if doc[end - 1].text != "," or doc[end].tag_ in {"VBG", "CC"} or doc[end].dep_ == "cc":
        return False
    return any(token.tag_ in _FINITE and not _in_aside(token) for token in doc[end : frame.end])


def _in_aside(token: Token) -> bool:
    """Tell a finite word of a clause that only describes a noun."""
    verb = token.head if token.dep_ in {"aux", "auxpass"} else token
    return verb.dep_ in _ASIDE_VERBS


def _end_of_aside(layout: Layout, frame: Frame, cue: Cue) -> int:
    """Return the token behind the first comma after the cue clause and what describes its source."""
    doc, (_, last) = layout.doc, cue.clause
    if cue.source is not None:
        described = doc[cue.source[0] : cue.source[1]].root.right_edge.i + 1
        if last < described < frame.end - 2 and doc[described].text == ",":
            last = described
    for i in range(last, frame.end):
        if doc[i].text in {",", ":", "—", "–", "--"}:
            return i + 1
    return frame.end


def _trimmed(layout: Layout, start: int, end: int) -> list[Range]:
    """Return the range without space and punctuation at its ends, closing marks of its quotations kept."""
    doc = layout.doc
    while start < end and layout.quote_of[start] < 0 and (doc[start].is_space or doc[start].is_punct):
        start += 1
    while (
        end > start
        and layout.quote_of[end - 1] < 0
        and (doc[end - 1].is_space or doc[end - 1].is_punct or doc[end - 1].dep_ == "cc")
    ):
        end -= 1
    return [(start, end)] if end > start else []


def _cut_at_shared(layout: Layout, ranges: list[Range], cue: Cue, cues: Sequence[Cue]) -> list[Range]:
    """End the content before a later cue of the same source: "said the law failed, adding that ..."."""
    later = [c.tokens[0] for c in cues if c.shares and c.source == cue.source and c.tokens[0] > cue.tokens[0]]
    cut: list[Range] = []
    for start, end in ranges:
        stop = min([end, *(at for at in later if start < at < end)])
        while stop < end and stop - 1 > start and layout.doc[stop - 1].pos_ in {"ADV", "AUX"}:
            stop -= 1
        cut += _trimmed(layout, start, stop)
    return cut
