"""Long texts in windows of equal length whose margins are cut away, and the pair features of the heads."""

import math
from dataclasses import dataclass

import numpy as np

from app.extraction.encoder.pieces import Ints

DISTANCES = 33
"""Classes of the signed distance between piece and cue: 0, and 16 logarithmic steps each way."""

EXACT = 4
LOG_SCALE = 2.5
"""Distances up to EXACT pieces have a class each; beyond, LOG_SCALE classes for each factor of e."""

LINE_STEPS = 7
"""Classes of the signed number of lines between piece and cue: -3 and fewer to 3 and more."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of `size` pieces that overlap by at least two margins, in which nothing is read."""

    size: int
    margin: int

    def starts(self, length: int) -> list[int]:
        """Return where the windows of a sequence begin, evenly spaced; the last ends where it ends."""
        if length <= self.size:
            return [0]
        number = math.ceil((length - 2 * self.margin) / (self.size - 2 * self.margin))
        return [round(index * (length - self.size) / (number - 1)) for index in range(number)]

    def rows(self, length: int) -> Ints:
        """Return, for each piece, the row of the flattened windows in which it is farthest from an edge.

        Rows count `size` pieces a window; a sequence shorter than a window has one row a piece.
        """
        starts = np.array(self.starts(length))
        positions = np.arange(length)
        centres = starts + min(self.size, length) / 2
        best = np.searchsorted((centres[:-1] + centres[1:]) / 2, positions)
        rows: Ints = best * min(self.size, length) + positions - starts[best]
        return rows


TRAINED = Windows(320, 32)
"""What the networks are trained on."""

READ = Windows(192, 16)
"""What texts are read by."""


def distance_classes(offsets: Ints) -> Ints:
    """Return the class of each signed distance in pieces: exact near the cue, logarithmic further off."""
    far = np.abs(offsets)
    logarithmic = EXACT + np.round(LOG_SCALE * np.log(np.maximum(far, EXACT) / EXACT)).astype(np.int64)
    steps = np.where(far <= EXACT, far, np.minimum(logarithmic, DISTANCES // 2))
    classes: Ints = DISTANCES // 2 + np.sign(offsets) * steps
    return classes


def line_classes(lines: Ints, line: Ints) -> Ints:
    """Return the class of the signed number of lines between each piece and the cue's."""
    half = LINE_STEPS // 2
    classes: Ints = np.clip(lines - line, -half, half) + half
    return classes
