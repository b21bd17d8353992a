import pytest

from app.db.search_text import SEARCHED_CHARACTERS, search_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bostón’s sanctuary cities", ["boston", "sanctuari", "citi"]),
        ("They don't", ["they", "dont"]),
        ("COVID-19", ["covid", "19"]),
        ("naïve NAÏVE", ["naiv", "naiv"]),
        ("snake_case", ["snake", "case"]),
        ("\N{MATHEMATICAL BOLD CAPITAL A} \N{MODIFIER LETTER CAPITAL B}", ["a", "b"]),
        ("“”— …", []),
        ("", []),
    ],
)
def test_words_are_folded_and_stemmed(text: str, words: list[str]) -> None:
    assert search_words(text) == words


def test_only_the_first_part_of_a_long_text_is_searched() -> None:
    assert search_words("a " * SEARCHED_CHARACTERS) == ["a"] * (SEARCHED_CHARACTERS // 2)
