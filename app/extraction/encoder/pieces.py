"""A text as the encoder reads it: word pieces with their characters, case and quotation state."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from app.domain.span import Span
from app.extraction.paragraphs import find_paragraphs
from app.extraction.quotations import find_quotations

Ints = NDArray[np.int64]

SEPARATOR = 102
"""Word piece that stands where a line ends: [SEP] of the BERT vocabulary."""

LOWER, TITLE, UPPER, NO_LETTER = range(4)
"""Case of the word that a piece belongs to; the vocabulary itself knows lower case only."""

_LONG_WORD = re.compile(r"(\S{500})(\S+)")
"""What is no word; its first 500 characters are read."""

OUTSIDE, INSIDE, MARK, SINGLE_INSIDE = range(4)
"""Quotation state of a piece: outside, between double marks, a mark, between single marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """The word pieces of a text; all arrays have one entry a piece.

    `starts` and `ends` count characters of the text; a separator has an empty range at its line's end.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    case: Ints
    quote: Ints
    line: Ints

    def __len__(self) -> int:
        return len(self.ids)


def cut_pieces(text: str, tokenizer: Tokenizer) -> Pieces:
    """Cut a text into word pieces, line by line, with a separator behind each line."""
    lines = find_paragraphs(text)
    read = [_LONG_WORD.sub(_shortened, line.of(text)) for line in lines]
    encodings = tokenizer.encode_batch(read, add_special_tokens=False)
    rows: list[tuple[int, int, int, int, int]] = []
    for number, (line, encoding) in enumerate(zip(lines, encodings, strict=True)):
        rows.extend(_rows_of_line(text, number, line, encoding))
    table = np.array(rows, dtype=np.int64).reshape(-1, 5)
    ids, starts, ends, case, line_of = table.T.copy()
    quote = _quotation_states(text, lines, starts)
    return Pieces(ids=ids, starts=starts, ends=ends, case=case, quote=quote, line=line_of)


def _shortened(word: re.Match[str]) -> str:
    """Return the beginning of a long word, with a space for each character that is left out."""
    return word[1] + " " * len(word[2])


def _rows_of_line(
    text: str,
    number: int,
    line: Span,
    encoding: Any,  # noqa: ANN401  # the library's own untyped class
) -> list[tuple[int, int, int, int, int]]:
    """Return (id, start, end, case, line) of the pieces of a line and its separator."""
    words: Sequence[int] = encoding.word_ids
    offsets: Sequence[tuple[int, int]] = encoding.offsets
    word_starts: dict[int, int] = {}
    word_ends: dict[int, int] = {}
    for word, (start, end) in zip(words, offsets, strict=True):
        word_starts.setdefault(word, start)
        word_ends[word] = end
    cases = {
        word: case_of(text[line.start + start : line.start + word_ends[word]])
        for word, start in word_starts.items()
    }
    rows = [
        (piece, line.start + start, line.start + end, cases[word], number)
        for piece, word, (start, end) in zip(encoding.ids, words, offsets, strict=True)
    ]
    rows.append((SEPARATOR, line.end, line.end, NO_LETTER, number))
    return rows


def case_of(word: str) -> int:
    """Return the case of a word."""
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    return TITLE if any(character.isupper() for character in word) else NO_LETTER


def _quotation_states(text: str, lines: Sequence[Span], starts: Ints) -> Ints:
    """Return the quotation state of the pieces that begin at `starts`."""
    states = np.full(len(text) + 1, OUTSIDE, dtype=np.int64)
    for quotation in find_quotations(text, lines):
        inside = SINGLE_INSIDE if quotation.single else INSIDE
        states[quotation.span.start : quotation.span.end] = MARK
        states[quotation.inner.start : quotation.inner.end] = inside
    return states[starts]


def pieces_of_span(pieces: Pieces, start: int, end: int) -> tuple[int, int]:
    """Return the range of pieces that share a character with `[start, end)`; empty when none does."""
    first = int(np.searchsorted(pieces.ends, start, side="right"))
    last = int(np.searchsorted(pieces.starts, end, side="left"))
    return first, max(first, last)
