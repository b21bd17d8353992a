import re

import pytest

from app.extraction.patterns import Automaton, expanded


def found(pattern: str, text: str) -> list[str]:
    return [match.span.of(text) for match in Automaton([("topic", pattern)]).find(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        ("welcome city|cities", "A welcome city, two Welcome Cities.", ["welcome city", "Welcome Cities"]),
        ("border wall", "A border-wall, a “border” wall", ["border-wall", "border” wall"]),
        ("border wall", "At the border. Wall after wall. The border, wall by wall", []),
        ("border wall", "At the border\n\nWall to wall", []),
        ("border wall", "of the border\nwall", ["border\nwall"]),
        ("border wall", "The border wall's cost", ["border wall's"]),
        ("asylum", "ASYLUM, Asylum’s, asylums", ["ASYLUM", "Asylum’s"]),
        ("DACA", "DACA and daca and Daca", ["DACA"]),
        ("Dream Act", "the Dream Act, the DREAM ACT, a dream act", ["Dream Act", "DREAM ACT"]),
        ("deport*", "deported, deporting, import, Deportation's", ["deported", "deporting", "Deportation's"]),
        ("path to|for _? all", "a path to all, path for us all", ["path to all", "path for us all"]),
        ("cross the? border", "cross the border, cross border", ["cross the border", "cross border"]),
        ("287 g", "a 287(g) agreement", ["287(g"]),
        ("E Verify", "E-Verify, e-verify, EVerify", ["E-Verify"]),
        ("driver's pass", "a driver’s pass, driver's pass, driver pass", ["driver’s pass", "driver's pass"]),
        ("wall", "", []),
        ("wall", "wall", ["wall"]),
        ("a _ c", "a b", []),
    ],
)  # fmt: skip
def test_patterns(pattern: str, text: str, words: list[str]) -> None:
    assert found(pattern, text) == words


def test_the_longest_comes_first_and_both_are_found() -> None:
    automaton = Automaton([(1, "travel ban"), (2, "travel"), (3, "ban")])
    matches = [(match.kind, *match.span) for match in automaton.find("the travel ban")]
    assert matches == [(1, 4, 14), (2, 4, 10), (3, 11, 14)]


@pytest.mark.parametrize("pattern", ["_ wall", "the? _ wall", "wall?"])
def test_a_pattern_may_not_begin_with_any_word(pattern: str) -> None:
    with pytest.raises(ValueError, match="begin with any word"):
        Automaton([("topic", pattern)])


def test_offsets_count_code_points() -> None:
    text = "𝔸 naïve “wall”"
    (match,) = Automaton([("topic", "wall")]).find(text)
    assert match.span == (9, 13)


def test_a_pattern_stands_for_all_its_rows() -> None:
    assert set(expanded("a|b c? d")) == {("a", "c", "d"), ("a", "d"), ("b", "c", "d"), ("b", "d")}


def test_finding_is_the_same_as_a_regular_expression_would() -> None:
    text = "wall ban wall wall ban, ban ban wall. Wall ban " * 20
    expected = [match.span() for match in re.finditer(r"(?i)\bwall ban\b", text)]
    assert [tuple(match.span) for match in Automaton([("topic", "wall ban")]).find(text)] == expected
