"""Paragraphs: the lines of a text, and the component that keeps the parser inside them."""

import re
from collections.abc import Set as AbstractSet
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Token

from app.domain.span import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_DATELINE = re.compile(
    r"(?:[A-Z]{2}[A-Z.'’ -]{0,30}(?:, ?[A-Z][\w. ]{1,24}){0,2},? ?)?"
    r"(?:\([A-Z][\w.,/ -]{1,24}\) ?)?(?:—|–|--|-) ?"
)
"""Where and by which agency a report was filed: "WASHINGTON —", "TUCSON, Ariz. (AP) —", "(CNN) -"."""


def find_paragraphs(text: str) -> list[Span]:
    """Return the non-blank lines of `text`, without the white space around them."""
    found = []
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            found.append(Span(start, start + len(stripped)))
    return found


def report_start(text: str, paragraph: Span) -> int:
    """Return where the words of a paragraph begin: behind its dateline, else at its start."""
    match = _DATELINE.match(text, paragraph.start, paragraph.end)
    if match is None or (not text[paragraph.start].isalpha() and text[paragraph.start] != "("):
        return paragraph.start
    return match.end() if match.end() < paragraph.end else paragraph.start


@Language.component("dateline_paragraphs", assigns=["token.is_sent_start"])
def mark_paragraph_starts(doc: Doc) -> Doc:
    """Let every paragraph begin a sentence; stands before the parser, which then never joins two.

    A headline, a dateline or an attribution line carries no full stop, so that the parser alone
    takes it for the beginning of the next sentence and the subject of a verb it has nothing to do with.
    """
    starts = _sentence_starts(doc.text)
    found = [_mark(token, starts) for token in doc]
    marks: Any = np.array(found, dtype=np.int64).astype(np.uint64)  # typed as another library's array
    return doc.from_array(["SENT_START"], marks)  # one by one it takes the square of their number


def _mark(token: Token, starts: AbstractSet[int]) -> int:
    """Return what spaCy keeps of a token: 1 begins a sentence, -1 does not, 0 is for the parser to tell."""
    if token.is_space:
        return -1 if token.i else 0
    return int(token.idx in starts)


def _sentence_starts(text: str) -> set[int]:
    """Return the characters where paragraphs begin, and reports behind their dateline."""
    lines = find_paragraphs(text)
    return {line.start for line in lines} | {report_start(text, line) for line in lines}
