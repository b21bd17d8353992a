import pytest

from app.db.cue_words import LONGEST, asked_words, findable_words


@pytest.mark.parametrize(
    ("cue", "found"),
    [
        ("said", ["said"]),
        ("Claims", ["claim"]),
        ("According to", ["accord", "to", "accord to"]),
        ("said … in a létter", ["said", "in", "a", "letter", "said in a letter"]),
        ("said [...] said", ["said", "said said"]),
        ("—", []),
        ("", []),
    ],
)
def test_a_cue_is_found_by_its_words_and_by_all_of_them(cue: str, found: list[str]) -> None:
    assert list(findable_words(cue)) == found


@pytest.mark.parametrize("asked", ["claim", "CLAIMED", "claims", "“Claiming”"])
def test_endings_and_signs_do_not_count(asked: str) -> None:
    assert asked_words(asked) in findable_words("claimed")


def test_what_nobody_can_ask_for_is_left_out() -> None:
    assert findable_words("said " + "x" * (LONGEST + 1)) == ("said",)
    assert findable_words("x" * LONGEST) == ("x" * LONGEST,)
