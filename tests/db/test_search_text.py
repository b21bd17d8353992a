import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.db.search_text import SEARCHED_CHARACTERS, folded_words, search_words

PRINTED = st.sampled_from("aZ '’ʼ‘“”–—…_\u00a0éÑßİŉﬁ①½©𝐀ᴮ\u0301\u0345Ꭰ안")


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


def folded_at_length(text: str) -> list[str]:
    """Return the folded words as the rule says it, without the short cuts."""
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(char for char in text if not unicodedata.combining(char))
    return re.findall(r"[^\W_]+", re.sub(r"(?<=\w)['’ʼ](?=\w)", "", bare))


@given(st.text(PRINTED | st.characters(exclude_categories=["Cs"])))
def test_every_script_is_folded_by_the_same_rule(text: str) -> None:
    assert folded_words(text) == folded_at_length(text)
