"""Who alone is named in a part of a text."""

import pytest

from app.extraction.in_order import InOrder

NAMED = InOrder([(40, "b"), (10, "a"), (20, "b"), (30, "b")])


@pytest.mark.parametrize(
    ("since", "before", "expected"),
    [
        (0, 10, ()),
        (0, 20, ("a",)),
        (0, 21, ("b", "a")),
        (0, 50, ("b", "a")),
        (10, 50, ("b", "a")),
        (11, 50, ("b",)),
        (40, 50, ("b",)),
        (41, 50, ()),
    ],
)
def test_the_last_and_the_last_other(since: int, before: int, expected: tuple[str, ...]) -> None:
    assert NAMED.last(since, before) == expected


def test_nothing_is_named() -> None:
    assert InOrder[str]([]).last(0, 10) == ()
