"""Whom "they" means: those who spoke together before, where nobody else may be meant."""

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc, Span, Token

from app.domain.annotation import Attribution, SourceKind, SpeakerKind
from app.extraction.binding import SUBJECTS
from app.extraction.drafts import StatementDraft
from app.extraction.labels import GPE, ORG, PERSON
from app.extraction.source_words import Resolved
from app.extraction.words import words

PARAGRAPHS_ON = 1
"""Paragraphs further on in which those who spoke together are still meant."""

STATEMENTS_BACK = 20
"""Statements before that are looked at, at most."""

_TOGETHER = frozenset({"they", "both", "the two", "the pair"})
_PLURAL = frozenset({"NNS", "NNPS"})


def meant_together(
    doc: Doc, draft: StatementDraft, before: Iterable[tuple[StatementDraft, Resolved]]
) -> list[Attribution]:
    """Return the persons whom the "they" of a draft means; `before` are the drafts that stand earlier, and
    whom they give, the nearest first.
    """
    they = _words(doc, draft)
    if they is None or they.text.lower() not in _TOGETHER:
        return []
    for earlier, resolved in islice(before, STATEMENTS_BACK):
        source = _words(doc, earlier)
        if source is None or source.end > they.start:
            continue
        if resolved.kind is SourceKind.COLLECTIVE:
            return []
        if len(resolved.speakers) > 1:
            persons = all(one.kind is SpeakerKind.PERSON for one in resolved.speakers)
            between = doc[source.end : they.start]
            near = sum("\n" in token.text for token in between) <= PARAGRAPHS_ON
            free = near and not any(map(_may_be_they, _unquoted(between)))
            return resolved.speakers if persons and free else []
    return []


def _words(doc: Doc, draft: StatementDraft) -> Span | None:
    """Return the words that name the source of a draft; None where there are none, or several pieces."""
    only = draft.source[0] if len(draft.source) == 1 else None
    return doc.char_span(*only, alignment_mode="expand") if only and only.start < only.end else None


def _unquoted(span: Span) -> Iterator[Token]:
    quoted = [one.span for one in span.doc._.quotations]
    return (token for token in span if not any(start <= token.idx < end for start, end in quoted))


def _may_be_they(token: Token) -> bool:
    """Tell whether a subject may be several: "the guests", "the council", "Ortega and Falk"."""
    if token.dep_ not in SUBJECTS:
        return False
    joined = any(child.dep_ == "conj" for child in token.children)
    body = token.ent_type_ in {ORG, GPE} or token.lower_ in words("body_nouns.txt")
    return token.tag_ in _PLURAL or joined or (body and token.ent_type_ != PERSON)
