"""What kind of act a cue reports: speech, writing, belief, intent or something else."""

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from app.domain.annotation import CueClass, StatementKind
from app.domain.span import Span
from app.extraction.labels import ORG
from app.extraction.words import table, words

FINDING = "finding"
"""Class in the list of what a document says by finding it: "the study shows"."""

TELLING = "telling"
"""Class in the list of what a person says and a thing only shows: the mayor, or the delay, suggests."""

DENYING = frozenset(
    {"not", "n't", "n’t", "never", "hardly", "rarely", "yet"}
    | {"likely", "unlikely", "able", "unable", "supposed", "free", "ready", "reluctant"}
)
"""Words before a verb by which it has not happened: "did not say", "has yet to say", "is ready to say"."""

WITHHOLDING = frozenset({"decline", "refuse", "fail", "hesitate", "stop", "avoid", "refrain", "forget"})
"""Lemmas of verbs that keep back what follows: "declined to say"."""

_GOING_ON = frozenset({"go", "continue", "come", "begin", "start", "rush"})
"""Verbs behind which an infinitive has happened: "went on to say"."""

_SAID = frozenset({CueClass.SPEECH, CueClass.WRITING, TELLING, FINDING})

_ENDINGS = ("s", "es", "d", "ed")
_PHRASE_ENDS = frozenset({"ADP", "PUNCT", "SCONJ", "VERB", "AUX"})
"""Parts of speech behind which a source's head noun no longer stands: "a report by ..."."""

_WHO_SPEAKS = (
    "unnamed_nouns.txt",
    "collective_nouns.txt",
    "title_nouns.txt",
    "office_titles.txt",
    "body_nouns.txt",
)
"""Lists of the nouns that mean persons and bodies."""

_ACTORS = ("er", "or", "ist", "ian", "man", "woman", "ee", "ant")
"""Endings of nouns that mean persons, most of the time."""


def cue_class(doc: Doc, kind: StatementKind, cue: Sequence[Span], source: Sequence[Span]) -> CueClass:
    """Return the class of a statement by the words of its cue; what a letter or report says is written.

    Quoted words without a cue, or with one that is not listed ("she smiled"), are speech.
    """
    listed = listed_classes(doc, cue)
    first = listed[0] if listed else None
    purpose = kind is StatementKind.INDIRECT and _is_purpose(doc, cue)
    if purpose or (kind is not StatementKind.DIRECT and first in _SAID and _is_denied(doc, cue)):
        return CueClass.OTHER
    if first == TELLING:
        first = CueClass.OTHER if is_thing(doc, source) else CueClass.SPEECH
    if CueClass.WRITING in listed and first == CueClass.SPEECH:
        return CueClass.WRITING  # "said in a letter"
    if first in {CueClass.SPEECH, FINDING} and is_written(doc, source):
        return CueClass.WRITING
    if first == FINDING and _is_organization(doc, source):
        return CueClass.WRITING
    if first is None or first == FINDING:
        spoken = kind is StatementKind.DIRECT or (bool(cue) and not _has_letter(doc, cue))
        return CueClass.SPEECH if spoken else CueClass.OTHER
    return CueClass(first)


def listed_classes(doc: Doc, cue: Sequence[Span]) -> list[str]:
    """Return what the list says of the words of a cue that stand on it, in order."""
    return [found for token in _tokens(doc, cue) if (found := listed_class(token))]


def _is_purpose(doc: Doc, cue: Sequence[Span]) -> bool:
    """Tell a bare infinitive, of what somebody is to say: "urged her to explain", "met to discuss"."""
    verb = next((token for token in _tokens(doc, cue) if token.tag_ != "TO" and token.pos_ != "ADV"), None)
    if verb is None or verb.tag_ != "VB" or verb.head.lemma_ in _GOING_ON or _takes_to(verb.head):
        return False
    return any(child.tag_ == "TO" for child in verb.children)


def _takes_to(verb: Token) -> bool:
    """Tell a verb that says where somebody spoke: "took to the floor to complain"."""
    places = (child for child in verb.children if child.dep_ == "prep")
    return verb.lemma_ == "take" and any(place.lower_ == "to" for place in places)


def _is_denied(doc: Doc, cue: Sequence[Span]) -> bool:
    """Tell a cue of what was not said, or not yet: "did not say", "declined to explain"."""
    return any(token.lower_ in DENYING or token.lemma_.lower() in WITHHOLDING for token in _tokens(doc, cue))


def is_utterance(token: Token) -> bool:
    """Tell whether a word reports by speaking or writing."""
    return listed_class(token) in _SAID - {FINDING}


def is_written(doc: Doc, source: Sequence[Span]) -> bool:
    """Tell whether a source is a document: "the letter", "a report by the department"."""
    head = _head(doc, source)
    return head is not None and head.pos_ == "NOUN" and head.lemma_.lower() in words("written_things.txt")


def is_thing(doc: Doc, source: Sequence[Span]) -> bool:
    """Tell whether a source is neither a person, a body nor a document: "the delay", "this"."""
    head = _head(doc, source)
    if head is None or head.ent_type_ or head.tag_ not in {"NN", "DT", "WDT"}:
        return False
    if head.tag_ != "NN":
        return head.lower_ in {"this", "that", "which"}
    noun = head.lemma_.lower()
    known = any(noun in words(each) for each in _WHO_SPEAKS)
    return not (known or noun.endswith(_ACTORS) or is_written(doc, source))


def _is_organization(doc: Doc, source: Sequence[Span]) -> bool:
    head = _head(doc, source)
    return head is not None and head.ent_type_ == ORG


def _head(doc: Doc, source: Sequence[Span]) -> Token | None:
    """Return the last noun of a source before its first preposition or comma."""
    head: Token | None = None
    for token in _tokens(doc, source):
        if head is not None and token.pos_ in _PHRASE_ENDS:
            break
        if token.pos_ in {"NOUN", "PROPN", "PRON", "DET"}:
            head = token
    return head


def _tokens(doc: Doc, spans: Sequence[Span]) -> list[Token]:
    found: list[Token] = []
    for span in spans:
        tokens = doc.char_span(*span, alignment_mode="expand") if span.start < span.end else None
        found.extend(tokens or ())
    return found


def listed_class(token: Token) -> str | None:
    """Return the class of a word as printed ("concerned"), else of its lemma, which the tagger may miss."""
    word = token.lower_
    forms = (word, token.lemma_.lower(), *(word.removesuffix(end) for end in _ENDINGS))
    return next((found for form in forms if (found := table("cue_classes.tsv").get(form))), None)


def _has_letter(doc: Doc, spans: Sequence[Span]) -> bool:
    return any(
        character.isalpha()
        for token in _tokens(doc, spans)
        for at, character in enumerate(token.text, token.idx)
        if any(span.start <= at < span.end for span in spans)
    )
