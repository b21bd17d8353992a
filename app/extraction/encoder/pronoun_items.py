"""What the pronoun network is asked about: the names, titles and pronouns of a text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Doc, Span, Token

from app.extraction.binding import SUBJECTS, bound
from app.extraction.cue_classes import listed_class
from app.extraction.labels import PERSON
from app.extraction.people import MAN, NamedPerson
from app.extraction.person_spans import MONTHS
from app.extraction.pronouns import GENDERS, Places, he_and_she, titles_of
from app.extraction.titles import DAYS
from app.extraction.words import words

NO_NAMES = MONTHS - {"April", "May", "June"}
"""Months that are nobody's given name."""

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})

SHORTEST_NAME = 3
"""Letters of a word that may be a name that recognition missed."""


@dataclass(frozen=True, eq=False)
class Item:
    """A mention by name or title, whose person is known, or a pronoun, whose person is None.

    `number` is that of the person among those asked about, -1 for a pronoun. `quoted` tells of a pronoun
    whether it stands in quotation marks.
    """

    span: Span
    person: NamedPerson | None = None
    number: int = -1
    quoted: bool = False

    @cached_property
    def gender(self) -> str | None:
        """What a pronoun's form, a title or an honorific tells: given names are no proof."""
        if self.person is None:
            return GENDERS[self.span.text.lower()]
        return self.person.genders[0] if self.person.genders else None


def doubtful_people(doc: Doc) -> list[NamedPerson]:
    """Return a person for each word that may name one, though recognition took it for something else.

    They are single words, in no list of names, beside no other capitalised name.
    """
    known = words("organizations.txt") | words("countries.txt") | words("us_states.tsv")
    known |= words("not_organizations.txt") | words("organization_heads.txt") | words("parties.txt")
    taken = {i for person in doc._.people for span in person.spans for i in range(span.start, span.end)}
    found: dict[str, NamedPerson] = {}
    for token in doc:
        if token.i not in taken and token.text not in known and _may_name(doc, token):
            person = found.setdefault(token.text, NamedPerson(token.text, (), token.text))
            person.spans.append(doc[token.i : token.i + 1])
    return list(found.values())


def _may_name(doc: Doc, token: Token) -> bool:
    """Tell whether a token stands alone as a name that is no person's so far."""
    if token.tag_ != "NNP" or not token.text.istitle() or len(token) < SHORTEST_NAME:
        return False
    if token.ent_type_ in {PERSON, "DATE"} or token.text in DAYS | NO_NAMES:
        return False
    if token.lower_ in words("title_nouns.txt"):
        return False
    beside = [doc[i] for i in (token.i - 1, token.i + 1) if 0 <= i < len(doc)]
    if any(other.tag_ in {"NNP", "NNPS"} and other.text[0].isupper() for other in beside):
        return False
    return token.ent_iob_ != "I" and (token.i + 1 == len(doc) or doc[token.i + 1].ent_iob_ != "I")


def find_items(doc: Doc, places: Places, people: Sequence[NamedPerson]) -> list[Item]:
    """Return the mentions of persons and the pronouns of a text, in order."""
    numbers = {id(person): number for number, person in enumerate(people)}
    items = [Item(span, person, number) for number, person in enumerate(people) for span in person.spans]
    items += [Item(span, person, numbers[id(person)]) for span, person in titles_of(doc, places)]
    items += [Item(doc[token.i : token.i + 1], quoted=places.quoted[token.i]) for token in he_and_she(doc)]
    return sorted(items, key=lambda item: (item.span.start, item.person is None))


