"""Whom he, she and "the mayor" stand for: a named person, when the text supports one reading only.

Considered are the persons met, by name, title or an earlier pronoun, in the same paragraph and the two
before; a person without a name ("the officer") counts too and can only stand in the way. One compatible
person who is a subject or a source there is the answer; of several, only the one who is the subject of the
nearest sentence, when no other is in it.
Anything else stays unresolved: an unknown is better than a guess.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from app.domain.span import Span as CharSpan
from app.extraction.binding import SUBJECTS, bound
from app.extraction.people import MAN, WOMAN, NamedPerson, bearers
from app.extraction.titles import head_noun
from app.extraction.words import table, words

GENDERS = {
    **dict.fromkeys(("he", "him", "his", "himself"), MAN),
    **dict.fromkeys(("she", "her", "hers", "herself"), WOMAN),
}
ARGUMENTS = SUBJECTS | {"dobj", "pobj", "poss", "conj", "dative", "appos"}
OF_OTHERS = frozenset({"about", "against", "for", "of", "to", "with"})
"""Prepositions of a source behind which somebody else is named than who speaks."""

PARAGRAPHS_BACK = 2
SENTENCES_BACK = 3
REMEMBERED = 40
"""Mentions looked back on: more than four sentences hold."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One earlier mention of a person: which sentence it stands in, and whether as its subject.

    `person` is None for a person without a name, of whom `gender` may be known.
    """

    person: NamedPerson | None
    gender: str | None
    index: int  # first token
    root: int  # token of the head word
    sentence: int
    paragraph: int
    subject: bool
    by_name: bool

    @property
    def identity(self) -> int:
        """What two occurrences of one person share; persons without a name are all different."""
        return id(self.person) if self.person is not None else -self.index


def _occurrence(person: NamedPerson | None, span: Span, places: "Places") -> Occurrence:
    root = span.root
    gender = person.gender if person is not None else table("gendered_titles.tsv").get(root.text.lower())
    subject = root.dep_ in SUBJECTS or places.source[root.i]
    by_name = span.text.lower() not in GENDERS
    return Occurrence(
        person,
        gender,
        span.start,
        root.i,
        places.sentence[root.i],
        places.paragraph[root.i],
        subject,
        by_name,
    )


class Places:
    """Sentence and paragraph number of each token, and whether it is quoted or words of a source."""

    def __init__(self, doc: Doc) -> None:
        self.sentence = [0] * len(doc)
        self.paragraph = [0] * len(doc)
        self.quoted = [False] * len(doc)
        self.source = [False] * len(doc)
        sentence = paragraph = 0
        for token in doc:
            sentence += bool(token.is_sent_start)
            self.sentence[token.i] = sentence
            self.paragraph[token.i] = paragraph
            paragraph += token.text.count("\n") > 0
        self.said_by: dict[int, set[int]] = {}  # by token of a source that speaks: those of what it says
        for draft in doc._.drafts:
            said, source = self._tokens(doc, draft.content), self._tokens(doc, draft.source)
            for index in source:
                if not _only_describes(doc[index], source):
                    self.said_by.setdefault(index, set()).update(said)
        self._mark(doc, self.quoted, [quotation.span for quotation in doc._.quotations])
        self._mark(doc, self.source, [span for draft in doc._.drafts for span in draft.source])

    @staticmethod
    def _tokens(doc: Doc, spans: Iterable[CharSpan]) -> set[int]:
        found: set[int] = set()
        for start, end in spans:
            span = doc.char_span(start, end, alignment_mode="expand") if start < end else None
            found.update(range(span.start, span.end) if span is not None else ())
        return found

    def _mark(self, doc: Doc, flags: list[bool], spans: list[CharSpan]) -> None:
        for index in self._tokens(doc, spans):
            flags[index] = True


def _only_describes(token: Token, source: Collection[int]) -> bool:
    """Tell whether a word of a source names somebody else than who speaks: "his lawyer", "aide to Ortega"."""
    while token.dep_ in {"compound", "amod", "det"} and token.head.i in source:
        token = token.head
    if token.dep_ == "pobj":
        return token.head.lower_ in OF_OTHERS and token.head.i in source
    return token.dep_ == "poss" and token.head.i in source


def antecedent(pronoun: Token, before: list[Occurrence], places: Places) -> NamedPerson | None:
    """Return the one person whom a pronoun can stand for, given the occurrences before it.

    Who is named in what the pronoun says is somebody else: "Ortega is late, he said".
    """
    gender = GENDERS[pronoun.text.lower()]
    sentence, paragraph = places.sentence[pronoun.i], places.paragraph[pronoun.i]
    mates = bound(pronoun)
    banned = {one.identity for one in before if one.root in mates}
    named = {one.identity for one in before if one.index in places.said_by.get(pronoun.i, ()) and one.by_name}
    near = [
        one
        for one in before
        if paragraph - one.paragraph <= PARAGRAPHS_BACK
        and sentence - one.sentence <= SENTENCES_BACK
        and one.identity not in banned | named
        and one.gender in {None, gender}
    ]
    people = {one.identity: one.person for one in near}
    if len(people) == 1:
        return near[-1].person if any(one.subject for one in near) else None
    return _by_subject(near, sentence, reach=1 if pronoun.dep_ in SUBJECTS else 0)


def _by_subject(near: list[Occurrence], sentence: int, *, reach: int) -> NamedPerson | None:
    """Return the only person, a subject, of the nearest sentence that names any, at most `reach` back."""
    if not near:
        return None
    last = max(one.sentence for one in near)
    if sentence - last > reach:
        return None
    here = [one for one in near if one.sentence == last]
    subjects = {one.identity: one.person for one in here if one.subject}
    others = {one.identity for one in here} - set(subjects)
    if len(subjects) == 1 and not others:
        return next(iter(subjects.values()))
    return None


def nameless(doc: Doc) -> Iterator[Span]:
    """Yield the noun phrases for one person that stand with no name: "the mayor", "an officer"."""
    named = {
        i for person in doc._.people for span in person.spans for i in range(span.start - 1, span.end + 1)
    }
    for token in doc:
        if (
            token.tag_ not in {"NN", "NNP"}
            or token.i in named
            or token.dep_ in {"compound", "appos", "attr", "poss"}
        ):
            continue
        lower = token.text.lower()
        if lower in words("title_nouns.txt") or lower in words("unnamed_nouns.txt"):
            start = next(
                (c.i for c in token.children if c.dep_ in {"det", "poss"} and c.i < token.i), token.i
            )
            if start < token.i:
                yield doc[start : token.i + 1]


def _unrecognised(doc: Doc) -> Iterator[Span]:
    """Yield capitalised subjects that bear no label, or one that word lists do not confirm: perhaps
    persons whom recognition missed.
    """
    known = words("organizations.txt") | words("countries.txt") | words("us_states.tsv")
    for token in doc:
        if (
            token.tag_ != "NNP"
            or token.dep_ not in SUBJECTS
            or token.ent_type_ in {"PERSON", "GPE", "LOC", "DATE"}
        ):
            continue
        if token.text in known or token.is_upper or (token.ent_type_ and token.ent_iob_ == "I"):
            continue
        if not token.text[0].isupper() or token.text in words("organization_heads.txt"):
            continue
        yield doc[token.i : token.i + 1]


def _by_title(doc: Doc, span: Span) -> NamedPerson | None:
    """Return the only bearer of the title in "the acting director", if he or she is named before."""
    noun = head_noun(span[-1])
    if noun not in words("office_titles.txt") or span[0].text.lower() not in {"the", "this"}:
        return None
    if span.end < len(doc) and doc[span.end].text in {"of", "for"}:
        return None
    said = frozenset(token.text.lower() for token in span[1:-1])
    found = [person for person in bearers(doc._.people, noun, said) if person.spans[0].start < span.start]
    return found[0] if len(found) == 1 else None


def he_and_she(doc: Doc) -> Iterator[Token]:
    """Yield the pronouns that may stand for somebody: not "he or she", which is anybody."""
    for token in doc:
        if token.lower_ in GENDERS and not (_is_either(doc, token.i, 1) or _is_either(doc, token.i, -1)):
            yield token


def _is_either(doc: Doc, index: int, step: int) -> bool:
    """Tell whether "or" and another pronoun stand beside a pronoun, behind it (1) or before it (-1)."""
    other = index + 2 * step
    joined = 0 <= other < len(doc) and doc[index + step].lower_ in {"or", "/"}
    return joined and GENDERS.get(doc[other].lower_) not in {None, GENDERS[doc[index].lower_]}


def _events(doc: Doc) -> Iterator[tuple[Span, NamedPerson | None]]:
    """Yield name mentions, titles and pronouns in text order."""
    mentions = [(span, person) for person in doc._.people for span in person.spans]
    pronouns = [(doc[token.i : token.i + 1], None) for token in he_and_she(doc)]
    others = [(span, None) for span in (*nameless(doc), *_unrecognised(doc))]
    yield from sorted([*mentions, *pronouns, *others], key=lambda event: event[0].start)


def titles_of(doc: Doc, places: Places) -> Iterator[tuple[Span, NamedPerson]]:
    """Yield the unquoted titles that stand for a named person, with the person."""
    for span in nameless(doc):
        person = None if places.quoted[span.start] else _by_title(doc, span)
        if person is not None:
            yield span, person


def _resolve(doc: Doc, span: Span, before: list[Occurrence], places: Places) -> NamedPerson | None:
    if span.text.lower() in GENDERS:
        return antecedent(span[0], before, places)
    return _by_title(doc, span)


@Language.component(
    "dateline_pronouns",
    requires=["doc._.people", "doc._.quotations", "doc._.drafts", "token.dep", "doc.sents"],
    assigns=["doc._.people"],
)
def pronouns(doc: Doc) -> Doc:
    """Add to the persons of `doc._.people` the pronouns that stand for them."""
    places = Places(doc)
    before: list[Occurrence] = []
    for span, named in _events(doc):
        if places.quoted[span.start]:
            continue
        person = named or _resolve(doc, span, before, places)
        if person is None and span.text.lower() in GENDERS:
            continue
        if person is not None and named is None:
            person.others.append(span)
        before.append(_occurrence(person, span, places))
        before = before[-REMEMBERED:]
    return doc
