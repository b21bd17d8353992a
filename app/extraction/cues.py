"""Cues: the words that report a statement, each with the words that name its source."""

from dataclasses import dataclass, replace

from spacy.tokens import Token

from app.extraction.beside import before_aside, name_before_participle, up_to_comma
from app.extraction.layout import Frame, Layout
from app.extraction.lexicon import Lexicon
from app.extraction.subjects import Range, find_subject, trim_phrase
from app.extraction.words import words

_FINITE = frozenset({"VBD", "VBZ", "VBP", "NNS"})
_GIVING = frozenset(
    {"send", "give", "issue", "release", "provide", "offer", "publish", "post", "share", "put", "have"}
)
_NEAR_CUES = 12
_NEAR_COLON = 3
_GOING_ON = frozenset({"go", "continue"})
_PARTICIPLES = frozenset({"advcl", "acl", "conj", "ccomp", "relcl", "xcomp", "pcomp"})
_SUPPOSING = frozenset({"if", "unless", "whether"})
_FREE_CLAUSES = frozenset({"ccomp", "pcomp", "advcl", "csubj", "pobj", "dobj"})
_NAMING = frozenset({"call", "dub", "label", "brand"})
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
        if layout.quote_of[i] < 0 and i not in layout.skipped:
            cue = _cue_at(layout, frame, layout.doc[i], lexicon)
            if cue is not None:
                cues.append(_shared(layout, frame, _heard(layout, cue), cues))
    return cues


def _heard(layout: Layout, cue: Cue) -> Cue:
    """Take back a source that reaches into text that is skipped."""
    stray = cue.source is not None and not layout.skipped.isdisjoint(range(*cue.source))
    return replace(cue, source=None) if stray else cue


def _cue_at(layout: Layout, frame: Frame, token: Token, lexicon: Lexicon) -> Cue | None:
    if token.lower_ == "according":
        return _according(layout, frame, token)
    tag = token.tag_
    if tag[:2] == "VB":
        return _verb_cue(layout, frame, token, lexicon)
    if tag == "NNS" and any(child.dep_ == "nsubj" for child in token.children):
        return _verb_cue(layout, frame, token, lexicon)  # "claims" that the tagger takes for a noun
    if tag[:2] == "NN":
        return _noun_cue(layout, frame, token, lexicon)
    return _adjective_cue(layout, frame, token, lexicon) if tag == "JJ" else None


def _shared(layout: Layout, frame: Frame, cue: Cue, before: list[Cue]) -> Cue:
    """Give a cue joined to an earlier one ("and warned", ", adding that") the source of that one."""
    doc = layout.doc
    head = doc[cue.head]
    if not cue.frames & {"q", "c"} or any(child.dep_ == "nsubj" for child in head.children):
        return cue
    main = next(
        (c for c in before[-_NEAR_CUES:] if c.source and not c.shares and doc[c.head].is_ancestor(head)), None
    )
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
    if token.tag_ == "VBN" and token.lower_ in lexicon.adjectives:
        return _adjective_cue(layout, frame, token, lexicon)
    if not frames or not _reports(layout, token, frames) or is_supposed(token):
        return None
    if token.dep_ == "relcl" or (lemma in _NAMING and token.dep_ in _FREE_CLAUSES and _has_what(token)):
        frames = _about_other_than_antecedent(token, frames)
    source = (
        name_before_participle(layout, frame, token)
        or find_subject(layout, frame, token)
        or before_aside(layout, frame, token.i)
    )
    if token.dep_ == "acl":
        frames -= {"o", "i"}
    if not frames or (_describes(token) and not frames & {"q", "c"}):
        return None
    return Cue(head=token.i, tokens=(token.i, end), frames=frames, lemma=lemma, source=source)


