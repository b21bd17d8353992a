"""The words that name who a cue reports: the subject of a verb, trimmed to its noun phrase."""

from spacy.tokens import Token

from app.extraction.layout import Frame, Layout
from app.extraction.words import words

Range = tuple[int, int]

_SUBJECTS = frozenset({"nsubj", "csubj"})
_INVERTED = frozenset({"dobj", "attr", "nsubjpass", "oprd", "dative", "appos"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_CUT = frozenset({"relcl", "acl", "appos", "advcl", "parataxis"})
"""Dependents that describe the source and are no part of the words that name it."""

_CIRCUMSTANCES = frozenset({"on", "in", "during", "after", "before", "to", "via", "about", "at"})
"""Prepositions that tell of a named person where and when they spoke, not who they are."""

_RELATIVE = frozenset({"WP", "WDT"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
ADDRESSING = frozenset({"tell", "remind", "assure", "inform", "urge", "ask", "call", "notify"})
"""Verbs behind which stands whom they address, not who speaks."""

_RECEIVING = frozenset({"receive", "get", "have", "hear", "read", "see"})
"""Verbs whose subject a message is for: "he received a call informing him"."""

_SHARING = frozenset({"conj", "advcl", "xcomp", "ccomp", "prep", "pcomp", "acl"})
_MAX_CLIMB = 4


def find_subject(layout: Layout, frame: Frame, verb: Token) -> Range | None:
    """Return the noun phrase that is the subject of `verb`, its own or the one it shares."""
    noun = _own_subject(layout, frame, verb)
    if noun is None and verb.dep_ != "acl":
        noun = _inverted_subject(layout, frame, verb)
    token = verb
    for _ in range(_MAX_CLIMB):
        if noun is not None or not _shares_subject(token):
            break
        noun = _speaker_of_participle(token) if token.dep_ == "acl" else None
        if noun is None and token.dep_ == "acl" and token.head.head.lemma_ in _RECEIVING:
            break
        token = token.head.head if token.dep_ == "acl" and noun is None else token.head
        noun = noun or _own_subject(layout, frame, token) or _passive_subject(token)
    return _resolve(layout, frame, noun) if noun is not None else None


def _speaker_of_participle(verb: Token) -> Token | None:
    """Return the noun that a participle describes, if it can speak, or whom that comes from."""
    noun = verb.head
    if _speaks(noun):
        return noun
    sent = (child for child in noun.children if child.lower_ == "from" and child.i < verb.i)
    return next((child for word in sent for child in word.children if child.dep_ == "pobj"), None)


def _speaks(noun: Token) -> bool:
    """Tell whether a noun with a participle ("a letter saying") may be its subject, no mere object."""
    if noun.pos_ not in _NOMINAL:
        return False
    return noun.dep_ != "dobj" or noun.ent_type_ != "" or noun.lemma_.lower() in words("utterances.txt")


def _shares_subject(token: Token) -> bool:
    """Tell whether a verb without a subject has that of the word above it."""
    if token.head == token or token.dep_ not in _SHARING:
        return False
    return token.dep_ != "ccomp" or token.tag_ in {"VBG", "VB"}


def _passive_subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ == "nsubjpass"), None)


def _own_subject(layout: Layout, frame: Frame, verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ in _SUBJECTS and frame.start <= child.i < frame.end and layout.quote_of[child.i] < 0:
            return child
    return None


def _inverted_subject(layout: Layout, frame: Frame, verb: Token) -> Token | None:
    """Return the noun right behind a verb that follows a quotation or a comma ("...," said Ana Ortega)."""
    before = verb.i - 1
    if verb.tag_ not in _FINITE or verb.lemma_ in ADDRESSING:
        return None
    if before < frame.start or not (
        layout.quote_of[before] >= 0 or layout.doc[before].text in {",", "—", "–"}
    ):
        return None
    for child in verb.children:
        near = verb.i < child.i < frame.end and child.left_edge.i <= verb.i + 1
        if near and child.dep_ in _INVERTED and child.pos_ in _NOMINAL and layout.quote_of[child.i] < 0:
            return child
    return None


def _resolve(layout: Layout, frame: Frame, subject: Token) -> Range | None:
    """Trim the subject; "who" stands for the noun before its clause."""
    if subject.tag_ in _RELATIVE:
        clause = subject.head
        while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head != clause:
            clause = clause.head
        if clause.dep_ != "relcl" or clause.head.i >= subject.i:
            return None
        return trim_phrase(layout, frame, clause.head)
    return trim_phrase(layout, frame, subject)


def trim_phrase(layout: Layout, frame: Frame, head: Token) -> Range | None:
    """Return the noun phrase around `head` without relative clauses, participles and appositions."""
    if head.pos_ == "VERB":
        return None
    doc = layout.doc
    start, end = max(head.left_edge.i, frame.start), min(head.right_edge.i + 1, frame.end)
    for i in range(head.i + 1, end):
        token = doc[i]
        circumstance = token.dep_ == "prep" and token.lower_ in _CIRCUMSTANCES and token.head == head
        if circumstance and head.pos_ in {"PROPN", "PRON"}:
            end = i
            break
        inside = token.dep_ in _CUT and _belongs(token, head) and _set_off(layout, token)
        if inside or layout.quote_of[i] >= 0 or token.text in {"(", "[", "—", "–", ":", ";", "--"}:
            end = max(head.i + 1, min(i, token.left_edge.i if inside and token.left_edge.i > head.i else i))
            break
    for i in range(head.i - 1, start - 1, -1):
        if doc[i].is_space or layout.quote_of[i] >= 0 or doc[i].text in {"—", "–", "--", ":", ";"}:
            start = i + 1
            break
    while start < head.i and (doc[start].is_punct or doc[start].dep_ in {"cc", "mark", "advmod"}):
        start += 1
    while end > head.i + 1 and (doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].dep_ == "cc"):
        end -= 1
    return start, end


def joint_sources(layout: Layout, frame: Frame, source: Range, before: Range) -> list[Range]:
    """Return the names joined to `source` behind an apposition: "Ana Ortega, a lawyer, and Joe Diaz said".

    They stand between the source and the cue, or behind both; `before` is the range of the cue.
    """
    head = layout.doc[source[0] : source[1]].root
    stop = before[0] if before[0] > source[0] else frame.end
    joined = (
        token for token in head.conjuncts if source[1] <= token.i < stop and token.pos_ in {"PROPN", "NOUN"}
    )
    ranges = (trim_phrase(layout, frame, token) for token in joined if layout.quote_of[token.i] < 0)
    return [found for found in ranges if found is not None and found[0] >= source[1]]


def _set_off(layout: Layout, token: Token) -> bool:
    """Tell an apposition that describes from one that names, as in "the judge, Ana Ortega"."""
    if token.dep_ != "appos":
        return True
    before = token.left_edge.i - 1
    names = token.pos_ == "PROPN" and token.head.pos_ != "PROPN"
    return before >= 0 and layout.doc[before].is_punct and not names


def _belongs(token: Token, head: Token) -> bool:
    """Tell whether a describing dependent hangs on the phrase's head or on one joined to it."""
    above = token.head
    while above.dep_ == "conj" and above.head != above:
        above = above.head
    return above == head or head.is_ancestor(above)
