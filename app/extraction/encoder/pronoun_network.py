"""The pronoun network, a few matrices in numpy: whom each pronoun of a text stands for, as probabilities."""

from functools import lru_cache
from pathlib import Path

import numpy as np
from thinc.api import NumpyOps

from app.extraction.encoder.networks import Floats
from app.extraction.encoder.pieces import Ints
from app.extraction.encoder.pronoun_features import Asked
from app.extraction.finders import PRONOUN_WEIGHTS

_ONE_THREAD = NumpyOps()
"""Multiplies matrices on one thread: numpy's own takes all cores, which other processes of the job are on."""

PAIRS_A_BATCH = 4096
"""Pairs scored at once: what is computed on the way takes kilobytes a pair."""

_GELU = np.float32(np.sqrt(2 / np.pi))


class PronounNetwork:
    """Scores of pairs, and of standing for none of the items, by one or more trained copies, averaged."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as file:
            stacked = {name: file[name].astype(np.float32) for name in file.files}
        copies = len(next(iter(stacked.values())))
        self._copies = [{name: array[n] for name, array in stacked.items()} for n in range(copies)]

    def shares(self, asked: Asked, numbers: Ints, persons: int) -> Floats:
        """Return the probabilities (pronouns, persons + 1); the last column is none of them.

        `numbers` are the persons of the items, -1 for pronouns.
        """
        first, *others = self._copies
        shares = self._shares(first, asked, numbers, persons)
        for weights in others:  # a matrix of a long text takes hundreds of megabytes
            shares += self._shares(weights, asked, numbers, persons)
        shares /= len(self._copies)
        return shares

    @staticmethod
    def _shares(weights: dict[str, Floats], asked: Asked, numbers: Ints, persons: int) -> Floats:
        pairs, none = _scores(weights, asked)
        pronouns = np.flatnonzero(numbers < 0)
        shares = np.zeros((len(pronouns), persons + 1), np.float32)
        row_of = {int(item): row for row, item in enumerate(pronouns)}
        for row, at in enumerate(pronouns):
            mine = np.flatnonzero(asked.pairs[:, 0] == at)
            powers = _softmax(np.append(pairs[mine], none[at]))
            shares[row, -1] = powers[-1]
            for item, power in zip(asked.pairs[mine, 1], powers, strict=False):
                if numbers[item] >= 0:
                    shares[row, numbers[item]] += power
                else:  # an earlier pronoun: whoever that stands for
                    shares[row] += power * shares[row_of[int(item)]]
        return shares


def _scores(weights: dict[str, Floats], asked: Asked) -> tuple[Floats, Floats]:
    """Return the scores of the pairs, and of no item for each item."""

    def linear(name: str, values: Floats) -> Floats:
        made: Floats = _ONE_THREAD.gemm(values, weights[f"{name}.weight"], trans2=True)
        return made + weights[f"{name}.bias"]

    sums, factors = np.split(linear("pronoun", asked.vectors), 2, axis=1)
    other_sums, other_factors = np.split(linear("item", asked.vectors), 2, axis=1)
    by_pronoun = sums + linear("pronoun_facts", asked.own)
    by_item = other_sums + linear("item_facts", asked.own)
    pairs = np.empty(len(asked.pairs), np.float32)
    for begin in range(0, len(pairs), PAIRS_A_BATCH):
        batch = slice(begin, begin + PAIRS_A_BATCH)
        pronoun, item = asked.pairs[batch].T
        hidden = by_pronoun[pronoun] + by_item[item] + factors[pronoun] * other_factors[item]
        hidden = _gelu(hidden + linear("pair_facts", asked.features[batch]))
        pairs[batch] = linear("pair_score", _gelu(linear("pair_hidden", hidden)))[:, 0]
    both = np.concatenate([asked.vectors, asked.own], axis=1)
    none = linear("none_score", _gelu(linear("none_hidden", both)))
    return pairs, none[:, 0]


def _gelu(values: Floats) -> Floats:
    made: Floats = (
        0.5 * values * (1 + np.tanh(_GELU * (values + np.float32(0.044715) * values * values * values)))
    )
    return made


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    made: Floats = powers / powers.sum()
    return made


@lru_cache(maxsize=1)
def load_pronoun_network(path: Path = PRONOUN_WEIGHTS) -> PronounNetwork:
    """Return the network of a file, loaded once a process, when the first pronoun needs it."""
    return PronounNetwork(path)
