"""Sentences without end, cut before they are parsed: what the parser does grows with the square of one.

Lists, tables and what is no prose may run on for thousands of words without a full stop. No sentence of
prose comes near the bound.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

Ids = NDArray[np.uint64]

LONGEST = 400
"""Tokens without a mark that ends a sentence, at most."""

BEGINS = 1
"""What spaCy keeps of a token that begins a sentence."""

ENDS = (".", "?", "!", "…", "...")
JOINTS = frozenset({",", ";", ":", ")", "]", "—", "–", "--", "-", "”", '"'})
"""Marks behind which a sentence without end is cut, the last of them there is."""


@Language.component("dateline_long_sentences", assigns=["token.is_sent_start"])
def cut_long_sentences(doc: Doc) -> Doc:
    """Let a sentence begin in each stretch of words without end; stands before the parser, behind what lets
    paragraphs begin sentences.
    """
    marks: Any = doc.to_array(["SENT_START"])  # typed as another library's array
    cuts = [at for start, end in _stretches(doc, marks) for at in _cuts(doc, start, end)]
    if cuts:
        marks[cuts] = BEGINS
        doc.from_array(["SENT_START"], marks)
    return doc


def _stretches(doc: Doc, marks: Ids) -> Iterator[tuple[int, int]]:
    """Yield the ranges of more than LONGEST tokens in which no sentence ends and none is known to begin."""
    ends = [doc.vocab.strings[mark] for mark in ENDS]
    words: Any = doc.to_array(["ORTH"])
    closes = np.flatnonzero(np.isin(words, np.array(ends, dtype=np.uint64))) + 1
    edges = np.unique(np.concatenate([np.flatnonzero(marks == BEGINS), closes, [0, len(doc)]]))
    for at in np.flatnonzero(np.diff(edges) > LONGEST).tolist():
        yield int(edges[at]), int(edges[at + 1])


def _cuts(doc: Doc, start: int, end: int) -> Iterator[int]:
    """Yield where a stretch is cut: behind the last joint within reach, if not too near, else at its end."""
    while end - start > LONGEST:
        reach = start + LONGEST
        joints = (at for at in range(reach, reach - LONGEST // 2, -1) if doc[at - 1].text in JOINTS)
        start = next(joints, reach)
        yield start
