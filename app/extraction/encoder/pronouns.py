"""Whom he and she stand for, by the pronoun network; rules exclude what cannot be, and resolve titles."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from app.extraction.encoder.going_on import going_on
from app.extraction.encoder.pronoun_features import Asked, ask
from app.extraction.encoder.pronoun_items import Item, doubtful_people, find_items, pronouns_of
from app.extraction.encoder.pronoun_network import PronounNetwork, load_pronoun_network
from app.extraction.people import NamedPerson
from app.extraction.pronouns import Places

SURE = 0.65
"""Probability from which on a pronoun stands for a person: below, it is unresolved."""


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
    places, people = Places(doc), [*doc._.people, *doubtful_people(doc)]
    items = find_items(doc, places, people)
    for item in items:
        if item.person is not None and item.span not in item.person.spans:
            item.person.others.append(item.span)
    meant = going_on(doc, items, places)
    if doc._.reading is not None and any(item.person is None for item in items):
        asked = ask(doc._.reading, items, places)
        meant = dict(_meant(network(), asked, items, people)) | meant
    for item, person in meant.items():
        person.others.append(item.span)
        person.meant = True
    known = len(doc._.people)
    found = [*people[:known], *(person for person in people[known:] if person.meant)]
    doc._.people = tuple(sorted(found, key=lambda person: person.spans[0].start))


def _meant(
    network: PronounNetwork, asked: Asked, items: Sequence[Item], people: Sequence[NamedPerson]
) -> Iterator[tuple[Item, NamedPerson]]:
    """Yield the pronouns that surely stand for a person."""
    if not people:
        return
    shares = network.shares(asked, np.array([item.number for item in items]), len(people))[:, :-1]
    for at, number, row in zip(pronouns_of(items), shares.argmax(axis=1), shares, strict=True):
        if row[number] >= SURE:
            yield items[at], people[number]
