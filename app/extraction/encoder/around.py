"""The surroundings of cues: which pieces a cue may take its content and source from, and how far they are."""

from dataclasses import dataclass

import numpy as np

from app.extraction.encoder.pieces import Ints
from app.extraction.encoder.windows import distance_classes, line_classes

LONGEST_CUE = 12
"""Pieces of a cue that are looked at, at most."""


@dataclass(frozen=True, slots=True)
class Around:
    """The surroundings of cues: arrays (cues, pieces around).

    `positions` are pieces of the text, kept inside it; `present` is 0 where there is none.
    """

    positions: Ints
    distance: Ints
    line: Ints
    in_cue: Ints
    present: Ints


def surroundings(cues: Ints, lines: Ints, reach: int) -> Around:
    """Return the pieces within `reach` of cue ranges (cues, 2) with their pair features.

    The first column is the piece `reach` before the cue's first. `lines` is the line of each piece.
    """
    length = len(lines)
    offsets = np.arange(-reach, reach + LONGEST_CUE)
    wanted = cues[:, :1] + offsets
    positions = np.clip(wanted, 0, length - 1)
    before = np.minimum(wanted - cues[:, :1], 0)
    behind = np.maximum(wanted - cues[:, 1:] + 1, 0)
    in_cue = (wanted >= cues[:, :1]) & (wanted < cues[:, 1:])
    return Around(
        positions=positions,
        distance=distance_classes(before + behind),
        line=line_classes(lines[positions], lines[cues[:, :1]]),
        in_cue=in_cue.astype(np.int64),
        present=((wanted >= 0) & (wanted < length)).astype(np.int64),
    )
