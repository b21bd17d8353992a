"""From probabilities to statements: cues, and for each its content and source as characters."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.domain.span import Span
from app.extraction.encoder.around import LONGEST_CUE
from app.extraction.encoder.networks import REACH, Floats, Networks, Reading
from app.extraction.encoder.pieces import SEPARATOR, Ints, Pieces

CUE_THRESHOLD = 0.5
"""Probability from which on a piece belongs to a cue."""

POSSIBLE_CUE = 0.25
"""Probability from which on pieces that stand beside no cue may be one: what is found with them decides."""

SWITCH_COST = 2
"""What it costs to begin or end a content, in nats: pieces of one clause stay together."""

TINY = 1e-6
SOURCE_THRESHOLD = 0.2
LONGEST_GAP = 2
"""Pieces between two parts of a content that are taken in."""

_CONTENT, _SOURCE = 1, 2
_WORD = re.compile(r"\w")
_APOSTROPHES = frozenset("'’")
_OPENERS = frozenset("\"“„«‘'`([$£€#@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A statement as the networks see it, in characters.

    Scores are probabilities: means over pieces, for the source its best piece's. `outside` is how much more
    may be content: the probabilities of pieces that are not taken, for each that is. `cue_pieces` counts
    those of the cue.
    """

    content: tuple[Span, ...]
    cue: Span
    source: Span | None
    cue_score: float
    content_score: float
    source_score: float
    outside: float
    cue_pieces: int


def decode(networks: Networks, text: str, reading: Reading) -> list[Decoded]:
    """Return the statements of a text in the order of their cues."""
    cues = find_cues(reading)
    if not len(cues):
        return []
    parts = networks.parts(reading, cues)
    content = steady(parts[:, :, _CONTENT], SWITCH_COST)
    statements = (
        _statement(text, reading, _Cue(int(first), int(last), content[row], parts[row]))
        for row, (first, last) in enumerate(cues)
    )
    return [one for one in statements if one is not None]


def steady(chances: Floats, cost: float) -> NDArray[np.bool_]:
    """Return the likeliest truth of each entry of the rows, when each change along a row costs `cost` nats.

    Viterbi's algorithm over two states. Single doubtful pieces neither end a content nor begin one.
    """
    rows, length = chances.shape
    gains = np.log(np.maximum(chances, TINY)) - np.log(np.maximum(1 - chances, TINY))
    lead = gains[:, 0].copy()  # by how much "true" is ahead of "false" at each column
    turns = np.empty((length, rows), dtype=np.float32)
    turns[0] = lead
    for column in range(1, length):
        lead = np.clip(lead, -cost, cost) + gains[:, column]
        turns[column] = lead
    chosen = np.empty((length, rows), dtype=np.bool_)
    state = lead > 0
    chosen[-1] = state
    for column in range(length - 2, -1, -1):
        state = np.where(state, turns[column] > -cost, turns[column] > cost)
        chosen[column] = state
    return chosen.T


def find_cues(reading: Reading) -> Ints:
    """Return the cues as ranges (cues, 2) of pieces."""
    chances = np.where(reading.pieces.ids == SEPARATOR, 0, 1 - reading.cues[:, 0])
    begins = reading.cues[:, 1] > reading.cues[:, 2]
    sure = chances >= CUE_THRESHOLD
    possible = _cue_ranges(chances >= POSSIBLE_CUE, begins)
    unsure = [one for one in possible if not sure[max(one[0] - 1, 0) : one[1] + 1].any()]
    ranges = sorted(_cue_ranges(sure, begins) + unsure)
    return np.array(ranges, dtype=np.int64).reshape(-1, 2)


