"""The pronoun network as torch trains it; `app/extraction/encoder/pronoun_network.py` runs it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from app.extraction.encoder.pieces import Ints
from training.pronoun_examples import Answer, Example

WIDTH = 128
INNER = 64
DROPOUT = 0.2
SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Batch:
    """Texts put together: items, pairs and persons are numbered through."""

    vectors: Tensor
    own: Tensor
    pairs: Tensor
    features: Tensor
    numbers: Ints
    persons: int
    answers: list[tuple[int, int, Answer]]
    """Item, number of the text's first person, answer."""


def batch_of(examples: Sequence[Example]) -> Batch:
    """Return texts as one batch."""
    items = np.cumsum([0, *(len(example.numbers) for example in examples)])
    persons = np.cumsum([0, *(example.persons for example in examples)])
    numbers = [
        np.where(example.numbers < 0, -1, example.numbers + first)
        for example, first in zip(examples, persons, strict=False)
    ]
    pairs = [example.asked.pairs + first for example, first in zip(examples, items, strict=False)]
    return Batch(
        vectors=torch.from_numpy(np.concatenate([example.asked.vectors for example in examples])),
        own=torch.from_numpy(np.concatenate([example.asked.own for example in examples])),
        pairs=torch.from_numpy(np.concatenate(pairs)),
        features=torch.from_numpy(np.concatenate([example.asked.features for example in examples])),
        numbers=np.concatenate(numbers),
        persons=int(persons[-1]),
        answers=[
            (int(items[text]) + item, int(persons[text]), answer)
            for text, example in enumerate(examples)
            for item, answer in example.answers.items()
        ],
    )


class PronounScores(nn.Module):
    """Scores of pairs of a pronoun and an item, and of none of them."""

    def __init__(self, vectors: int, own: int, features: int) -> None:
        super().__init__()
        self.pronoun = nn.Linear(vectors, 2 * WIDTH)
        self.item = nn.Linear(vectors, 2 * WIDTH)
        self.pronoun_facts = nn.Linear(own, WIDTH)
        self.item_facts = nn.Linear(own, WIDTH)
        self.pair_facts = nn.Linear(features, WIDTH)
        self.pair_hidden = nn.Linear(WIDTH, INNER)
        self.pair_score = nn.Linear(INNER, 1)
        self.none_hidden = nn.Linear(vectors + own, INNER)
        self.none_score = nn.Linear(INNER, 1)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return the scores of the pairs, and of none for each item."""
        vectors = self.dropout(batch.vectors)
        pronoun, item = batch.pairs.T
        sums, factors = self.pronoun(vectors).chunk(2, dim=-1)
        other_sums, other_factors = self.item(vectors).chunk(2, dim=-1)
        by_pronoun = sums + self.pronoun_facts(batch.own)
        by_item = other_sums + self.item_facts(batch.own)
        hidden = by_pronoun[pronoun] + by_item[item] + factors[pronoun] * other_factors[item]
        hidden = self.dropout(_gelu(hidden + self.pair_facts(batch.features)))
        pairs: Tensor = self.pair_score(_gelu(self.pair_hidden(hidden)))
        none: Tensor = self.none_score(_gelu(self.none_hidden(torch.cat([vectors, batch.own], dim=-1))))
        return pairs.squeeze(-1), none.squeeze(-1)

    def shares(self, batch: Batch) -> tuple[Tensor, dict[int, int]]:
        """Return the probabilities (pronouns, persons + 1), the last of none, and the row of each pronoun.

        A pronoun stands for an item, or for whomever an earlier pronoun stands for: the chain is solved at
        once, as equations.
        """
        pairs, none = self(batch)
        pronouns = np.flatnonzero(batch.numbers < 0)
        rows = {int(item): row for row, item in enumerate(pronouns)}
        row = torch.tensor([rows[int(at)] for at in batch.pairs[:, 0]])
        last = batch.persons
        column = torch.tensor(
            [
                batch.numbers[k] if batch.numbers[k] >= 0 else last + 1 + rows[int(k)]
                for k in batch.pairs[:, 1]
            ]
        )
        scores = none[torch.from_numpy(pronouns)]
        highest = scores.detach().clone().scatter_reduce(0, row, pairs.detach(), "amax")
        powers = torch.zeros(len(pronouns), last + 1 + len(pronouns))
        powers = powers.index_put((row, column), (pairs - highest[row]).exp(), accumulate=True)
        powers[:, last] += (scores - highest).exp()
        powers = powers / powers.sum(dim=1, keepdim=True)
        equations = torch.eye(len(pronouns)) - powers[:, last + 1 :]
        return torch.linalg.solve_triangular(equations, powers[:, : last + 1], upper=False), rows


def _gelu(values: Tensor) -> Tensor:
    return functional.gelu(values, approximate="tanh")


def loss_of(network: PronounScores, batch: Batch) -> Tensor:
    """Return the mean negative log likelihood of the answers."""
    shares, rows = network.shares(batch)
    losses = []
    for item, first, answer in batch.answers:
        row = shares[rows[item]]
        if answer.right:
            share = row[[first + number for number in answer.right]].sum()
        elif answer.all_known:
            share = row[-1]
        else:
            share = 1 - row[[first + number for number in answer.wrong]].sum()
        losses.append(-share.clamp_min(SMALLEST).log())
    return torch.stack(losses).mean()
