"""Made-up questions about pronouns: a mention by name in the news, hidden behind a pronoun.

The idea is WikiCREM's (Kocijan and others, 2019): whoever is named again is whom the pronoun stands for.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from app.extraction.people import NamedPerson
from app.extraction.pronouns import Places
from training.examples import Record

LONGEST_TEXT = 6000
"""Characters read of an article."""

QUESTIONS_A_TEXT = 6
APART = 3
"""Sentences from one question of an article to the next, at least."""

NEAR = 3
"""Sentences back in which the person is named, or else the answer is nobody."""

LONGEST_TITLE = 5
ALONE_LEFT_OUT, NOBODY_LEFT_OUT = 0.7, 0.6
"""Shares of the easy questions, and of those whose answer is nobody, that are not asked."""

FORMS = {"subject": ("he", "she"), "object": ("him", "her"), "possessive": ("his", "her")}


@dataclass(frozen=True, slots=True)
class _Hidden:
    """A mention that a pronoun can take the place of, title included."""

    span: Span
    start: int
    end: int  # characters, a possessive ending included
    person: NamedPerson
    form: str
    named: bool  # a few sentences before, by name


def silver_questions(nlp: Language, texts: Sequence[str], seed: int) -> Iterator[Record]:
    """Yield texts with the pronoun's characters and those of the mentions that it stands for.

    `good` is empty when nobody who is named is meant. `nlp` finds persons and drafts.
    """
    chance = random.Random(seed)  # noqa: S311  # repeatable on purpose
    for doc in nlp.pipe((text[:LONGEST_TEXT] for text in texts), batch_size=8):
        places = Places(doc)
        hidden = list(_hidden(doc, places, chance))
        chance.shuffle(hidden)
        used: set[int] = set()
        for one in hidden:
            sentence = places.sentence[one.span.start]
            if len(used) < QUESTIONS_A_TEXT and all(abs(sentence - other) >= APART for other in used):
                used.add(sentence)
                question = _question(doc, one, chance)
                if question is not None:
                    yield question


def _hidden(doc: Doc, places: Places, chance: random.Random) -> Iterator[_Hidden]:
    mentions = sorted(
        ((span, person) for person in doc._.people if person.is_sure for span in person.spans),
        key=lambda mention: mention[0].start,
    )
    for at, (span, person) in enumerate(mentions):
        found = _replaceable(doc, span)
        if places.quoted[span.start] or found is None:
            continue
        sentence = places.sentence[span.start]
        before = [places.sentence[other.start] for other, whose in mentions[:at] if whose is person]
        named = any(sentence - other <= NEAR for other in before)
        others = any(
            whose is not person and abs(places.sentence[other.start] - sentence) <= NEAR
            for other, whose in mentions
        )
        if before and not named:
            continue
        if chance.random() < (NOBODY_LEFT_OUT if not named else 0 if others else ALONE_LEFT_OUT):
            continue
        form, start, end = found
        yield _Hidden(span, start, end, person, form, named)


def _replaceable(doc: Doc, span: Span) -> tuple[str, int, int] | None:
    """Return the form of the pronoun, the first token and the last character it takes the place of."""
    root = span.root
    possessive = span.end < len(doc) and doc[span.end].tag_ == "POS"
    forms = {"nsubj": "subject", "nsubjpass": "subject", "dobj": "object", "pobj": "object"}
    form = "possessive" if root.dep_ == "poss" and possessive else forms.get(root.dep_)
    if form is None or (possessive and form != "possessive"):
        return None
    if any(child.dep_ in {"appos", "relcl", "conj", "cc"} for child in root.children):
        return None
    start, left = span.start, root.left_edge.i
    if left < start:  # only a title may stand before the name
        if not doc[left:start].text.istitle() or start - left > LONGEST_TITLE:
            return None
        start = left
    last = doc[span.end] if possessive else doc[span.end - 1]
    return form, start, last.idx + len(last)


def _question(doc: Doc, one: _Hidden, chance: random.Random) -> Record | None:
    """Return the sentences around with the mention hidden, unless the answer does not stand in them."""
    sentences = list(doc.sents)
    at = sentences.index(one.span.sent)
    first = sentences[max(0, at - chance.randint(2, 6))].start_char
    last = sentences[min(len(sentences) - 1, at + chance.randint(0, 2))].end_char
    begin = doc[one.start].idx
    word = _pronoun(one, chance)
    if doc[one.start].is_sent_start:
        word = word.capitalize()
    moved = len(word) - (one.end - begin)
    good = []
    for span in one.person.spans:
        if span.start != one.span.start and first <= span.start_char and span.end_char <= last:
            shift = moved * (span.start_char > begin) - first
            good.append([span.start_char + shift, span.end_char + shift])
    if one.named != any(start < begin - first for start, _ in good) or (good and not one.named):
        return None
    text = doc.text[first:begin] + word + doc.text[one.end : last]
    return {"text": text, "asked": [begin - first, begin - first + len(word)], "good": good}


def _pronoun(one: _Hidden, chance: random.Random) -> str:
    """Return he or she by what names and titles tell, else by chance."""
    man, woman = FORMS[one.form]
    known = {"m": man, "f": woman}
    return known.get(one.person.gender or "") or chance.choice((man, woman))
