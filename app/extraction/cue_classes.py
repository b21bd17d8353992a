"""What kind of act a cue reports: speech, writing, belief, intent or something else."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from app.domain.annotation import CueClass, StatementKind
from app.domain.span import Span
from app.extraction.words import table, words

FINDING = "finding"
"""Class in the list of what a document says by finding it: "the study shows"."""

_ENDINGS = ("s", "es", "d", "ed")
_PHRASE_ENDS = frozenset({"ADP", "PUNCT", "SCONJ", "VERB", "AUX"})
"""Parts of speech behind which a source's head noun no longer stands: "a report by ..."."""


def cue_class(doc: Doc, kind: StatementKind, cue: Sequence[Span], source: Sequence[Span]) -> CueClass:
    """Return the class of a statement by the words of its cue; what a letter or report says is written.

    Quoted words without a cue, or with one that is not listed ("she smiled"), are speech.
    """
    listed = [found for token in _tokens(doc, cue) if (found := _listed(token))]
    first = listed[0] if listed else None
    if CueClass.WRITING in listed and first == CueClass.SPEECH:
        return CueClass.WRITING  # "said in a letter"
    if first in {CueClass.SPEECH, FINDING} and is_written(doc, source):
        return CueClass.WRITING
    if first is None or first == FINDING:
        spoken = kind is StatementKind.DIRECT or (bool(cue) and not _has_letter(doc, cue))
        return CueClass.SPEECH if spoken else CueClass.OTHER
    return CueClass(first)


def is_utterance(token: Token) -> bool:
    """Tell whether a word reports by speaking or writing."""
    return _listed(token) in {CueClass.SPEECH, CueClass.WRITING}


def is_written(doc: Doc, source: Sequence[Span]) -> bool:
    """Tell whether a source is a document: "the letter", "a report by the department"."""
    head: Token | None = None
    for token in _tokens(doc, source):
        if head is not None and token.pos_ in _PHRASE_ENDS:
            break
        if token.pos_ in {"NOUN", "PROPN", "PRON"}:
            head = token
    return head is not None and head.pos_ == "NOUN" and head.lemma_.lower() in words("written_things.txt")


def _tokens(doc: Doc, spans: Sequence[Span]) -> list[Token]:
    found: list[Token] = []
    for span in spans:
        tokens = doc.char_span(*span, alignment_mode="expand") if span.start < span.end else None
        found.extend(tokens or ())
    return found


def _listed(token: Token) -> str | None:
    """Return the class of a word as printed ("concerned"), else of its lemma, which the tagger may miss."""
    word = token.lower_
    forms = (word, token.lemma_.lower(), *(word.removesuffix(end) for end in _ENDINGS))
    return next((found for form in forms if (found := table("cue_classes.tsv").get(form))), None)


def _has_letter(doc: Doc, spans: Sequence[Span]) -> bool:
    return any(character.isalpha() for span in spans for character in span.of(doc.text))
