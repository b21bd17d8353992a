"""Who goes on speaking: he or she behind a statement is who made it, where nobody else comes between."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from spacy.tokens import Doc

from app.extraction.encoder.pronoun_items import Item, Vetoes
from app.extraction.people import NamedPerson
from app.extraction.pronouns import GENDERS, Places, nameless

_ALSO = frozenset({"also", "add", "continue"})
"""Lemmas in the cue of who has spoken before."""

PARAGRAPHS_ON = 1
"""Paragraphs further on in which a speaker still goes on."""


def going_on(doc: Doc, items: Sequence[Item], places: Places, vetoes: Vetoes) -> dict[Item, NamedPerson]:
    """Return the pronouns that are the source of a statement and stand for who made the one before.

    The text supports this reading only: the two sources are near, no rule excludes the person, and nobody
    else of that gender, with a name or without, stands between them outside quotation marks. Before a
    quotation, or where the cue says that somebody goes on, whom the first of them speaks of is not in the
    way: "Ortega said Falk was late. 'We wait,' he said" and "He also said".
    """
    between = _Between(doc, items, places)
    named: dict[Item, Item] = {}  # by pronoun, the mention by name or title that it goes on from
    for before, pronoun in pairwise(_sources(doc, items)):
        if before is None or pronoun is None or pronoun.person is not None:
            continue
        mention = named.get(before, before)
        if (
            _agree(mention.person, pronoun)
            and vetoes.of(pronoun).allows(mention, before=True)
            and not any(one is not mention.person and _agree(one, pronoun) for one in vetoes.tellers(before))
            and between.is_free(before, pronoun, mention.person)
        ):
            named[pronoun] = mention
    return {pronoun: one.person for pronoun, one in named.items() if one.person is not None}


def _sources(doc: Doc, items: Sequence[Item]) -> Iterator[Item | None]:
    """Yield, for each source of a statement in order, the mention or unquoted pronoun that it is; None for
    others.
    """
    known = {None, *doc._.people}  # no word that is only perhaps a person: "director of Tinsel House"
    starts = {item.span.start: item for item in items if item.person in known and not item.quoted}
    for start, end in sorted(
        {span for draft in doc._.drafts for span in draft.source if span.start < span.end}
    ):
        words = doc.char_span(start, end, alignment_mode="expand")
        found = [starts[i] for i in range(words.start, words.end) if i in starts] if words is not None else []
        yield found[0] if len(found) == 1 else None


def _also_said(doc: Doc) -> Iterator[int]:
    """Yield where the sources begin whose cue says that they go on: "he also said", "she added"."""
    for draft in doc._.drafts:
        spans = (span for span in draft.cue if span.start < span.end)
        cues = (doc.char_span(span.start, span.end, alignment_mode="expand") for span in spans)
        if any(token.lemma_.lower() in _ALSO for cue in cues for token in cue or ()):
            yield from (span.start for span in draft.source)


class _Between:
    """Who stands between two sources."""

    def __init__(self, doc: Doc, items: Sequence[Item], places: Places) -> None:
        self._places = places
        self._also = set(_also_said(doc))
        known = set(doc._.people)
        self._items = [
            item
            for item in items
            if item.person is not None
            and not places.quoted[item.span.start]
            and (item.person in known or not item.span[0].ent_type_)  # "a Houston lawyer"
        ]
        self._starts = [item.span.start for item in self._items]
        self._nameless = sorted(one.start for one in nameless(doc) if not places.quoted[one.start])

    def is_free(self, before: Item, pronoun: Item, person: NamedPerson | None) -> bool:
        """Tell whether the sources are near, and nobody between them but `person` may be meant."""
        start, end = before.span.end, pronoun.span.start
        if self._places.paragraph[end] - self._places.paragraph[start - 1] > PARAGRAPHS_ON:
            return False
        goes_on = self._is_quoted(pronoun) or pronoun.span.start_char in self._also
        said = self._said(before) if goes_on else frozenset()
        others = self._items[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        if any(
            one.person is not person and _agree(one.person, pronoun)
            for one in others
            if one.span.start not in said
        ):
            return False
        between = self._nameless[bisect_left(self._nameless, start) : bisect_left(self._nameless, end)]
        return said.issuperset(between)

    def _said(self, source: Item) -> frozenset[int]:
        """Return the tokens of what a source says."""
        return frozenset(self._places.said_by.get(source.span.start, ()))

    def _is_quoted(self, source: Item) -> bool:
        """Tell whether what a source says is in quotation marks."""
        said = self._said(source)
        return bool(said) and all(self._places.quoted[i] for i in said)


def _agree(person: NamedPerson | None, pronoun: Item) -> bool:
    """Tell whether a person may have the gender of a pronoun."""
    return person is not None and person.gender in {None, GENDERS[pronoun.span.text.lower()]}
