"""Readable features of items and of pairs of a pronoun and an item: what the vectors do not tell."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice

import numpy as np
from spacy.tokens import Token

from app.extraction.binding import SUBJECTS, reach_of
from app.extraction.encoder.networks import Floats, Reading
from app.extraction.encoder.pieces import Ints, pieces_of_span
from app.extraction.encoder.pronoun_items import Item, Vetoes, pronouns_of
from app.extraction.labels import GPE, LOC, ORG, PERSON
from app.extraction.people import MAN, WOMAN, NamedPerson
from app.extraction.pronouns import Places
from app.extraction.words import table

BACK, AHEAD = 400, 60
"""Pieces before and behind a pronoun in which it is looked for whom it stands for."""

MOST_BEFORE = 48
"""Items before a pronoun that are looked at, at most: the nearest."""

PAIR_FEATURES = 43
AGREEING = -0.5
"""Share of the other gender among the bearers of a given name, from which on it rather disagrees."""

_FORMS = ({"he", "she"}, {"him"}, {"his", "hers"}, {"her"}, {"himself", "herself"})
_ROLES = (SUBJECTS, {"dobj", "dative"}, {"pobj"}, {"poss"}, {"appos", "conj"}, {"compound", "nmod"})
_CLAUSES = frozenset({"ccomp", "relcl", "advcl", "acl", "xcomp", "csubj", "parataxis"})
_FAR_SENTENCES, _FAR_PARAGRAPHS = 4, 3


@dataclass(frozen=True, slots=True)
class Asked:
    """Items as arrays: vectors and own features by item, pairs (pairs, 2) of pronoun and item, and theirs."""

    vectors: Floats
    own: Floats
    pairs: Ints
    features: Floats


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item stands: its root, sentence, paragraph, first piece, and clause in the parse."""

    root: Token
    sentence: int
    paragraph: int
    piece: int
    share: float
    """How much rather a man, from -1 to 1; 0 where nothing tells."""

    line: tuple[int, ...]
    """Tokens from the root up."""

    clause: Token
    above: tuple[int, ...]
    """Tokens above the clause's verb."""

    governor: int
    """The verb of the clause above; -1 for the main clause."""

    subjects: frozenset[int]
    """Tokens that are subjects of the clause's verb."""

    main: bool
    """Subject of the sentence's main verb."""


def ask(reading: Reading, items: Sequence[Item], places: Places, vetoes: Vetoes) -> Asked:
    """Return what the network is given about the items of a text."""
    ranges = np.array([pieces_of_span(reading.pieces, i.span.start_char, i.span.end_char) for i in items])
    ranges[:, 1] = np.maximum(ranges[:, 1], ranges[:, 0] + 1)
    spots = [_place(item, int(piece), places) for item, piece in zip(items, ranges[:, 0], strict=True)]
    own = [_own(item, spot, places) for item, spot in zip(items, spots, strict=True)]
    names = np.array([reading.names[first:last].mean(axis=0) for first, last in ranges])
    tree = [_tree(spot) for spot in spots]
    heads = np.searchsorted(reading.pieces.ends, [spot.root.head.idx for spot in spots], side="right")
    vectors = [reading.vectors[first:last].mean(axis=0) for first, last in ranges]
    pairs = list(_pairs(items, spots, vetoes))
    rows = [np.empty((0, PAIR_FEATURES), np.float32)]
    for at, found in pairs:  # as arrays at once: lists of numbers take eight times the memory
        rows.append(np.array(list(_pair_rows(items, spots, at, found, vetoes.sayers)), dtype=np.float32))
    return Asked(
        vectors=np.concatenate(
            [np.array(vectors), reading.vectors[np.minimum(heads, len(reading.pieces) - 1)]], axis=1
        ),
        own=np.concatenate([np.array(own), names[:, 1::2] + names[:, 2::2], np.array(tree)], axis=1).astype(
            np.float32
        ),
        pairs=np.array([(at, k) for at, found in pairs for k in found], dtype=np.int64).reshape(-1, 2),
        features=np.concatenate(rows),
    )


def _place(item: Item, piece: int, places: Places) -> _Place:
    root = item.span.root
    clause = _clause(root)
    return _Place(
        root=root,
        sentence=places.sentence[root.i],
        paragraph=places.paragraph[root.i],
        piece=piece,
        share=_share(item),
        line=(root.i, *(token.i for token in root.ancestors)),
        clause=clause,
        above=tuple(token.i for token in clause.ancestors),
        governor=_clause(clause).i if clause.head != clause else -1,
        subjects=frozenset(child.i for child in clause.children if child.dep_ in SUBJECTS),
        main=root.dep_ in SUBJECTS and clause.dep_ == "ROOT",
    )


