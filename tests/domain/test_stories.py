from hypothesis import given
from hypothesis import strategies as st

from app.domain.stories import stories

PAIRS = st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] != pair[1]))


def both_ways(pairs: set[tuple[int, int]]) -> dict[int, set[int]]:
    copies: dict[int, set[int]] = {}
    for one, other in pairs:
        copies.setdefault(one, set()).add(other)
        copies.setdefault(other, set()).add(one)
    return copies


def test_a_story_is_named_by_its_earliest_article() -> None:
    assert stories([3, 5, 7], both_ways({(3, 5), (3, 7), (5, 7)})) == {3: 3, 5: 3, 7: 3}


def test_an_article_without_copies_is_a_story_alone() -> None:
    assert stories([4], {}) == {4: 4}


def test_what_two_stories_share_with_a_third_text_does_not_join_them() -> None:
    told = stories([1, 2, 3], both_ways({(1, 3), (2, 3)}))  # 3 holds short copies of both
    assert told == {1: 1, 2: 2, 3: 1}


def test_a_copy_of_a_copy_alone_is_another_story() -> None:
    assert stories([1, 2, 3], both_ways({(1, 2), (2, 3)})) == {1: 1, 2: 1, 3: 3}


@given(PAIRS)
def test_every_member_is_a_copy_of_the_earliest(pairs: set[tuple[int, int]]) -> None:
    copies = both_ways(pairs)
    for article, story in stories(range(10), copies).items():
        assert story <= article
        assert story == article or story in copies[article]


@given(PAIRS)
def test_of_two_stories_the_earliest_articles_are_no_copies(pairs: set[tuple[int, int]]) -> None:
    copies = both_ways(pairs)
    firsts = set(stories(range(10), copies).values())
    assert not any(copies.get(first, set()) & firsts for first in firsts)


def test_the_first_that_is_given_is_the_earliest() -> None:
    assert stories([7, 3, 5], both_ways({(3, 5), (3, 7), (5, 7)})) == {3: 7, 5: 7, 7: 7}
