"""Whom he and she stand for, by the pronoun network; rules exclude what cannot be, and resolve titles."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from app.extraction.encoder.doubts import Doubts
from app.extraction.encoder.going_on import going_on
from app.extraction.encoder.networks import Floats
from app.extraction.encoder.pronoun_features import ask
from app.extraction.encoder.pronoun_items import (
    Item,
    Vetoes,
    doubtful_people,
    find_items,
    pronouns_of,
)
from app.extraction.encoder.pronoun_network import PronounNetwork, load_pronoun_network
from app.extraction.people import NamedPerson, gender_of_given_name
from app.extraction.pronouns import Places

SURE = 0.65
"""Probability from which on a pronoun that speaks stands for a person, or any pronoun for one whom
recognition missed: a wrong speaker is worse than none.
"""

LIKELY = 0.55
"""The same of a pronoun that is no source of a statement: it only tells where a person is mentioned."""


@Language.component(
    "dateline_encoded_pronouns",
    requires=["doc._.reading", "doc._.people", "doc._.quotations", "doc._.drafts", "token.dep", "doc.sents"],
    assigns=["doc._.people"],
)
def resolve_pronouns(doc: Doc) -> Doc:
    """Add to the persons of `doc._.people` the titles and pronouns that stand for them."""
    resolve(doc, load_pronoun_network)
    doc._.reading = None  # large, and nobody reads it again
    return doc


def resolve(doc: Doc, network: Callable[[], PronounNetwork]) -> None:
    """Resolve the titles and pronouns of a text; the network is fetched when there is a pronoun.

    A word that recognition took for no person becomes one when a pronoun stands for it.
    """
    places, known = Places(doc), len(doc._.people)
    people = [*doc._.people, *doubtful_people(doc)]
    items = find_items(doc, places, people)
    vetoes = Vetoes(items, places)
    for item in items:
        if item.person is not None and item.span not in item.person.spans:
            item.person.others.append(item.span)
    meant = going_on(doc, items, places, vetoes)
    if doc._.reading is not None and people and any(item.person is None for item in items):
        asked = ask(doc._.reading, items, places, vetoes)
        shares = network().shares(asked, np.array([item.number for item in items]), len(people))
        meant = dict(_answers(shares[:, :-1], people, known, Doubts(items, places, vetoes))) | meant
    for item, person in _of_one_gender(_without_speakers(meant, vetoes)).items():
        person.others.append(item.span)
        person.meant = True
    found = [*people[:known], *(person for person in people[known:] if person.meant)]
    doc._.people = tuple(sorted(found, key=lambda person: person.spans[0].start))


def _without_speakers(meant: Mapping[Item, NamedPerson], vetoes: Vetoes) -> dict[Item, NamedPerson]:
    """Return all but the pronouns that would mean who is quoted with them: "He said, 'His car was late'"."""
    at = {item.span.start: person for item, person in meant.items()}
    return {
        item: person
        for item, person in meant.items()
        if all(at.get(speaker) is not person for speaker in vetoes.quoted_with(item))
    }


def _of_one_gender(meant: Mapping[Item, NamedPerson]) -> dict[Item, NamedPerson]:
    """Return the pronouns that agree with who they would mean: nobody is "he" here and "she" there."""
    counts: dict[NamedPerson, Counter[str | None]] = {}
    for item, person in meant.items():
        counts.setdefault(person, Counter())[item.gender] += 1
    genders = {person: _gender(person, count) for person, count in counts.items()}
    return {item: person for item, person in meant.items() if item.gender == genders[person]}


def _gender(person: NamedPerson, count: Counter[str | None]) -> str | None:
    """Return what a person's title or given name tells, or else which of his or her pronouns; None if as many
    are of each gender. A name alone, which may be a last one, tells only where the pronouns do not agree.
    """
    first, *others = count.most_common()
    if person.gender or not others:
        return person.gender or first[0]
    alone = None if person.given else gender_of_given_name(person.last)
    return alone or (first[0] if first[1] > others[0][1] else None)


def _answers(
    shares: Floats, people: Sequence[NamedPerson], known: int, doubts: Doubts
) -> Iterator[tuple[Item, NamedPerson]]:
    """Yield the pronouns that stand for a person, with the person, given probabilities (pronouns, persons).
    Persons from `known` on are doubtful.
    """
    for at, row in zip(pronouns_of(doubts.items), shares, strict=True):
        number = int(row.argmax())
        speaks = doubts.speaks(at)
        open_still = speaks and doubts.about(at, number)
        if not open_still and row[number] >= (SURE if speaks or number >= known else LIKELY):
            yield doubts.items[at], people[number]
