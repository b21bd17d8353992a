"""What is done for a text grows with the text, not with its square: no repeated piece may make it so."""

import sys
from types import FrameType
from typing import Any

import pytest

from app.extraction.pipeline import annotate
from app.linking.article import Indexes, link_article
from benchmarks.extraction import MODEL
from benchmarks.worst_cases import article_of
from benchmarks.worst_pieces import PIECES, repeated

SHORT, TIMES = 160, 4
"""Characters of a text, and how often the longer one is as long: what grows with the square has 16."""

MOST = 6
"""Growth of the lines run, at most: more than `TIMES`, since of nested clauses each looks through others."""


class Lines:
    """Counts the lines of Python that run, of comprehensions each time: unlike seconds, always the same."""

    def __init__(self) -> None:
        self.run = 0

    def __call__(self, frame: FrameType, event: str, argument: Any) -> "Lines":
        """Count an event of `sys.settrace`."""
        del frame, event, argument
        self.run += 1
        return self


@pytest.fixture(scope="module")
def warm(indexes: Indexes) -> Indexes:
    """Give the indexes when everything that is loaded for the first text, or remembered of words, is."""
    for piece in PIECES.values():
        read(repeated(piece, 2 * len(piece)), indexes)
    return indexes


def read(text: str, indexes: Indexes) -> None:
    """Extract by rules, and link."""
    for annotated in annotate([article_of(text)], model=MODEL, finder="rules"):
        link_article(annotated, indexes=indexes)


def lines_run(text: str, indexes: Indexes) -> int:
    """Return the lines that run to read a text."""
    lines, before = Lines(), sys.gettrace()
    sys.settrace(lines)
    try:
        read(text, indexes)
    finally:
        sys.settrace(before)
    return lines.run


@pytest.mark.parametrize("name", PIECES)
def test_what_is_done_grows_with_the_text(warm: Indexes, name: str) -> None:
    short, long = (lines_run(repeated(PIECES[name], SHORT * times), warm) for times in (1, TIMES))
    assert long < MOST * short
