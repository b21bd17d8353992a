import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import fold
from app.storage.statement_keys import folded_words
from app.storage.statement_keys import statement_keys as keys_of_words


def statement_keys(article: str, texts: list[str]) -> list[str]:
    return keys_of_words(article, map(folded_words, texts))


def test_the_same_words_again_have_another_key() -> None:
    keys = statement_keys("a", ["We wait.", "We go.", "We wait."])
    assert len(set(keys)) == 3
    assert keys == statement_keys("a", ["We wait.", "We go.", "We wait."])


@pytest.mark.parametrize(
    "other",
    ["we wait", "We wait!", "We [...] wait", "“We wait,”"],
)
def test_marks_and_case_change_no_key(other: str) -> None:
    assert statement_keys("a", [other]) == statement_keys("a", ["We wait."])


def test_a_statement_before_changes_no_key() -> None:
    assert statement_keys("a", ["We go.", "We wait."])[1] == statement_keys("a", ["We wait."])[0]


def test_another_article_has_other_keys() -> None:
    assert statement_keys("a", ["We wait."]) != statement_keys("b", ["We wait."])


def test_keys_can_stand_in_an_address() -> None:
    (key,) = statement_keys("a", ["…"])
    assert key.isascii()
    assert key.isalnum()
    assert key == key.lower()
    assert len(key) == 16


@given(st.text(st.sampled_from("aBé .'&“”‘’–—…\u00a0") | st.characters(exclude_categories=["Cs"])))
def test_a_key_is_of_the_folded_words(text: str) -> None:
    digest = hashlib.sha256(f"a\n{fold(text)}\n0".encode()).digest()
    assert statement_keys("a", [text]) == [base64.b32encode(digest).decode().lower()[:16]]
