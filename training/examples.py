"""Corpora to examples: pieces with the labels of the heads."""

import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from app.extraction.encoder.pieces import Ints, Pieces, cut_pieces, pieces_of_span

CORPORA = Path(__file__).parents[2] / "shared/corpora"

NOTHING, CONTENT, SOURCE = range(3)
OUTSIDE, BEGIN, INSIDE = range(3)
NAME_KINDS = ("person", "organization", "place")
ALL_NAMES = 127
"""Bit set of all name labels; bit 0 is no name, 1 and 2 begin and inside of a person, and so on."""

PLACE_BITS = (1 << 5, 1 << 6)
NO_PLACE = ALL_NAMES & ~(PLACE_BITS[0] | PLACE_BITS[1])

ENTITY_KINDS = {
    "person": "person",
    "politician": "person",
    "organization": "organization",
    "politicalparty": "organization",
    "country": "place",
    "location": "place",
}
"""Labels of the corpora; events, elections and the rest are no names here."""

_DEMONYM = re.compile(r"\w+(?:ian|ish|ese|can|ans|ench|tch|aqi|aeli|tani)s?")
"""LGL counts "American" among the places, the product does not: neither is asked for."""

SENTENCES_A_TEXT = 16
"""CrossNER's sentences are joined to texts of about one window."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """One statement in pieces: the range of its cue, and those of its content and source."""

    cue: tuple[int, int]
    content: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A text with its labels; statements or names may be unknown."""

    pieces: Pieces
    statements: tuple[Gold, ...] | None = None
    cues: Ints | None = None  # (pieces,) OUTSIDE, BEGIN, INSIDE
    names: Ints | None = None  # (pieces,) bit sets of the labels that are right


def read_records(name: str) -> list[Record]:
    """Return the records of a corpus file."""
    with gzip.open(CORPORA / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def statement_example(record: Record, tokenizer: Tokenizer, entities: Sequence[Record] | None) -> Example:
    """Return an article of PolNeAR; `entities` are its names as far as another model knows them."""
    pieces = cut_pieces(record["text"], tokenizer)
    gold = tuple(_gold_statements(record, pieces))
    cues = np.zeros(len(pieces), dtype=np.int64)
    for one in gold:
        cues[slice(*one.cue)] = INSIDE
    for one in gold:
        cues[one.cue[0]] = BEGIN
    names = None if entities is None else name_labels(pieces, entities)
    return Example(pieces=pieces, statements=gold, cues=cues, names=names)


def _gold_statements(record: Record, pieces: Pieces) -> Iterator[Gold]:
    for item in record["statements"]:
        if not item["cue"]:
            continue
        cue = pieces_of_span(pieces, item["cue"][0][0], item["cue"][-1][1])
        content = tuple(pieces_of_span(pieces, *span) for span in item["content"])
        source = tuple(pieces_of_span(pieces, *span) for span in item["source"])
        if cue[0] < cue[1]:
            yield Gold(cue=cue, content=content, source=source)


def name_labels(pieces: Pieces, entities: Sequence[Record]) -> Ints:
    """Return the label of each piece as a bit set; unknown labels are no names."""
    labels = np.ones(len(pieces), dtype=np.int64)
    for entity in entities:
        kind = ENTITY_KINDS.get(entity["label"])
        if kind is not None:
            first, last = pieces_of_span(pieces, entity["start"], entity["end"])
            number = NAME_KINDS.index(kind)
            labels[first:last] = 1 << (2 + 2 * number)
            labels[first : first + 1] = 1 << (1 + 2 * number)
    return labels


def place_example(record: Record, tokenizer: Tokenizer) -> Example:
    """Return an article of which only the places are known: all other labels count as one."""
    pieces = cut_pieces(record["text"], tokenizer)
    labels = np.full(len(pieces), NO_PLACE, dtype=np.int64)
    places = sorted(record["places"], key=lambda place: not place.get("ignore"))
    for place in places:
        first, last = pieces_of_span(pieces, place["start"], place["end"])
        surface = record["text"][place["start"] : place["end"]]
        if place.get("ignore") or _DEMONYM.fullmatch(surface):
            labels[first:last] = ALL_NAMES
        else:
            labels[first:last] = PLACE_BITS[1]
            labels[first : first + 1] = PLACE_BITS[0]
    return Example(pieces=pieces, names=labels)


def sentence_examples(records: Sequence[Record], tokenizer: Tokenizer) -> Iterator[Example]:
    """Yield texts of joined sentences with all names known."""
    for begin in range(0, len(records), SENTENCES_A_TEXT):
        text, entities = "", []
        for record in records[begin : begin + SENTENCES_A_TEXT]:
            moved = ((e["label"], e["start"] + len(text), e["end"] + len(text)) for e in record["entities"])
            entities += [{"label": label, "start": start, "end": end} for label, start, end in moved]
            text += record["text"] + "\n"
        pieces = cut_pieces(text, tokenizer)
        yield Example(pieces=pieces, names=name_labels(pieces, entities))
