"""Names by the encoder: persons, organizations and places as spans of tokens."""

from collections.abc import Iterator

import numpy as np
from spacy.tokens import Doc, Span

from app.extraction.encoder.networks import Floats, Reading
from app.extraction.labels import GPE, ORG, PERSON

LABELS = (PERSON, ORG, GPE)
"""Labels in the order of the name head: its columns are no name, then first and further piece of each."""

NAME_THRESHOLD = 0.5
"""Probability from which on a token belongs to a name."""

SPLIT = 4
"""How much likelier a first piece must be than a further one where two names of a kind stand together."""

NEVER_FIRST = frozenset({"DT", "IN", "CC", "PRP", "PRP$", "RB", "TO", "WDT", "WP", "WRB", "MD", "EX", "UH"})
"""Tags of words that begin sentences and no names: a capital is all that the encoder saw in them."""


def find_names(doc: Doc, reading: Reading) -> list[Span]:
    """Return the names in the text, in order and apart."""
    first, shares = _by_token(doc, reading)
    kinds = (shares[:, 1::2] + shares[:, 2::2]).argmax(axis=1)
    named = shares[:, 0] < 1 - NAME_THRESHOLD
    rows = np.arange(len(kinds))
    begins = first[rows, 1 + 2 * kinds] > SPLIT * first[rows, 2 + 2 * kinds]
    return list(_spans(doc, named.tolist(), kinds.tolist(), begins.tolist()))


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


def _spans(doc: Doc, named: list[bool], kinds: list[int], begins: list[bool]) -> Iterator[Span]:
    start = -1
    for at in range(len(doc) + 1):
        inside = at < len(doc) and named[at] and not doc[at].is_space
        if start >= 0 and (not inside or kinds[at] != kinds[start] or begins[at]):
            while start < at and doc[start].tag_ in NEVER_FIRST:
                start += 1
            if start < at:
                yield Span(doc, start, at, label=LABELS[kinds[start]])
            start = -1
        if inside and start < 0:
            start = at