def _reports(layout: Layout, token: Token, frames: frozenset[str]) -> bool:
    """Tell whether a verb form reports something: finite or a participle, not denied, not hypothetical."""
    tag = token.tag_
    children = list(token.children)
    if "-" in frames and any(child.dep_ == "neg" and layout.quote_of[child.i] < 0 for child in children):
        return False
    if is_asked(token):
        return False
    if tag in _FINITE:
        return True
    auxiliaries = [child for child in children if child.dep_ in {"aux", "auxpass"}]
    if tag == "VBN":
        active = any(aux.lemma_ == "have" for aux in auxiliaries) or any(c.dep_ == "nsubj" for c in children)
        return active and not _is_passive(auxiliaries)
    if tag == "VBG":
        return token.dep_ in _PARTICIPLES or bool(auxiliaries)
    return _reports_infinitive(token, auxiliaries)


def is_asked(token: Token) -> bool:
    """Tell the verb of a question: "Does she worry that it fails?"."""
    subject = next((child for child in token.children if child.dep_ == "nsubj"), None)
    inverted = subject is not None and any(
        child.dep_ == "aux" and child.lemma_ == "do" and child.i < subject.i for child in token.children
    )
    return inverted and token.sent[-1].text == "?"


def _reports_infinitive(token: Token, auxiliaries: list[Token]) -> bool:
    """Tell "did say", "would say" and "went on to say" from "might say" and "declined to say"."""
    if any(aux.lower_ in _HYPOTHETICAL for aux in auxiliaries):
        return False
    if any(aux.tag_ == "TO" for aux in auxiliaries):
        return token.head.lemma_ in _GOING_ON and token.dep_ in {"xcomp", "advcl"}
    return bool(auxiliaries)


def _describes(token: Token) -> bool:
    """Tell a verb that only tells things apart ("anyone wanting to", "groups that support")."""
    return token.dep_ == "acl" or (token.dep_ == "relcl" and token.head.pos_ != "PROPN")


def is_supposed(token: Token) -> bool:
    """Tell a verb in a condition or an indirect question: "if the judge says so", "whether he agrees"."""
    return any(child.dep_ == "mark" and child.lower_ in _SUPPOSING for child in token.children)


def _about_other_than_antecedent(token: Token, frames: frozenset[str]) -> frozenset[str]:
    """Keep the frames that a relative clause can fill: not those whose object is the noun before it.

    "The wall that he wants" and "what some call X" name a thing; "a man whom he called X" judges one.
    """
    relatives = [t for t in token.subtree if t.tag_ in {"WP", "WDT"} and t.i < token.i]
    if any(t.lower_ == "whom" or (t.dep_ == "nsubj" and t.head == token) for t in relatives):
        return frames
    return frozenset() if token.lemma_ in _NAMING else frames - {"o", "i"}


def _has_what(token: Token) -> bool:
    return any(child.lower_ == "what" for child in token.children)


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


def giving_cue(layout: Layout, frame: Frame, end: int) -> Cue | None:
    """Return the verb of "X sent us the following statement:", or the noun of "X's statement:".

    Any verb will do when the noun ends the introduction: "X doubled down in another tweet:".
    """
    tokens = [layout.doc[i] for i in range(frame.start, end) if layout.quote_of[i] < 0]
    named = next((word for word in reversed(tokens) if word.lemma_.lower() in words("utterances.txt")), None)
    if named is None:
        return None
    owner = next((child for child in named.children if child.dep_ == "poss"), None)
    given = next((word for word in tokens if word.lemma_ in _GIVING and word.pos_ == "VERB"), None)
    if owner is not None and owner.tag_ != "PRP$":
        return _cue(named, trim_phrase(layout, frame, owner))
    if given is None and end - named.i <= _NEAR_COLON:
        given = next((word for word in tokens if word.tag_ in _FINITE and word.dep_ != "relcl"), None)
    source = find_subject(layout, frame, given) if given is not None else None
    return _cue(given, source) if given is not None and source is not None else None


def _cue(token: Token, source: Range | None) -> Cue:
    return Cue(
        head=token.i, tokens=(token.i, token.i + 1), frames=frozenset("q"), lemma=token.lemma_, source=source
    )