def _clause(token: Token) -> Token:
    """Return the verb of a token's clause; the sentence's root when there is none."""
    token = token.head
    while token.pos_ not in {"VERB", "AUX"} and token.dep_ != "ROOT" and token.head != token:
        token = token.head
    return token


def _share(item: Item) -> float:
    if item.gender is not None:
        return 1.0 if item.gender == MAN else -1.0
    person = item.person
    girls = table("given_names.tsv").get(person.given[0]) if person is not None and person.given else None
    if girls is not None:
        return 1 - int(girls) / 50
    gender = person.gender if person is not None else None
    return {MAN: 1.0, WOMAN: -1.0}.get(gender or "", 0.0)


def _own(item: Item, spot: _Place, places: Places) -> list[float]:
    """Return what is true of an item alone."""
    person, root, form = item.person, spot.root, item.span.text.lower()
    flags = [
        person is None,
        person is not None and item.span not in person.spans,
        *(root.dep_ in roles for roles in _ROLES),
        places.source[root.i],
        places.quoted[root.i],
        len(item.span) == 1,
    ]
    more = [
        *_of_person(item, person),
        *(root.ent_type_ in labels for labels in ({PERSON}, {ORG}, {GPE, LOC})),
        *(person is None and form in forms for forms in _FORMS),
        root.head.dep_ == "ROOT",
        root.sent.start == item.span.start,
    ]
    count = len(person.spans) if person is not None else 0
    return [*map(float, flags), float(np.log1p(count)) / 2, *map(float, more), spot.share]


def _of_person(item: Item, person: NamedPerson | None) -> list[bool]:
    if person is None:
        return [False] * 4
    first = item.span.start == person.spans[0].start
    return [first, item.number == 0, person.is_sure, bool(person.given)]


def _tree(spot: _Place) -> list[float]:
    """Return where in its sentence's parse an item stands."""
    root = spot.root
    line = [root, *root.ancestors]
    flags = [
        spot.clause.tag_ in {"VBD", "VBN"},
        any(token.dep_ in {"relcl", "acl"} for token in line),
        any(token.dep_ == "prep" for token in line[1:3]),
        root.head.dep_ in SUBJECTS,
        any(token.dep_ == "appos" for token in line),
    ]
    clauses = sum(token.dep_ in _CLAUSES for token in line)
    return [len(line) / 5, float(spot.main), clauses / 2, *map(float, flags)]


def _pairs(items: Sequence[Item], spots: Sequence[_Place], vetoes: Vetoes) -> Iterator[tuple[int, list[int]]]:
    """Yield each pronoun with the items that it may stand for, as far as rules and reach go."""
    for at in pronouns_of(items):
        veto = vetoes.of(items[at])
        first = last = at
        while first > 0 and spots[at].piece - spots[first - 1].piece <= BACK:
            first -= 1
        while last + 1 < len(items) and spots[last + 1].piece - spots[at].piece <= AHEAD:
            last += 1
        before = [k for k in range(first, at) if veto.allows(items[k], before=True)]
        behind = [k for k in range(at + 1, last + 1) if veto.allows(items[k], before=False)]
        if before or behind:
            yield at, before[-MOST_BEFORE:] + behind


def _pair_rows(
    items: Sequence[Item],
    spots: Sequence[_Place],
    at: int,
    found: Sequence[int],
    sayers: Mapping[int, AbstractSet[int]],
) -> Iterator[list[float]]:
    """Yield the features of a pronoun with each of the items found for it."""
    pronoun = spots[at]
    sign = 1.0 if items[at].gender == MAN else -1.0
    people = {items[k].number for k in found if items[k].person is not None}
    agreeing = {items[k].number for k in found if items[k].person and spots[k].share * sign > AGREEING}
    speakers = sayers[pronoun.root.i]
    standing = _standing(items, spots, at, found)
    for k, between in zip(found, _between(items, at, found), strict=True):
        item, other = items[k], spots[k]
        flags = [
            not between and k < at,
            len(people) == 1 and item.person is not None,
            len(agreeing) == 1 and item.number in agreeing,
        ]
        told = not speakers.isdisjoint(range(item.span.start, item.span.end))
        yield [
            sign * other.share,
            abs(other.share),
            float(item.gender is not None),
            *_distance(pronoun, other, behind=k > at),
            float(np.log1p(between)),
            *map(float, flags),
            float(np.log1p(len(people))),
            *map(float, _same_role(pronoun, other)),
            float(told),
            float(bool(speakers)),
            *map(float, _governed(pronoun, other, item)),
            *_clauses(pronoun, other, behind=k > at),
            *(float(k in some) for some in standing),
        ]


