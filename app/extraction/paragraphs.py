"""Paragraphs: the lines of a text, and the component that keeps the parser inside them."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from app.domain.span import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")


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


@Language.component("dateline_paragraphs", assigns=["token.is_sent_start"])
def mark_paragraph_starts(doc: Doc) -> Doc:
    """Let every paragraph begin a sentence; stands before the parser, which then never joins two.

    A headline, a dateline or an attribution line carries no full stop, so that the parser alone
    takes it for the beginning of the next sentence and the subject of a verb it has nothing to do with.
    """
    after_break = False
    for token in doc:
        if token.is_space:
            after_break = after_break or "\n" in token.text
            if token.i:
                token.is_sent_start = False
        elif after_break:
            token.is_sent_start = True
            after_break = False
    return doc
