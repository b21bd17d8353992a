"""Names by the encoder: persons, organizations and places as spans of tokens."""

from collections.abc import Iterator, Sequence

import numpy as np
from spacy.tokens import Doc, Span

from app.extraction.encoder.networks import Floats, Reading
from app.extraction.labels import GPE, ORG, PERSON

LABELS = (PERSON, ORG, GPE)
"""Labels in the order of the name head: its columns are no name, then first and further piece of each."""

NAME_BONUS = np.array([0.8, 0.8, 0.8])
"""What it is worth, in nats, that a token belongs to a name of each label: recall for a little precision."""

PLACE_THRESHOLD = 0.3
"""Probability from which on a word in front of an organization's name is a place's."""

TINY = 1e-4
LEAST_DOUBT = 0.1
"""Probability that a token begins a name, or goes on with one, whatever the network says."""

NEVER_FIRST = frozenset({"DT", "IN", "CC", "PRP", "PRP$", "RB", "TO", "WDT", "WP", "WRB", "MD", "EX", "UH"})
"""Tags of words that begin sentences and no names: a capital is all that the encoder saw in them."""

_OUTSIDE = -1


def find_names(doc: Doc, reading: Reading) -> list[Span]:
    """Return the names in the text, in order and apart."""
    first, shares = _by_token(doc, reading)
    kinds = shares[:, 1::2] + shares[:, 2::2]
    both = first[:, 1::2] + first[:, 2::2]
    begins = np.clip(first[:, 1::2] / np.maximum(both, TINY), LEAST_DOUBT, 1 - LEAST_DOUBT)
    named = np.log(np.maximum(kinds, TINY)) + NAME_BONUS
    outside = np.log(np.maximum(shares[:, 0], TINY))
    path = likeliest_names(
        (named + np.log(begins)).tolist(), (named + np.log(1 - begins)).tolist(), outside.tolist()
    )
    return list(_spans(doc, path))


def place_words(doc: Doc, reading: Reading) -> frozenset[int]:
    """Return the tokens that may be a place's, those inside names of organizations too."""
    _, shares = _by_token(doc, reading)
    column = 1 + 2 * LABELS.index(GPE)
    return frozenset(np.flatnonzero(shares[:, column] + shares[:, column + 1] >= PLACE_THRESHOLD).tolist())


def _by_token(doc: Doc, reading: Reading) -> tuple[Floats, Floats]:
    """Return the probabilities (tokens, labels) of each token's first piece, and the mean of its pieces."""
    pieces, names = reading.pieces, reading.names
    starts = np.array([token.idx for token in doc])
    ends = starts + np.array([len(token) for token in doc])
    left = np.searchsorted(pieces.ends, starts, side="right")
    right = np.maximum(np.searchsorted(pieces.starts, ends, side="left"), left)
    sums = np.concatenate([np.zeros((1, names.shape[1]), names.dtype), names.cumsum(axis=0)])
    number = right - left
    shares = (sums[right] - sums[left]) / np.maximum(number, 1)[:, None]
    shares[number == 0] = np.eye(1, names.shape[1])[0]  # white space has no piece
    return names[np.minimum(left, len(names) - 1)], shares


def likeliest_names(
    begins: Sequence[Sequence[float]], goes_on: Sequence[Sequence[float]], outside: Sequence[float]
) -> list[tuple[int, int, int]]:
    """Return the likeliest names as (start, end, kind), in order.

    The arguments score each token, the first two for each kind. Viterbi's algorithm: the best kind and
    bounds for a name as a whole, so that none falls apart over one doubtful word.
    """
    free, inside = 0.0, [-np.inf] * len(begins[0])
    steps: list[tuple[int, list[bool]]] = []
    for begin, further, out in zip(begins, goes_on, outside, strict=True):
        kind = max(range(len(inside)), key=inside.__getitem__)
        best = max(free, inside[kind])
        anew = [best + gain for gain in begin]
        longer = [score + gain for score, gain in zip(inside, further, strict=True)]
        steps.append(
            (_OUTSIDE if free >= inside[kind] else kind, [a > b for a, b in zip(longer, anew, strict=True)])
        )
        inside = [max(pair) for pair in zip(longer, anew, strict=True)]
        free = best + out
    kind = max(range(len(inside)), key=inside.__getitem__)
    return _traced(steps, _OUTSIDE if free >= inside[kind] else kind)


def _traced(steps: Sequence[tuple[int, list[bool]]], state: int) -> list[tuple[int, int, int]]:
    """Return the names of the path that ends in `state`; `steps` tell where each state came from."""
    names = []
    end = len(steps)
    for at in range(len(steps) - 1, -1, -1):
        before, continued = steps[at]
        if state != _OUTSIDE and continued[state]:
            continue
        if state != _OUTSIDE:
            names.append((at, end, state))
        state, end = before, at
    return names[::-1]


def _spans(doc: Doc, names: Sequence[tuple[int, int, int]]) -> Iterator[Span]:
    for first, end, kind in names:
        start = first
        while start < end and doc[start].tag_ in NEVER_FIRST:
            start += 1
        if start < end:
            yield Span(doc, start, end, label=LABELS[kind])
