"""Why it stays open who speaks, however sure the network is: somebody else may be meant as well."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from spacy.tokens import Span

from app.extraction.binding import SUBJECTS
from app.extraction.encoder.pronoun_items import Item, Vetoes
from app.extraction.people import NamedPerson
from app.extraction.presidents import PRESIDENT
from app.extraction.pronouns import PARAGRAPHS_BACK, Places, nameless
from app.extraction.words import table

MOST_BEFORE = 20
"""Persons without a name that are looked at, the nearest to the pronoun."""

_NEW = frozenset({"a", "an", "another"})
"""Words before somebody whom the text has not spoken of."""

_OFFICES = frozenset({PRESIDENT, "governor", "judge", "justice", "mayor", "sheriff"})
"""Offices that whoever bears another title does not have."""


class Doubts:
    """Who else may be meant by the pronouns of a text."""

    def __init__(self, items: Sequence[Item], places: Places, vetoes: Vetoes) -> None:
        self.items = items
        self._places, self._vetoes = places, vetoes
        self._people: dict[int, NamedPerson] = {}
        self._at: dict[int, list[int]] = {}  # by person, where among the items
        self._by_root: dict[int, NamedPerson] = {}
        for at, item in enumerate(items):
            if item.person is not None:
                self._people[item.number] = self._by_root[item.span.root.i] = item.person
                self._at.setdefault(item.number, []).append(at)
        self._strangers = [
            span
            for span in nameless(items[0].span.doc)
            if span[-1].dep_ in SUBJECTS
            and span[-1].head.dep_ != "relcl"  # "treatment that a victim expects"
            and not places.quoted[span.start]
        ]
        self._nouns = [span[-1].i for span in self._strangers]

    def speaks(self, at: int) -> bool:
        """Tell whether an item is the source of a statement."""
        return self._places.source[self.items[at].span.start]

    def about(self, at: int, number: int) -> bool:
        """Tell whether the pronoun that is item `at` may mean somebody else than a person, by number."""
        pronoun, person = self.items[at], self._people[number]
        before = bisect_left(self._at[number], at)
        if not before:
            return self._stranger_came(pronoun, person, -1)
        last = self.items[self._at[number][before - 1]]
        return (
            self._is_beside(pronoun, last)
            or self._is_told_of(pronoun, last)
            or self._stranger_came(pronoun, person, last.span.start)
        )

    def _is_beside(self, pronoun: Item, last: Item) -> bool:
        """Tell whether a person was named last beside others: "Ortega and Falk came. He said"."""
        name = last.span.root
        beside = [child for child in name.children if child.dep_ == "conj"]
        beside += [name.head] if name.dep_ == "conj" else []
        return _is_another(pronoun, last, (self._by_root[t.i] for t in beside if t.i in self._by_root))

    def _is_told_of(self, pronoun: Item, last: Item) -> bool:
        """Tell whether a person was named last in what another says: "Ortega liked Falk's plan. He said"."""
        return _is_another(pronoun, last, self._vetoes.tellers(last))

    def _stranger_came(self, pronoun: Item, person: NamedPerson, last: int) -> bool:
        """Tell whether somebody without a name was spoken of behind the token `last`: "A clerk wrote to
        Ortega. He said".
        """
        token = pronoun.span[0]
        end = bisect_left(self._nouns, token.i)
        for span in reversed(self._strangers[max(0, end - MOST_BEFORE) : end]):
            paragraphs = self._places.paragraph[token.i] - self._places.paragraph[span.start]
            if span[-1].right_edge.i < last or paragraphs > PARAGRAPHS_BACK:
                return False
            if _may_be(span, pronoun) and _is_new(span, person):
                return True
        return False


def _is_another(pronoun: Item, last: Item, people: Iterable[NamedPerson]) -> bool:
    return any(one is not last.person and one.gender in {None, pronoun.gender} for one in people)


def _may_be(span: Span, pronoun: Item) -> bool:
    """Tell whether a pronoun may mean somebody: not "he" a woman, nor who asks in "when a clerk asked, he
    said".
    """
    clause = span[-1].head
    if clause.dep_ == "advcl" and clause.head == pronoun.span[0].head:
        return False
    return table("gendered_titles.tsv").get(span[-1].lower_) in {None, pronoun.gender}


def _is_new(span: Span, person: NamedPerson) -> bool:
    """Tell whether somebody is no description of a person: new to the text, or of an office of others."""
    if span[0].lower_ in _NEW:
        return True
    noun, titles = span[-1].lower_, {one.head for one in person.presentations}
    return noun in _OFFICES and bool(titles) and noun not in titles and not person.is_president
