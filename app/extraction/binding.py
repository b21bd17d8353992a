"""Whom a pronoun cannot stand for by its place in the sentence, after the binding principles of syntax.

"Ortega began to praise him", "Ortega asked Falk to help her", "Ortega was his deputy": a pronoun is not
who does what is done to it there, though no subject stands beside its verb (principle B). And who is named
in the reach of a pronoun is somebody else: "He met Ortega", "she left when Ortega came" (principle C).
"""

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OBJECTS = frozenset({"dobj", "dative"})

DEEPEST = 6
"""Verbs looked through for an understood subject: "tried to begin to learn to ..."."""

MOST_JOINED = 20
"""Nouns of a list that are looked at."""

_VERBS = frozenset({"VERB", "AUX"})
_OF_THE_OBJECT = frozenset({"of", "for", "from", "into"})
"""Prepositions behind which the object does something: "accused Falk of hitting him"."""

_WHERE = frozenset({"with", "behind", "around", "before", "beside"})
"""Prepositions that tell where the subject is too: "Ortega took the dog with him"."""


def bound(pronoun: Token) -> set[int]:
    """Return the tokens of whom a pronoun cannot stand for: those that do what is done to it."""
    if pronoun.lower_.endswith("self"):
        return set()
    return {i for token in _mates(pronoun) for i in _joined(token)}


def reach_of(pronoun: Token) -> Token | None:
    """Return the verb under which whoever is named behind a pronoun is somebody else, if there is one."""
    return pronoun.head if pronoun.dep_ in SUBJECTS | OBJECTS and pronoun.head.pos_ in _VERBS else None


def _mates(pronoun: Token) -> Iterator[Token]:
    head, role = pronoun.head, pronoun.dep_
    if role in OBJECTS:
        yield from subjects_of(head)
    elif role == "pobj" and head.head.pos_ in _VERBS:
        together = head.lower_ == "with" and not _objects(head.head)  # "Ortega worked with him"
        if together or head.lower_ not in _WHERE:  # "Ortega left behind him a diary"
            yield from subjects_of(head.head)
    elif role in SUBJECTS and head.dep_ in {"ccomp", "xcomp"} and _is_object_form(pronoun):
        yield from subjects_of(head.head)  # "Ortega saw her leave"
    elif role in SUBJECTS:
        yield from _agents(head)
    elif role == "poss" and all(child.lower_ != "own" for child in head.children):
        yield from _described(head)


def _agents(verb: Token) -> Iterator[Token]:
    """Yield who does to the subject what a participle says: "Asked by Ortega, he left"."""
    for participle in verb.children:
        if participle.dep_ == "advcl" and not _has_subject(participle):
            agents = (child for child in participle.children if child.dep_ == "agent")
            yield from (noun for agent in agents for noun in agent.children if noun.dep_ == "pobj")


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _is_object_form(pronoun: Token) -> bool:
    """Tell whether a pronoun before a verb is no possessive: "found her calling" may be either."""
    return pronoun.lower_ == "him" or (pronoun.lower_ == "her" and pronoun.head.tag_ != "VBG")


def _described(noun: Token) -> Iterator[Token]:
    """Yield who is described by a noun that is somebody's: "Falk was his deputy" and is not he."""
    if noun.dep_ == "attr":
        yield from subjects_of(noun.head)
    elif noun.dep_ == "oprd":
        yield from _objects(noun.head) or subjects_of(noun.head)
    elif noun.dep_ == "pobj" and noun.head.lower_ == "as":
        yield from _objects(noun.head.head)  # "hired Falk as his deputy"


def subjects_of(verb: Token) -> list[Token]:
    """Return who does what a verb says, though it may have no subject of its own."""
    for _ in range(DEEPEST):
        own = [child for child in verb.children if child.dep_ in SUBJECTS]
        if own:
            is_relative = verb.dep_ == "relcl" and own[0].tag_ in {"WP", "WDT"}
            return [verb.head] if is_relative else own
        above = verb.head.head if verb.dep_ == "pcomp" else verb.head
        if above.pos_ not in _VERBS or not _shares_subject(verb):
            return []
        objects = _objects(above) if _may_be_of_object(verb) else []
        if objects:
            return objects
        verb = above
    return []


def _shares_subject(verb: Token) -> bool:
    """Tell whether a verb without subject has that of the verb above, or its object."""
    if verb.dep_ == "advcl":
        return verb.tag_ in {"VBG", "VBN"} or any(child.tag_ == "TO" for child in verb.children)
    return verb.dep_ in {"xcomp", "conj", "pcomp"}


def _may_be_of_object(verb: Token) -> bool:
    """Tell whether a verb says what the object of the verb above does: "asked Falk to help him"."""
    return verb.dep_ == "xcomp" or (verb.dep_ == "pcomp" and verb.head.lower_ in _OF_THE_OBJECT)


def _objects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in OBJECTS]


def _joined(token: Token) -> Iterator[int]:
    """Yield a noun's token and those that it is joined with: "the mayor, Ortega, and Falk met him"."""
    waiting = [token]
    for _ in range(MOST_JOINED):
        if waiting:
            token = waiting.pop()
            yield token.i
            waiting += [child for child in token.children if child.dep_ in {"appos", "conj"}]
