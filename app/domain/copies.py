"""Whether two texts are copies of one, and the bands by which candidates are found; pure.

Compared are shingles, runs of five folded words: those of the whole text, and those of the outlet's own
prose, without what stands in quotation marks. Two outlets that quote one statement at length share its
words, and are no copies.

Bands are those of MinHash (Broder 1997) by one permutation (Li, Owen and Zhang 2012), of the prose and again
of its beginning: a wire report is shortened from its end, so that the beginnings of a short copy and of the
long one are alike where the whole texts are not.
"""

import re
import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import NamedTuple

from app.domain.names import fold

SHINGLE_WORDS = 5
LEAST_CONTAINED = 0.7
"""Part of the shorter one's shingles that the longer one has. Of the pairs of 1,000 real articles one, which
is a copy, reaches 0.79; the next, two reports with the same long quotations, 0.54.
"""
LEAST_SHARED = 50  # shingles of prose: below, the same few sentences may have been printed anywhere
LEAST_WORDS = 30  # of equal texts: shorter ones are notices ("To read on, ...")

BAND_WORDS = 8  # more than in a shingle: two reports share phrases of five words, copies whole sentences
BEGINNING = 150  # runs: the first five or six sentences
BANDS = 24  # of the whole prose
BANDS_OF_BEGINNING = 16
VALUES_A_BAND = 2
LEAST_BANDS = 3
"""Bands that candidates have in common. Of the 499,500 pairs of those articles six have one, three have two,
and one has more: the copy has 19.
"""

# What a quotation mark opens, to the next one or to the end of the line: a quotation may go on in the next.
_QUOTED = re.compile(r'["“”„«][^"“”„«»\n]*["“”»]?')
_SCATTER = 0x9E3779B97F4A7C15  # odd; CRC-32 of like words is alike in places
_MASK = (1 << 64) - 1


class Shingles(NamedTuple):
    """The folded words of a text, its shingles, and those of its prose."""

    words: str
    all: frozenset[str]
    prose: frozenset[str]


def shingles(text: str) -> Shingles:
    """Return what copies are told by."""
    words = fold(text)
    return Shingles(
        words,
        frozenset(_runs(words, SHINGLE_WORDS)),
        frozenset(_runs(_prose(text), SHINGLE_WORDS)),
    )


def are_copies(one: Shingles, other: Shingles) -> bool:
    """Tell whether one text is a copy of the other, whole or shortened, with lines added or without."""
    if len(one.prose & other.prose) < LEAST_SHARED:
        return one.words == other.words and one.words.count(" ") + 1 >= LEAST_WORDS
    return all(
        _contained(*pair) >= LEAST_CONTAINED for pair in ((one.all, other.all), (one.prose, other.prose))
    )


def bands(text: str) -> tuple[int, ...]:
    """Return numbers below 2^63, of which copies have `LEAST_BANDS` in common, but for few.

    A text with too little prose has them in common with equal texts alone; one that is too short has none.
    """
    prose = _prose(text)
    if prose.count(" ") + 2 - SHINGLE_WORDS < LEAST_SHARED:
        words = fold(text)
        enough = words.count(" ") + 1 >= LEAST_WORDS
        return tuple(_number(f"{n}={words}") for n in range(LEAST_BANDS)) if enough else ()
    scattered = [_scattered(run) for run in _runs(prose, BAND_WORDS)]
    whole = _least(scattered, BANDS * VALUES_A_BAND)
    beginning = _least(scattered[:BEGINNING], BANDS_OF_BEGINNING * VALUES_A_BAND)
    return (*_bands("whole", whole), *_bands("beginning", beginning))


def _prose(text: str) -> str:
    return fold(_QUOTED.sub(" ", text))


def _runs(folded: str, length: int) -> Iterator[str]:
    """Yield every run of so many words."""
    words = folded.split()
    for start in range(len(words) - length + 1):
        yield " ".join(words[start : start + length])


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def _scattered(run: str) -> int:
    return (zlib.crc32(run.encode()) * _SCATTER & _MASK) >> 16


def _least(scattered: Sequence[int], number: int) -> list[int]:
    """Return the least number in each class of the numbers; an empty class takes the next one's,
    by how far it went for it (rotation: Shrivastava and Li 2014).
    """
    least: dict[int, int] = {}
    for value in scattered:
        rest = value % number
        if rest not in least or value < least[rest]:
            least[rest] = value
    filled = []
    for rest in range(number):
        steps = next(steps for steps in range(number) if (rest + steps) % number in least)
        filled.append(least[(rest + steps) % number] * number + steps)
    return filled


def _bands(name: str, least: Sequence[int]) -> Iterator[int]:
    for start in range(0, len(least), VALUES_A_BAND):
        yield _number(f"{name} {start} {least[start : start + VALUES_A_BAND]}")


def _number(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) >> 1
