"""Windows, features and decoding of the encoder: what needs no weights."""

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.span import Span
from app.extraction.encoder.around import LONGEST_CUE, surroundings
from app.extraction.encoder.decode import find_cues, runs, steady
from app.extraction.encoder.networks import Floats, Reading
from app.extraction.encoder.pieces import LOWER, NO_LETTER, SEPARATOR, TITLE, UPPER, Pieces, case_of
from app.extraction.encoder.snapping import snap, unmarked
from app.extraction.encoder.windows import (
    DISTANCES,
    READ,
    TRAINED,
    Windows,
    distance_classes,
    line_classes,
)
from app.extraction.paragraphs import find_paragraphs
from app.extraction.quotations import find_quotations


@given(st.integers(1, 5_000), st.sampled_from([TRAINED, READ, Windows(7, 2)]))
def test_every_piece_is_taken_once_and_away_from_the_edges(length: int, windows: Windows) -> None:
    starts = windows.starts(length)
    size = min(windows.size, length)
    positions = np.concatenate([np.arange(start, start + size) for start in starts])
    rows = windows.rows(length)
    assert positions[rows].tolist() == list(range(length))
    if length > size:
        inside = rows % size
        first, last = rows < size, rows >= size * (len(starts) - 1)
        assert (inside[~first] >= windows.margin - 1).all()
        assert (inside[~last] < size - windows.margin + 1).all()


def test_distances_are_told_apart_near_the_cue_and_in_steps_far_off() -> None:
    classes = distance_classes(np.arange(-2_000, 2_001))
    assert classes.min() == 0
    assert classes.max() == DISTANCES - 1
    assert (np.diff(classes) >= 0).all()
    assert len(set(distance_classes(np.arange(-4, 5)).tolist())) == 9


def test_lines_are_counted_to_three_each_way() -> None:
    assert line_classes(np.array([0, 3, 4, 5, 9]), np.array(4)).tolist() == [0, 2, 3, 4, 6]


def test_surroundings_stop_at_the_ends_of_the_text() -> None:
    around = surroundings(np.array([[1, 3]]), np.zeros(4, dtype=np.int64), 2)
    assert around.present.tolist() == [[0, 1, 1, 1, 1, *[0] * (LONGEST_CUE - 1)]]
    assert around.positions[0, 1:5].tolist() == [0, 1, 2, 3]
    assert around.in_cue[0, 1:5].tolist() == [0, 1, 1, 0]
    middle = DISTANCES // 2
    assert around.distance[0, 1:5].tolist() == [middle - 1, middle, middle, middle + 1]


@pytest.mark.parametrize(
    ("word", "case"),
    [("said", LOWER), ("Ortega", TITLE), ("ICE", UPPER), ("I", TITLE), ("42", NO_LETTER), ("iPad", TITLE)],
)
def test_case(word: str, case: int) -> None:
    assert case_of(word) == case


def _cost(states: tuple[bool, ...], chances: list[float], cost: float) -> float:
    own = sum(-np.log(p if state else 1 - p) for state, p in zip(states, chances, strict=True))
    return float(own + cost * sum(a != b for a, b in pairwise(states)))


@given(st.lists(st.floats(0.05, 0.95), min_size=1, max_size=7), st.floats(0.1, 4))
def test_steady_is_the_cheapest_of_all_ways(chances: list[float], cost: float) -> None:
    chosen = steady(np.array([chances]), cost)[0].tolist()
    cheapest = min(_cost(each, chances, cost) for each in product((False, True), repeat=len(chances)))
    assert _cost(tuple(chosen), chances, cost) == pytest.approx(cheapest, abs=1e-3)


@pytest.mark.parametrize(
    ("chosen", "gap", "breaks", "expected"),
    [
        ([0, 1, 1, 0], 2, set(), [(1, 3)]),
        ([1, 0, 0, 1], 2, set(), [(0, 4)]),
        ([1, 0, 0, 1], 1, set(), [(0, 1), (3, 4)]),
        ([1, 0, 1], 2, {1}, [(0, 1), (2, 3)]),
        ([1, 1, 1], 2, {1}, [(0, 1), (2, 3)]),
        ([0, 0], 2, set(), []),
    ],
)
def test_runs(chosen: list[int], gap: int, breaks: set[int], expected: list[tuple[int, int]]) -> None:
    assert list(runs(np.array(chosen, dtype=bool), gap, breaks)) == expected


@pytest.mark.parametrize(
    ("chances", "expected"),
    [
        ([0.1, 0.9, 0.8, 0.1], [[1, 3]]),
        ([0.9, 0.4, 0.1, 0.9], [[0, 1], [3, 4]]),  # what stands beside a cue is none of its own
        ([0.1, 0.4, 0.3, 0.1, 0.9], [[1, 3], [4, 5]]),
        ([0.1, 0.2, 0.1], []),
    ],
)
def test_what_may_be_a_cue_stands_beside_none(chances: list[float], expected: list[list[int]]) -> None:
    cues = np.array([[1 - chance, 0.0, chance] for chance in chances], dtype=np.float32)
    assert find_cues(reading(cues, ids=[1] * len(chances))).tolist() == expected


def test_the_end_of_a_line_is_no_cue() -> None:
    cues = np.array([[0.1, 0.0, 0.9]] * 3, dtype=np.float32)
    assert find_cues(reading(cues, ids=[1, SEPARATOR, 1])).tolist() == [[0, 1], [2, 3]]


def reading(cues: Floats, *, ids: list[int]) -> Reading:
    zeros = np.zeros(len(ids), dtype=np.int64)
    pieces = Pieces(ids=np.array(ids), starts=zeros, ends=zeros, case=zeros, quote=zeros, line=zeros)
    return Reading(pieces=pieces, cues=cues, names=cues, vectors=cues, tokens=cues)


QUOTED = "He said “we will go home tomorrow” and left. “No,” she said."


@pytest.mark.parametrize(
    ("content", "keep_out", "expected"),
    [
        ("we will go home", "He", ["we will go home tomorrow"]),
        ("go home tomorrow” and left", "He", ["“we will go home tomorrow” and left"]),
        ("home", "He", ["home"]),
        ("we will go home", "tomorrow", ["we will go home"]),
        ("No", "she", ["No,"]),
        ("and left", "He", ["and left"]),
    ],
)
def test_most_of_a_quotation_is_all_of_it(content: str, keep_out: str, expected: list[str]) -> None:
    quotations = find_quotations(QUOTED, find_paragraphs(QUOTED))

    def span(words: str) -> Span:
        return Span(QUOTED.index(words), QUOTED.index(words) + len(words))

    snapped = snap(QUOTED, [span(content)], quotations=quotations, keep_out=[span(keep_out)])
    assert [each.of(QUOTED) for each in unmarked(snapped, quotations)] == expected
