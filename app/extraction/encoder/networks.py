"""The trained networks, run by onnxruntime: what they say about the pieces of a text and about its cues."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from app.extraction.encoder.around import surroundings
from app.extraction.encoder.pieces import (
    NO_LETTER,
    OUTSIDE,
    SEPARATOR,
    Ints,
    Pieces,
    cut_pieces,
)
from app.extraction.encoder.windows import READ, Windows

Floats = NDArray[np.float32]

REACH = 88
"""Pieces looked at on each side of a cue: 256, 144 and 96 found nothing more and cost more (measured)."""

LINE_IN_FRONT = np.array([1012, SEPARATOR])
"""A full stop and the end of its line, read in front of texts of less than a window and left out of what is
returned: the encoder sees little in the first word of what it reads, and in a title it is often a name.
"""

SAME_ON_ALL_PROCESSORS = ("session.x64quantprecision", "1")
"""Without it, products of 8-bit numbers overflow where a processor lacks VNNI, and other things are found."""

WINDOWS_A_BATCH = 4
CUES_A_BATCH = 16
"""More cost memory and gain no speed on one core."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the encoder says about each piece of a text.

    `cues` are probabilities (pieces, 3) of no cue, a cue's first piece, a further one; `names` (pieces, 7)
    of no name and first and further pieces of persons, organizations and places.
    """

    pieces: Pieces
    cues: Floats
    names: Floats
    vectors: Floats
    tokens: Floats


class Networks:
    """The networks of a folder with `pieces.onnx`, `pairs.onnx` and `tokenizer.json`, on one thread."""

    windows: Windows = READ

    def __init__(self, folder: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry(*SAME_ON_ALL_PROCESSORS)
        self._pieces, self._pairs = (
            onnxruntime.InferenceSession(folder / name, options, providers=["CPUExecutionProvider"])
            for name in ("pieces.onnx", "pairs.onnx")
        )

    def read(self, text: str) -> Reading | None:
        """Return what the encoder says about a text; None when it holds no word."""
        pieces = cut_pieces(text, self._tokenizer)
        if not len(pieces):
            return None
        front = LINE_IN_FRONT if len(pieces) < self.windows.size else LINE_IN_FRONT[:0]
        outputs = self._outputs(_behind(front, pieces))
        vectors, cues, names, tokens = (out[len(front) :] for out in outputs)
        return Reading(
            pieces=pieces, cues=_softmax(cues), names=_softmax(names), vectors=vectors, tokens=tokens
        )

    def _outputs(self, inputs: Mapping[str, Ints]) -> list[Floats]:
        """Return the outputs for each piece, from the window that sees it best.

        Of the windows no more than a batch is held at a time: a text of a million characters has thousands.
        """
        length = len(inputs["ids"])
        rows, size = self.windows.rows(length), min(self.windows.size, length)
        found: list[Floats] = []
        for begin, outputs in self._windows(inputs):
            found = found or [np.empty((length, part.shape[-1]), part.dtype) for part in outputs]
            first = begin * size
            kept = slice(*np.searchsorted(rows, (first, first + len(outputs[0]) * size)))
            for whole, part in zip(found, outputs, strict=True):
                whole[kept] = part.reshape(-1, part.shape[-1])[rows[kept] - first]
        return found

    def _windows(self, inputs: Mapping[str, Ints]) -> Iterator[tuple[int, Sequence[Any]]]:
        """Yield the outputs for each batch of windows, with the number of its first."""
        starts = self.windows.starts(len(inputs["ids"]))
        for begin in range(0, len(starts), WINDOWS_A_BATCH):
            rows = [
                slice(start, start + self.windows.size) for start in starts[begin : begin + WINDOWS_A_BATCH]
            ]
            batch = {name: np.stack([column[row] for row in rows]) for name, column in inputs.items()}
            yield begin, self._pieces.run(["vectors", "cues", "names", "tokens"], batch)

    def parts(self, reading: Reading, cues: Ints) -> Floats:
        """Return the probabilities (cues, pieces around, 3) of nothing, content and source.

        `cues` are ranges (cues, 2) of pieces; the first column is the piece REACH before a cue's first.
        """
        around = surroundings(cues, reading.pieces.line, REACH)
        means = np.stack([reading.vectors[first:last].mean(axis=0) for first, last in cues])
        present = around.present.astype(np.float32)
        batches = (slice(begin, begin + CUES_A_BATCH) for begin in range(0, len(cues), CUES_A_BATCH))
        shares = np.concatenate(
            [
                self._pairs.run(
                    ["parts"],
                    {
                        "tokens": reading.tokens,
                        "positions": around.positions[batch],
                        "cue": means[batch],
                        "distance": around.distance[batch],
                        "line": around.line[batch],
                        "in_cue": around.in_cue[batch].astype(np.float32),
                        "present": present[batch],
                    },
                )[0]
                for batch in batches
            ]
        )
        shares[present == 0] = (1, 0, 0)
        return shares


def _behind(front: Ints, pieces: Pieces) -> dict[str, Ints]:
    """Return what the encoder is given: the pieces behind those in front."""
    ones = np.ones_like(front)
    return {
        "ids": np.concatenate([front, pieces.ids]),
        "case": np.concatenate([NO_LETTER * ones, pieces.case]),
        "quote": np.concatenate([OUTSIDE * ones, pieces.quote]),
    }


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return shares
