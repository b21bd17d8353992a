"""Cues: the words that report a statement, each with the words that name its source."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from app.extraction.beside import before_aside, up_to_comma
from app.extraction.layout import Frame, Layout
from app.extraction.lexicon import Lexicon
from app.extraction.subjects import Range, find_subject, trim_phrase

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_GOING_ON = frozenset({"go", "continue"})
_PARTICIPLES = frozenset({"advcl", "acl", "conj", "ROOT", "ccomp", "relcl", "xcomp", "pcomp"})
_HYPOTHETICAL = frozenset({"could", "might", "may", "should", "must", "can", "will", "'ll", "’ll"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """A cue in token ranges. `head` is the token whose dependents hold the content."""

    head: int
    tokens: Range
    frames: frozenset[str]
    lemma: str
    source: Range | None
    shares: bool = False  # the source is that of a cue before it: "X said ..., adding that ..."

    @property
    def clause(self) -> Range:
        """Return the range from the first to the last token of cue and source."""
        if self.source is None:
            return self.tokens
        return min(self.source[0], self.tokens[0]), max(self.source[1], self.tokens[1])


def find_cues(layout: Layout, frame: Frame, lexicon: Lexicon) -> list[Cue]:
    """Return the cues of a frame outside its quotations, in order."""
    cues: list[Cue] = []
    for i in range(frame.start, frame.end):
        if layout.quote_of[i] < 0:
            cue = _cue_at(layout, frame, layout.doc[i], lexicon)
            if cue is not None:
                cues.append(_shared(layout, frame, cue, cues))
    return cues


def _cue_at(layout: Layout, frame: Frame, token: Token, lexicon: Lexicon) -> Cue | None:
    if token.lower_ == "according":
        return _according(layout, frame, token)
    tag = token.tag_
    if tag[:2] == "VB":
        return _verb_cue(layout, frame, token, lexicon)
    if tag[:2] == "NN":
        return _noun_cue(layout, frame, token, lexicon)
    return _adjective_cue(layout, frame, token, lexicon) if tag == "JJ" else None


def _shared(layout: Layout, frame: Frame, cue: Cue, before: list[Cue]) -> Cue:
    """Give a cue joined to an earlier one ("and warned", ", adding that") the source of that one."""
    doc = layout.doc
    head = doc[cue.head]
    if not cue.frames & {"q", "c"} or any(child.dep_ == "nsubj" for child in head.children):
        return cue
    main = next((c for c in before if c.source and not c.shares and doc[c.head].is_ancestor(head)), None)
    if main is None or not main.frames & {"q", "c"}:
        return cue
    start = cue.tokens[0]
    while start - 1 > frame.start and doc[start - 1].pos_ in {"ADV", "AUX"}:
        start -= 1
    joint = doc[start - 1]
    participle = head.tag_ == "VBG" and (joint.text in {",", "—", "–", "--"} or joint.dep_ == "cc")
    conjunct = head.tag_ == doc[main.head].tag_ and joint.dep_ == "cc" and joint.lower_ in {"and", "but"}
    if not participle and not conjunct:
        return cue
    return replace(cue, source=main.source, shares=True)


def _verb_cue(layout: Layout, frame: Frame, token: Token, lexicon: Lexicon) -> Cue | None:
    lemma = token.lemma_.lower()
    end = token.i + 1
    frames = lexicon.verbs.get(lemma, frozenset())
    particles = lexicon.particles.get(lemma)
    following = layout.doc[end].lower_ if end < frame.end else ""
    if particles and following in particles:
        frames = particles[following]
        end += 1
    if end == token.i + 1 and any(child.dep_ == "prt" for child in token.children):
        return None
    if not frames or not _reports(layout, token, frames):
        if frames and token.tag_ == "VBN":
            return _adjective_cue(layout, frame, token, lexicon)
        return None
    source = find_subject(layout, frame, token) or before_aside(layout, frame, token.i)
    if token.dep_ == "acl" and "o" in frames:
        return None
    return Cue(head=token.i, tokens=(token.i, end), frames=frames, lemma=lemma, source=source)


def _reports(layout: Layout, token: Token, frames: frozenset[str]) -> bool:
    """Tell whether a verb form reports something: finite or a participle, not denied, not hypothetical."""
    tag = token.tag_
    children = list(token.children)
    if "-" in frames and any(child.dep_ == "neg" and layout.quote_of[child.i] < 0 for child in children):
        return False
    if tag in _FINITE:
        return True
    auxiliaries = [child for child in children if child.dep_ in {"aux", "auxpass"}]
    if tag == "VBN":
        active = any(aux.lemma_ == "have" for aux in auxiliaries) or any(c.dep_ == "nsubj" for c in children)
        return active and not _is_passive(auxiliaries)
    if tag == "VBG":
        return token.dep_ in _PARTICIPLES
    return _reports_infinitive(token, auxiliaries)


def _reports_infinitive(token: Token, auxiliaries: list[Token]) -> bool:
    """Tell "did say", "would say" and "went on to say" from "might say" and "declined to say"."""
    if any(aux.lower_ in _HYPOTHETICAL for aux in auxiliaries):
        return False
    if any(aux.tag_ == "TO" for aux in auxiliaries):
        return token.head.lemma_ in _GOING_ON and token.dep_ in {"xcomp", "advcl"}
    return bool(auxiliaries)


def _is_passive(auxiliaries: list[Token]) -> bool:
    return any(aux.dep_ == "auxpass" for aux in auxiliaries)


def _noun_cue(layout: Layout, frame: Frame, token: Token, lexicon: Lexicon) -> Cue | None:
    """Return "X's claim that ..."; a noun without an owner is none."""
    if token.lemma_.lower() not in lexicon.nouns:
        return None
    owner = next((child for child in token.children if child.dep_ == "poss"), None)
    if owner is None or not any(
        child.dep_ in {"acl", "ccomp"} and child.i > token.i for child in token.children
    ):
        return None
    source = trim_phrase(layout, frame, owner)
    return Cue(
        head=token.i, tokens=(token.i, token.i + 1), frames=frozenset("n"), lemma=token.lemma_, source=source
    )


def _adjective_cue(layout: Layout, frame: Frame, token: Token, lexicon: Lexicon) -> Cue | None:
    """Return "X is confident that ...": the adjective behind a form of be."""
    if token.lower_ not in lexicon.adjectives:
        return None
    verb = token.head
    if token.dep_ == "acomp" and verb.lemma_ in {"be", "seem", "feel", "remain"}:
        subject = find_subject(layout, frame, verb)
    elif any(child.lemma_ == "be" for child in token.children):
        subject = find_subject(layout, frame, token)
    else:
        return None
    if subject is None or not any(child.dep_ in {"ccomp", "xcomp", "prep"} for child in token.children):
        return None
    return Cue(
        head=token.i, tokens=(token.i, token.i + 1), frames=frozenset("a"), lemma=token.lower_, source=subject
    )


def _according(layout: Layout, frame: Frame, token: Token) -> Cue | None:
    """Return "according to X"."""
    at = token.i + 1
    if at + 1 >= frame.end or layout.doc[at].lower_ != "to":
        return None
    named = next((child for child in layout.doc[at].children if child.dep_ in {"pobj", "pcomp"}), None)
    source = trim_phrase(layout, frame, named) if named is not None and named.i > at else None
    if source is None or source[0] <= at:
        source = up_to_comma(layout, frame, at + 1)
    return Cue(
        head=token.i, tokens=(token.i, at + 1), frames=frozenset("p"), lemma="according", source=source
    )
