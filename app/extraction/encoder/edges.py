"""Contents that begin or end inside a phrase, completed: a word is not cut off from the one it belongs to."""

import re
from collections.abc import Sequence

from spacy.tokens import Span as Name
from spacy.tokens import Token

from app.domain.span import Span
from app.extraction.encoder.overlaps import overlap
from app.extraction.layout import Frame, Layout

_LEANS_RIGHT = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet", "aux", "auxpass"}
)
"""Dependents that stand before their word: no phrase ends with one."""

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_ACRONYM = re.compile(r"[A-Z]{2,}\)")  # behind its bracket; "(D)" behind a name is a party
_RELATIVE = frozenset({"WP", "WDT"})
_LONGEST = 6
"""Words that are put to an end, at most."""


def completed(
    layout: Layout, frame: Frame, content: Sequence[Span], *, keep_out: Sequence[Span]
) -> list[Span]:
    """Return the content with its ends at the ends of words' phrases; nothing of `keep_out` is taken in.

    The ends that change stand in `frame`, outside quotations.
    """
    spans: list[Span] = []
    for position, span in enumerate(content):
        start = _start(layout, frame, span)
        end = _end(layout, frame, span)
        low = spans[-1].end if spans else 0
        high = content[position + 1].start if position + 1 < len(content) else len(layout.text)
        widened = Span(max(start, low), min(end, high))
        spans.append(
            span if any(overlap(widened, one) and not overlap(span, one) for one in keep_out) else widened
        )
    return spans


def _start(layout: Layout, frame: Frame, span: Span) -> int:
    tokens = _tokens(layout, span)
    name = _name_around(layout, tokens[0]) if tokens else None
    if name is not None:
        return min(span.start, name.start_char) if name.start >= frame.start else span.start
    first = _belongs_to(tokens[0]) if tokens and tokens[0].i > frame.start else None
    if first is None or first.i < frame.start or tokens[0].i - first.i > _LONGEST:
        return span.start
    return min(span.start, first.idx)


def _name_around(layout: Layout, token: Token) -> Name | None:
    """Return the name that a word stands in, or whose acronym in brackets it opens."""
    doc = layout.doc
    if token.ent_iob_ == "I":
        within = token.i
    elif token.text == "(" and _ACRONYM.fullmatch(doc[token.i + 1 : token.i + 3].text):
        within = token.i - 1
    else:
        return None
    return next((ent for ent in doc.ents if ent.start <= within < ent.end), None)


def _belongs_to(token: Token) -> Token | None:
    """Return where the phrase begins that a word goes on with: the owner before "'s", the verb's subject."""
    if token.tag_ == "POS":
        return token.head.left_edge
    verb = token.head if token.dep_ in {"aux", "auxpass", "neg"} else token
    if verb.tag_ not in _FINITE and verb == token:
        return None
    subject = next((child for child in verb.children if child.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.i >= token.i or subject.right_edge.i + 1 != token.i:
        return None
    return None if subject.tag_ in _RELATIVE else subject.left_edge


def _end(layout: Layout, frame: Frame, span: Span) -> int:
    tokens = _tokens(layout, span)
    if not tokens or tokens[-1].i + 1 >= frame.end or layout.quote_of[tokens[-1].i] >= 0:
        return span.end
    last = tokens[-1]
    while (further := _leans_on(last)) is not None:
        last = further
    if last.i >= frame.end or last.i - tokens[-1].i > _LONGEST:
        return span.end
    return max(span.end, last.idx + len(last))


def _leans_on(token: Token) -> Token | None:
    """Return the word behind that a word belongs to."""
    if token.dep_ in _LEANS_RIGHT and token.head.i > token.i:
        return token.head
    if token.dep_ == "prep" or token.tag_ == "TO":
        behind = [child for child in token.children if child.i > token.i]
        return behind[0] if behind else None
    return None


def _tokens(layout: Layout, span: Span) -> list[Token]:
    found = layout.doc.char_span(*span, alignment_mode="expand") if span.start < span.end else None
    tokens = list(found or ())
    while tokens and (tokens[-1].is_punct or tokens[-1].is_space):
        tokens.pop()
    return tokens
