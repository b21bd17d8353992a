"""What the grammar of a sentence says about the words taken for the source of a cue.

They may be those for whom a letter is ("a letter to Ortega warned"), who is asked ("Ortega smiled when asked
whether") or met ("Ortega met Falk, who asked whether"): none of these speaks. Or they begin too early.
"""

from collections.abc import Iterator
from itertools import islice

from spacy.tokens import Doc, Token

from app.extraction.labels import PERSON
from app.extraction.source_parts import RELATIVE_TAGS
from app.extraction.subjects import ADDRESSING

PREPOSITIONS = frozenset(
    {"about", "against", "among", "at", "between", "for", "in", "into", "of", "on", "over", "to", "with"}
)
"""Prepositions behind which nobody speaks: not "by", "from", "according to"."""

TOWARDS = frozenset({"against", "to", "with"})
"""Prepositions that begin source words of which nobody speaks: "a request to Ortega would prove ..."."""

ASKING = ADDRESSING | {"press", "question"}
TIMES = frozenset({"after", "if", "once", "until", "when", "while"})
"""Words before a participle whose subject is that of the clause: "when asked"."""

ANYBODY = frozenset({"those", "these", "one", "ones"})
CLAUSES = frozenset({"acl", "advcl", "ccomp", "conj", "xcomp"})
"""Dependencies of verbs that share the subject of the verb above them."""

_MAX_CLIMB = 2


def may_speak(doc: Doc, cue: frozenset[int], start: int, end: int) -> bool:
    """Tell whether nothing in the sentence says that source words do not speak; `cue` are its tokens."""
    if _is_object(doc, cue, start, end):
        return False
    verbs = list(_verbs(doc, cue))
    return not any(_is_asked(verb) or _another_speaks(verb, start, end) for verb in verbs)


def subject_start(doc: Doc, cue: frozenset[int], start: int, end: int) -> int:
    """Return where the subject of the cue begins within source words that begin too early: "by the rules of
    [the House, the majority]", "a letter to [Congress from a group]"; else `start`. Persons are left in.
    """
    for subject in (subject for verb in _verbs(doc, cue) for subject in _subjects(verb)):
        left = subject.left_edge.i
        if not start < left <= subject.i < end or any(t.ent_type_ == PERSON for t in doc[start:left]):
            continue
        if doc[left - 1].text in {",", "from"} or doc[left - 1].pos_ == "VERB":
            return left
    return start


def named_subjects(doc: Doc, cue: frozenset[int], start: int, end: int) -> Iterator[Token]:
    """Yield the subjects of the cue within source words that end a person's name; none of a relative clause,
    behind which others may go on: "the changes Ortega demands stem from fear".
    """
    verbs = (verb for verb in _verbs(doc, cue) if verb.dep_ != "relcl")
    for subject in (subject for verb in verbs for subject in _first_within(start, _subjects(verb))):
        is_name = start <= subject.i < end and subject.dep_ == "nsubj" and subject.ent_type_ == PERSON
        if is_name and not any(child.dep_ == "conj" for child in subject.children):  # one of several
            yield subject


def _first_within(start: int, subjects: Iterator[Token]) -> Iterator[Token]:
    """Yield the first subject from a token on: the parser may give two of "sailors who met Ortega said"."""
    yield from islice((one for one in subjects if one.i >= start), 1)


def _verbs(doc: Doc, cue: frozenset[int]) -> Iterator[Token]:
    return (doc[i] for i in sorted(cue) if doc[i].pos_ in {"VERB", "AUX"})


def _subjects(verb: Token) -> Iterator[Token]:
    """Yield the subjects of a verb, or else of the verb above that it shares them with."""
    for _ in range(_MAX_CLIMB + 1):
        if verb.dep_ == "acl":
            yield verb.head
        found = [c for c in verb.children if c.dep_ == "nsubj" and c.tag_ not in RELATIVE_TAGS]
        yield from found
        if found or verb.dep_ not in CLAUSES:
            return
        verb = verb.head


def _is_object(doc: Doc, cue: frozenset[int], start: int, end: int) -> bool:
    """Tell whether source words are the object of a preposition that is no part of the cue's phrase."""
    towards = doc[start].lower_ in TOWARDS and doc[start].tag_ in {"IN", "TO"} and start not in cue
    if towards and all(token.text != "," for token in doc[start : end - 1]):  # "with the Post, Ortega"
        return all(doc[i].tag_ != "VBG" for i in cue)  # "with Ortega warning that"
    noun = doc[start:end].root
    before = noun.head
    if noun.dep_ != "pobj" or before.i >= start or before.lower_ not in PREPOSITIONS:
        return False
    listened = before.head.pos_ == "VERB" and before.head.tag_ != "VBN"
    joking = any(  # "listened to Ortega joking that", but not "a letter sent to Ortega urging"
        doc[i].tag_ == "VBG" and i >= end and (doc[i].head == noun or listened) for i in cue
    )
    return not joking and cue.isdisjoint({before.i, before.head.i})


def _is_asked(verb: Token) -> bool:
    """Tell whether a verb is a participle that says what somebody is asked: "when asked whether"."""
    if verb.tag_ != "VBN" or verb.lemma_ not in ASKING:
        return False
    if any(child.dep_ in {"nsubj", "nsubjpass", "aux", "auxpass"} for child in verb.children):
        return False
    return verb.is_sent_start or (verb.i > 0 and verb.nbor(-1).lower_ in TIMES)


def _another_speaks(verb: Token, start: int, end: int) -> bool:
    """Tell whether the subject of a verb is a relative pronoun for other words than the source."""
    relative = next((c for c in verb.children if c.dep_ == "nsubj" and c.tag_ in RELATIVE_TAGS), None)
    if relative is None or start <= relative.i < end or verb.dep_ != "relcl":
        return False
    noun = verb.head
    while noun.dep_ in {"appos", "conj"} and noun.head.i < noun.i:
        noun = noun.head
    return not start <= noun.i < end and noun.lower_ not in ANYBODY