class Vetoes:
    """Whom a pronoun cannot stand for, whatever the network says."""

    def __init__(self, items: Sequence[Item], places: Places) -> None:
        named = [item for item in items if item.person is not None]
        self._by_root = {item.span.root.i: item.number for item in named}
        self._by_start = {item.span.start: item for item in named}
        self._said_by = places.said_by
        self.sayers: dict[int, set[int]] = {item.span.start: set() for item in items}
        """By first token of an item, the tokens of the sources that say it."""
        for source, said in places.said_by.items():
            for token in self.sayers.keys() & said:
                self.sayers[token].add(source)
        self._quoted = {
            source for source, said in places.said_by.items() if all(places.quoted[i] for i in said)
        }
        self._first: dict[int, int] = {}  # by person, the token of the first mention
        for item in named:
            self._first.setdefault(item.number, item.span.start)

    def of(self, pronoun: Item) -> "Veto":
        """Return what is excluded for one pronoun: the other gender, who does what is done to it ("Ortega met
        him"), whom it belongs to the description of ("his father, Ortega"), who is named in what it says
        ("Ortega is late, he said"), who says it ("'He is late,' Ortega said"), and who is not named before a
        later sentence.
        """
        token = pronoun.span[0]
        banned = bound(token)
        if token.dep_ == "poss":
            beside = (child for child in token.head.children if child.dep_ in {"appos", "compound"})
            banned |= {one.i for one in (token.head, *beside) if not _begins_clause(token, one)}
        numbers = {self._by_root[i] for i in banned if i in self._by_root}
        said = {*self._said_by.get(token.i, ()), *_clause_said(token)}
        numbers |= {self._by_start[i].number for i in said if i in self._by_start}
        speakers = self.quoted_with(pronoun)
        numbers |= {self._by_root[i] for i in speakers if i in self._by_root}
        return Veto(pronoun, frozenset(banned | speakers), frozenset(numbers), token.sent.end, self._first)

    def quoted_with(self, pronoun: Item) -> set[int]:
        """Return the tokens of who is quoted with a pronoun and with nothing outside quotation marks: in
        "Ortega wants 'his bridge'" he may speak of himself.
        """
        return self.sayers[pronoun.span.start] & self._quoted if pronoun.quoted else set()

    def tellers(self, mention: Item) -> Iterator[NamedPerson]:
        """Yield who says the words that a mention stands in, where they are persons beyond doubt."""
        found = (self._by_start.get(i) for i in self.sayers[mention.span.start])
        people = (item.person for item in found if item is not None)
        return (person for person in people if person is not None and person.is_sure)


def _clause_said(token: Token) -> Iterator[int]:
    """Yield the tokens of the clauses that a pronoun's verb governs: "Ortega is late, he said". What the
    parser takes for such a clause is another sentence in "Ortega won; he said" and "Ortega won, he lost".
    """
    if token.dep_ in SUBJECTS and listed_class(token.head):
        clauses = (child for child in token.head.children if child.dep_ == "ccomp")
        parted = (other.i for other in token.doc[token.sent.start : token.i] if other.text == ";")
        start = max(parted, default=-1)
        yield from (inner.i for clause in clauses for inner in clause.subtree if inner.i > start)


def _begins_clause(pronoun: Token, name: Token) -> bool:
    """Tell whether a name behind a phrase with a pronoun is a subject that the parser took into the phrase:
    "Like her first album, Ortega wrote", "Throughout his life Falk did".
    """
    doc, start = pronoun.doc, pronoun.sent.start
    if not start < pronoun.i < name.i or doc[pronoun.i - 1].dep_ != "prep":
        return False
    acts = name.i + 1 < len(doc) and doc[name.i + 1].tag_ in FINITE
    return acts and all(token.tag_ not in FINITE for token in doc[start : name.i])


@dataclass(frozen=True, slots=True)
class Veto:
    """What rules exclude for a pronoun: the other gender, persons by number, pronouns by token, and persons
    whose first mention, by number, is at the token `end` or later.
    """

    pronoun: Item
    tokens: frozenset[int]
    numbers: frozenset[int]
    end: int
    first: Mapping[int, int]

    def allows(self, item: Item, *, before: bool) -> bool:
        """Tell whether the pronoun may stand for an item; pronouns stand for earlier ones only, and outside
        quotation marks for none that is quoted.
        """
        if item.person is None:
            heard = self.pronoun.quoted or not item.quoted
            return (
                before
                and heard
                and item.gender == self.pronoun.gender
                and item.span.root.i not in self.tokens
            )
        known = MAN if item.person.is_sitting else item.gender
        may = item.number not in self.numbers and self.first[item.number] < self.end
        return may and known in {None, self.pronoun.gender}


def pronouns_of(items: Sequence[Item]) -> Iterator[int]:
    """Yield where the pronouns stand among the items."""
    return (at for at, item in enumerate(items) if item.person is None)
