"""The losses of the heads, each a sum divided by the number of labelled pieces it is about."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from app.extraction.encoder.around import LONGEST_CUE, Around, surroundings
from app.extraction.encoder.pieces import Ints
from training.examples import CONTENT, SOURCE, Example
from training.network import NAME_LABELS, WIDTH, Network

REACH = 192
"""Pieces looked at on each side of a cue; more than 99% of the contents end within."""

WRONG_CUES = 4
"""Likeliest pieces that are in no cue, for which nothing is to be found; for each text."""

SHORTENED = 0.2
"""Share of the cues that are cut at random: found cues have not always the annotators' ends."""


def part_scores(network: Network, vectors: Tensor, cues: Ints, around: Around) -> Tensor:
    """Return the part labels' scores (cues, pieces, labels) around cues of one text."""
    vectors = network.dropout(vectors)
    sums = torch.cat([vectors.new_zeros(1, WIDTH), vectors.cumsum(0)])
    first, last = torch.from_numpy(cues[:, 0]), torch.from_numpy(cues[:, 1])
    cue = (sums[last] - sums[first]) / (last - first).unsqueeze(1)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores: Tensor = network.parts(
            functional.embedding(torch.from_numpy(around.positions), network.parts.token(vectors)),
            cue,
            torch.from_numpy(around.distance),
            torch.from_numpy(around.line),
            torch.from_numpy(around.in_cue).float(),
            torch.from_numpy(around.present).float(),
        ).float()
    return scores


@dataclass(slots=True)
class Losses:
    """Sums of losses with the numbers of labelled pieces they are divided by."""

    cue: Tensor
    cue_pieces: int
    parts: Tensor
    part_pieces: int
    names: Tensor
    name_pieces: int


def text_losses(network: Network, vectors: Tensor, example: Example, chance: np.random.Generator) -> Losses:
    """Return the losses of one text from its vectors (pieces, WIDTH)."""
    nothing = vectors.new_zeros(())
    losses = Losses(nothing, 0, nothing, 0, nothing, 0)
    if example.names is not None:
        losses.names = _name_loss(network, vectors, example.names)
        losses.name_pieces = int(((example.names & 1) == 0).sum())
    if example.cues is not None and example.statements:
        scores = network.cues(network.dropout(vectors))
        losses.cue = functional.cross_entropy(scores, torch.from_numpy(example.cues), reduction="sum")
        losses.cue_pieces = int((example.cues > 0).sum())
        wrong = _likeliest_wrong(scores.detach(), example.cues)
        losses.parts, losses.part_pieces = _part_loss(network, vectors, example, wrong, chance)
    return losses


def _name_loss(network: Network, vectors: Tensor, names: Ints) -> Tensor:
    scores = network.names(network.dropout(vectors))
    bits = 1 << np.arange(NAME_LABELS)
    allowed = torch.from_numpy((names[:, None] & bits) > 0)
    right = scores.masked_fill(~allowed, -1e4)
    loss: Tensor = (scores.logsumexp(1) - right.logsumexp(1)).sum()
    return loss


def _likeliest_wrong(scores: Tensor, cues: Ints) -> Ints:
    """Return the first pieces (WRONG_CUES,) of what looks like a cue and is none."""
    odds = (scores[:, 1:].logsumexp(1) - scores[:, 0]).numpy().copy()
    odds[cues > 0] = -np.inf
    best: Ints = np.argsort(-odds)[:WRONG_CUES]
    return best


def _part_loss(
    network: Network, vectors: Tensor, example: Example, wrong: Ints, chance: np.random.Generator
) -> tuple[Tensor, int]:
    statements = example.statements or ()
    ranges = [_shortened(one.cue, chance) for one in statements] + [(int(p), int(p) + 1) for p in wrong]
    cues = np.array(ranges, dtype=np.int64)
    around = surroundings(cues, example.pieces.line, REACH)
    labels = np.zeros_like(around.positions)
    begin = cues[:, 0] - REACH
    for row, one in enumerate(statements):
        for label, spans in ((CONTENT, one.content), (SOURCE, one.source)):
            for first, last in spans:
                low, high = max(first - begin[row], 0), max(last - begin[row], 0)
                labels[row, low:high] = label
    scores = part_scores(network, vectors, cues, around)
    each = functional.cross_entropy(scores.flatten(0, 1), torch.from_numpy(labels.ravel()), reduction="none")
    return (each * torch.from_numpy(around.present.ravel()).float()).sum(), int((labels > 0).sum())


def _shortened(cue: tuple[int, int], chance: np.random.Generator) -> tuple[int, int]:
    first, last = cue[0], min(cue[1], cue[0] + LONGEST_CUE)
    if last - first > 1 and chance.random() < SHORTENED:
        cut = int(chance.integers(first + 1, last))
        return (first, cut) if chance.integers(2) else (cut, last)
    return first, last