def _cue_ranges(inside: NDArray[np.bool_], begins: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the ranges of pieces inside a cue; one ends where another begins, or grows too long."""
    ranges: list[tuple[int, int]] = []
    for index in map(int, np.flatnonzero(inside)):
        first, end = ranges[-1] if ranges else (0, -1)
        if end == index and not begins[index] and index - first < LONGEST_CUE:
            ranges[-1] = (first, index + 1)
        else:
            ranges.append((index, index + 1))
    return ranges


@dataclass(frozen=True, slots=True)
class _Cue:
    """A range of pieces with what belongs to it: columns begin REACH pieces before `first`."""

    first: int
    last: int
    content: NDArray[np.bool_]
    parts: Floats


def _statement(text: str, reading: Reading, cue: _Cue) -> Decoded | None:
    """Return the statement of a cue, if it has a content."""
    pieces = reading.pieces
    begin = cue.first - REACH
    in_cue = slice(REACH, REACH + cue.last - cue.first)
    separators = np.flatnonzero(pieces.ids[max(begin, 0) : begin + len(cue.parts)] == SEPARATOR)
    breaks = set(range(in_cue.start, in_cue.stop)) | set((separators + max(-begin, 0)).tolist())
    ranges = list(runs(cue.content, LONGEST_GAP, breaks))
    spans = [span for one in ranges if (span := _to_span(text, pieces, one, begin)) is not None]
    if not spans:
        return None
    sources = list(runs(cue.parts[:, _SOURCE] >= SOURCE_THRESHOLD, LONGEST_GAP, breaks))
    source = _likeliest(sources, cue.parts[:, _SOURCE])
    taken = np.concatenate([cue.parts[slice(*one), _CONTENT] for one in ranges])
    return Decoded(
        content=tuple(spans),
        cue=Span(int(pieces.starts[cue.first]), int(pieces.ends[cue.last - 1])),  # may be a colon
        source=None if source is None else _to_span(text, pieces, source, begin),
        cue_score=float(1 - reading.cues[cue.first : cue.last, 0].mean()),
        content_score=float(taken.mean()),
        source_score=float(cue.parts[:, _SOURCE].max()),
        outside=float(cue.parts[:, _CONTENT].sum() - taken.sum()) / (1 + len(taken)),
        cue_pieces=cue.last - cue.first,
    )


def _likeliest(ranges: Sequence[tuple[int, int]], chances: Floats) -> tuple[int, int] | None:
    """Return the range with the likeliest piece."""
    return max(ranges, key=lambda one: float(chances[slice(*one)].max()), default=None)


def _to_span(text: str, pieces: Pieces, one: tuple[int, int], begin: int) -> Span | None:
    """Return the characters of a range counted from piece `begin`; None when it holds no letter or digit."""
    start, end = int(pieces.starts[begin + one[0]]), int(pieces.ends[begin + one[1] - 1])
    if start == end:  # a separator
        return None
    while _inside_word(text, start) or _behind_apostrophe(text, start):
        start -= 1
    while _inside_word(text, end):
        end += 1
    while start < end and not _WORD.match(text[start]) and text[start] not in _OPENERS:
        start += 1
    while end > start and (text[end - 1].isspace() or _behind_apostrophe(text, end)):
        end -= 1
    return Span(start, end) if _WORD.search(text, start, end) else None


def _inside_word(text: str, at: int) -> bool:
    """Tell whether a character goes on with a word."""
    return 0 < at < len(text) and bool(_WORD.match(text[at - 1]) and _WORD.match(text[at]))


def _behind_apostrophe(text: str, at: int) -> bool:
    """Tell whether a character is what follows the mark in "it's"."""
    return (
        at > 1
        and text[at - 1] in _APOSTROPHES
        and at < len(text)
        and bool(_WORD.match(text[at - 2]) and _WORD.match(text[at]))
    )


def runs(chosen: NDArray[np.bool_], longest_gap: int, breaks: AbstractSet[int]) -> Iterator[tuple[int, int]]:
    """Yield the ranges of true entries; gaps up to `longest_gap` without a break are bridged."""
    start = end = -1
    for index in np.flatnonzero(chosen).tolist():
        if index in breaks:
            continue
        if start >= 0 and index - end <= longest_gap and breaks.isdisjoint(range(end, index)):
            end = index + 1
            continue
        if start >= 0:
            yield start, end
        start, end = index, index + 1
    if start >= 0:
        yield start, end