def _standing(
    items: Sequence[Item], spots: Sequence[_Place], at: int, found: Sequence[int]
) -> tuple[set[int], set[int], set[int], set[int]]:
    """Return which of the items found mean who is named in reach of the pronoun; which is the nearest subject
    before it; which is named first in its sentence; which mean the only person named there.
    """
    named = [k for k in found if items[k].person is not None]
    verb = reach_of(spots[at].root)
    reached = {items[k].number for k in named if k > at and verb is not None and verb.i in spots[k].line}
    subjects = (k for k in reversed(named) if k < at and spots[k].root.dep_ in SUBJECTS)
    by_sentence: dict[int, list[int]] = {}
    for k in named:
        by_sentence.setdefault(spots[k].sentence, []).append(k)
    groups = by_sentence.values()
    alone = (group for group in groups if len({items[k].number for k in group}) == 1)
    return (
        {k for k in named if items[k].number in reached},
        set(islice(subjects, 1)),
        {group[0] for group in groups},
        {k for group in alone for k in group},
    )


def _between(items: Sequence[Item], at: int, found: Sequence[int]) -> list[int]:
    """Return how many other persons are named between each item found and the pronoun."""
    counts, seen = [], set[int]()
    for k in reversed(found):
        counts.append(len(seen - {items[k].number}))
        if items[k].person is not None and k < at:
            seen.add(items[k].number)
    return counts[::-1]


def _distance(pronoun: _Place, other: _Place, *, behind: bool) -> list[float]:
    sentences, paragraphs = pronoun.sentence - other.sentence, pronoun.paragraph - other.paragraph
    pieces = pronoun.piece - other.piece
    flags = [
        *(sentences == n for n in range(_FAR_SENTENCES)),
        sentences >= _FAR_SENTENCES,
        sentences < 0,
        behind,
        *(paragraphs == n for n in range(_FAR_PARAGRAPHS)),
        paragraphs >= _FAR_PARAGRAPHS,
    ]
    return [*map(float, flags), float(np.sign(pieces) * np.log1p(abs(pieces))) / 4]


def _same_role(pronoun: _Place, other: _Place) -> list[bool]:
    both = other.root.dep_ in SUBJECTS and pronoun.root.dep_ in SUBJECTS
    return [both, other.root.dep_ == pronoun.root.dep_]


def _governed(pronoun: _Place, other: _Place, item: Item) -> list[bool]:
    """Tell how the item's head and the pronoun hang together."""
    above = other.root.head.i in pronoun.line[1:]
    return [
        above,
        above and other.root.dep_ in SUBJECTS,
        other.root.i in pronoun.line[1:],
        item.span.start > 0 and other.root.head == pronoun.root.head,
    ]


def _clauses(pronoun: _Place, other: _Place, *, behind: bool) -> list[float]:
    """Return how the clauses of a pronoun and an item are related."""
    same = pronoun.root.sent.start == other.root.sent.start
    back = pronoun.sentence - other.sentence
    mine, theirs = pronoun.clause, other.clause
    flags = [
        same and mine == theirs,
        same and theirs.i in pronoun.above,
        same and mine.i in other.above,
        back == 1 and other.main,
        back == 0 and other.main,
        same and mine.dep_ == "conj" and pronoun.governor == theirs.i and not pronoun.subjects,
        same and other.root.i in pronoun.subjects,
        back == 1 and other.main and pronoun.main,
        same and pronoun.governor == theirs.i,
        same and behind and mine.i in other.above,
    ]
    return [_path(pronoun, other) if same else 0.0, *map(float, flags)]


def _path(pronoun: _Place, other: _Place) -> float:
    """Return the steps between two tokens of a parse, in fifths."""
    above = {i: steps for steps, i in enumerate(pronoun.line)}
    return next((steps + above[i] for steps, i in enumerate(other.line) if i in above), 0) / 5
