"""What the words around a cue take back: supposed or asked speech reports nothing, denied speech is told with
its denial, and whom a passive verb speaks about has not spoken.
"""

from collections.abc import Sequence

from spacy.tokens import Token

from app.domain.annotation import StatementKind
from app.domain.span import Span
from app.extraction.cue_classes import DENYING, WITHHOLDING, is_utterance
from app.extraction.cues import is_asked, is_supposed
from app.extraction.encoder.overlaps import overlap, share_cue
from app.extraction.found import Found
from app.extraction.layout import Frame, Layout
from app.extraction.subjects import trim_phrase

_SURE = 0.9
"""Score of a clause of speech by rules."""

_HYPOTHETICAL = frozenset(
    {"could", "might", "may", "should", "must", "can", "ca", "will", "'ll", "’ll", "wo"}
)
_NOBODY = frozenset({"nobody", "none", "neither", "no"})
_CLAUSES = frozenset({"ccomp", "csubj", "csubjpass", "xcomp"})
_GOVERNED = frozenset({"xcomp", "pcomp", "ccomp"})
_LONGEST_CUE = 6
"""Words of a cue with its denial, at most: a denial farther off is another clause's."""


def is_said(layout: Layout, frame: Frame, found: Found) -> bool:
    """Tell whether a statement of the networks reports something; its cue and source are mended on the way.

    Quoted words have been said, whatever stands beside them.
    """
    if found.kind is StatementKind.DIRECT:
        return True
    verb = _verb(layout, found.cue)
    if verb is None:
        return True
    before = [child for child in verb.children if child.i < verb.i and layout.quote_of[child.i] < 0]
    if is_supposed(verb) or is_asked(verb) or any(_is_nobody(child) for child in before):
        return False
    denying = _denying(verb, before)
    if denying and not _take_denial(found, denying, verb):
        return False
    if not denying and any(child.dep_ == "aux" and child.lower_ in _HYPOTHETICAL for child in before):
        return False
    return not _is_passive(verb) or _mend_passive(layout, frame, found, verb)


def name_as_printed(text: str, found: Sequence[Found], reported: Sequence[Found]) -> None:
    """Give "according to" the words behind it as source; `found` is changed in place.

    Rules tell where such a source ends; where the networks' content runs into it, rules tell the content too.
    """
    for theirs in reported:
        if not theirs.cue or not theirs.source or not theirs.cue[0].of(text).lower().startswith("according"):
            continue
        for one in found:
            if share_cue(one, theirs):
                one.source = list(theirs.source)
                if any(overlap(span, source) for span in one.content for source in one.source):
                    one.kind, one.content, one.quotes = theirs.kind, list(theirs.content), list(theirs.quotes)


def with_rules(
    layout: Layout, frame: Frame, found: Sequence[Found], reported: Sequence[Found]
) -> list[Found]:
    """Return what the networks found in a frame, with what rules are sure of instead of other readings."""
    sure = [
        one
        for one in reported
        if one.score >= _SURE
        and one.source
        and is_said(layout, frame, one)
        and not any(share_cue(one, other) and other.confirmed for other in found)
    ]
    return [one for one in found if not any(share_cue(one, other) for other in sure)] + sure


def _verb(layout: Layout, cue: list[Span]) -> Token | None:
    """Return the last verb of the cue that reports by speaking or writing."""
    tokens = layout.doc.char_span(*cue[0], alignment_mode="expand") if cue[0].start < cue[0].end else None
    verbs = [token for token in tokens or () if token.tag_.startswith("VB") and is_utterance(token)]
    return verbs[-1] if verbs else None


def _denying(verb: Token, before: Sequence[Token]) -> list[Token]:
    """Return the words that deny a verb, keep it back or put it off, and auxiliaries: "did not", "has yet".

    `before` are the verb's dependents that stand before it.
    """
    denying = [child for child in before if child.dep_ == "neg" or child.lower_ in DENYING]
    if verb.tag_ in {"VB", "VBG"} and verb.dep_ in _GOVERNED:
        above = verb.head if verb.dep_ != "pcomp" else verb.head.head
        withheld = [child for child in above.children if child.dep_ == "neg" or child.lower_ in DENYING]
        denying += [child for child in withheld if child.i < verb.i]
        if above.i < verb.i and (denying or above.lower_ in DENYING or above.lemma_.lower() in WITHHOLDING):
            denying.append(above)
    return denying and denying + [child for child in before if child.dep_ == "aux"]


def _is_nobody(child: Token) -> bool:
    """Tell a subject that denies the word above: "nobody", "no mayor"."""
    if child.dep_ != "nsubj":
        return False
    return child.lower_ in _NOBODY or any(word.lower_ in _NOBODY for word in child.lefts)


def _take_denial(found: Found, denying: Sequence[Token], verb: Token) -> bool:
    """Put a denial into the cue; tell whether it can be: what is denied is never told without."""
    first = min(denying, key=lambda token: token.i)
    cue = Span(min(first.idx, found.cue[0].start), found.cue[0].end)
    if verb.i - first.i > _LONGEST_CUE or any(overlap(cue, span) for span in (*found.content, *found.source)):
        return False
    found.cue = [cue, *found.cue[1:]]
    return True


def _is_passive(verb: Token) -> bool:
    """Tell "was criticized" and "criticized by Ana Ortega" from "has criticized"."""
    return verb.tag_ == "VBN" and any(child.dep_ in {"auxpass", "agent"} for child in verb.children)


def _mend_passive(layout: Layout, frame: Frame, found: Found, verb: Token) -> bool:
    """Give a passive cue the source behind "by"; without one it reports a clause only, and nobody's.

    Returns whether it reports anything: "X was criticized for the delay" does not say by whom, nor in
    which words.
    """
    agent = next(
        (
            word
            for child in verb.children
            if child.dep_ == "agent"
            for word in child.children
            if word.dep_ == "pobj"
        ),
        None,
    )
    phrase = trim_phrase(layout, frame, agent) if agent is not None else None
    if phrase is not None:
        found.source = [layout.span(*phrase)]
        return True
    target = _target(verb)
    if target is None or not found.source:
        return bool(found.source) or _has_clause(verb)
    reach = layout.span(target.left_edge.i, target.right_edge.i + 1)
    if overlap(found.source[0], reach):
        found.source = []
        return _has_clause(verb)
    return True


def _target(verb: Token) -> Token | None:
    """Return whom a passive verb speaks about or to: its subject, or the noun that it describes."""
    token = verb
    while token.dep_ == "conj" and not any(child.dep_ == "nsubjpass" for child in token.children):
        token = token.head
    subject = next((child for child in token.children if child.dep_ == "nsubjpass"), None)
    return subject or (verb.head if verb.dep_ == "acl" else None)


def _has_clause(verb: Token) -> bool:
    return any(child.dep_ in _CLAUSES for child in verb.children)
