"""Train the network that tells whom he and she stand for, on GAP, GUM and the news.

    python -m training.pronouns app/extraction/data/encoder [--folds 5]

Writes `pronouns.npz`, which learned all texts. The folds come first: each fifth of the annotated texts is
answered by networks that learned the others only. They are left in the build folder, where
`evaluation/pronouns.py` finds them; what is printed of them tells which threshold to take.
"""

import argparse
import logging
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from app.extraction.encoder.networks import Floats
from app.extraction.encoder.pronoun_network import PronounNetwork
from app.extraction.finders import PRONOUN_WEIGHTS
from evaluation.pronouns import FOLD_FILE, FOLDS, fold_of
from training.pronoun_examples import Example, load_examples
from training.pronoun_network import PronounScores, batch_of, loss_of

SEED = 20161108
COPIES = 4
"""Networks that differ by chance only; the mean of their probabilities is surer than each."""

PASSES = 4
TEXTS_A_STEP = 8
RATE = 1e-3
WARM_UP = 60
THRESHOLDS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)
WEIGHT_DECAY = 0.01
LONGEST_GRADIENT = 1.0
SILVER_ARTICLES = 350
"""Of each set of news: the made-up questions raise F1 on GAP by some five points."""

log = logging.getLogger("training")


def train(gold: Sequence[Example], silver: Sequence[Example], seed: int) -> PronounScores:
    """Return a network that saw the made-up texts once, then the annotated ones in some passes."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311  # repeatable on purpose
    shapes = gold[0].asked
    network = PronounScores(shapes.vectors.shape[1], shapes.own.shape[1], shapes.features.shape[1])
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=WEIGHT_DECAY)
    texts = [one for some in (silver, *[gold] * PASSES) for one in _steps(some, chance)]
    network.train()
    for step, some in enumerate(texts):
        loss = loss_of(network, batch_of(some))
        optimiser.zero_grad()
        optimiser.param_groups[0]["lr"] = RATE * min((step + 1) / WARM_UP, 1 - step / len(texts))
        loss.backward()  # type: ignore[no-untyped-call]  # torch's own
        torch.nn.utils.clip_grad_norm_(network.parameters(), LONGEST_GRADIENT)
        optimiser.step()
    return network.eval()


def _steps(examples: Sequence[Example], chance: random.Random) -> list[list[Example]]:
    mixed = chance.sample(examples, len(examples))
    return [mixed[begin : begin + TEXTS_A_STEP] for begin in range(0, len(mixed), TEXTS_A_STEP)]


def write(networks: Sequence[PronounScores], path: Path) -> None:
    """Write networks as one file of arrays with half precision, the copies along the first axis."""
    states = [network.state_dict() for network in networks]
    arrays: dict[str, Any] = {
        name: np.stack([state[name].numpy() for state in states]).astype(np.float16) for name in states[0]
    }
    np.savez(path, **arrays)


def copies(gold: Sequence[Example], silver: Sequence[Example]) -> list[PronounScores]:
    """Return the networks that are shipped together."""
    return [train(gold, silver, SEED + number) for number in range(COPIES)]


Shares = dict[str, dict[int, Floats]]
"""Probabilities by text and item."""


def cross_validated(gold: Sequence[Example], silver: Sequence[Example], folds: int, folder: Path) -> Shares:
    """Return the shares of the pronouns of each annotated text, by networks that never saw the text."""
    found: Shares = {}
    for fold in range(folds):
        rest = [one for one in gold if fold_of(one.key, folds) != fold]
        path = folder / FOLD_FILE.format(fold)
        write(copies(rest, silver), path)
        network = PronounNetwork(path)
        for one in gold:
            if fold_of(one.key, folds) == fold:
                shares = network.shares(one.asked, one.numbers, one.persons)
                found[one.key] = dict(zip(np.flatnonzero(one.numbers < 0).tolist(), shares, strict=True))
        log.info("fold %d of %d done", fold + 1, folds)
    return found


def table(gold: Sequence[Example], shares: Shares) -> str:
    """Return how many answers are right at each threshold, of the pronouns whose answer is known."""
    rows = ["| from | GAP answered | right | GUM answered | right |", "|---|---|---|---|---|"]
    for sure in THRESHOLDS:
        gap, gum = (list(_judged(gold, shares, sure, all_known=known)) for known in (False, True))
        cells = [f"{len(some)} | {100 * sum(some) / max(len(some), 1):.1f}%" for some in (gap, gum)]
        rows.append(f"| {sure:.2f} | {' | '.join(cells)} |")
    return "\n".join(rows)


def _judged(gold: Sequence[Example], shares: Shares, sure: float, *, all_known: bool) -> Iterator[bool]:
    """Yield whether each answer that is surer than `sure` is right."""
    for one in gold:
        for item, answer in one.answers.items():
            row = shares[one.key][item][:-1]
            if answer.all_known is all_known and row.max(initial=0) >= sure:
                number = int(row.argmax())
                if all_known or number in answer.right | answer.wrong:
                    yield number in answer.right


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Train the pronoun network.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folds", type=int, default=5, help="0 leaves the cross-validation out")
    parser.add_argument("--build", type=Path, default=FOLDS)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    torch.set_num_threads(1)
    gold, silver = load_examples(options.build, SEED, SILVER_ARTICLES)
    log.info("%d annotated texts, %d made up", len(gold), len(silver))
    if options.folds:
        shares = cross_validated(gold, silver, options.folds, options.build)
        sys.stdout.write(table(gold, shares) + "\n")
    write(copies(gold, silver), options.folder / PRONOUN_WEIGHTS.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
