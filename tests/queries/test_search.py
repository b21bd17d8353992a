import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.queries.search import parse_search


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted", "understood"),
    [
        ("Boston", [("boston",)], [], "boston"),
        ("sanctuary cities", [("sanctuari",), ("citi",)], [], "sanctuary cities"),
        ('"city council"', [("citi", "council")], [], '"city council"'),
        ("“city council” wait", [("citi", "council"), ("wait",)], [], '"city council" wait'),
        ("Boston -ICE", [("boston",)], [("ice",)], "boston -ice"),
        ('-"city council"', [], [("citi", "council")], '-"city council"'),
        ('"city council', [("citi", "council")], [], '"city council"'),
        ('say "', [("say",)], [], "say"),
        ("at-large", [("at", "larg")], [], '"at large"'),
        ("Boston AND & - Boston", [("boston",), ("and",)], [], "boston and"),
        ("NEAR(a b) * ^ col:x", [("near", "a"), ("b",), ("col", "x")], [], '"near a" b "col x"'),
        ("O'Brien", [("obrien",)], [], "obrien"),
        ("NEAR(a,b) a* --boston", [("near", "a", "b"), ("a",)], [("boston",)], '"near a b" a -boston'),
        ("Bogotá -‘Cities’", [("bogota",)], [("citi",)], "bogota -cities"),
    ],
)
def test_a_query_is_phrases(
    text: str, wanted: list[tuple[str, ...]], unwanted: list[tuple[str, ...]], understood: str
) -> None:
    search = parse_search(text)
    assert [phrase.words for phrase in search.wanted] == wanted
    assert [phrase.words for phrase in search.unwanted] == unwanted
    assert search.understood == understood


@pytest.mark.parametrize("text", ["?", '"', '""', "-", "- -", "!!! ...", "\u200b"])
def test_a_query_without_words_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        parse_search(text)


@given(st.text(max_size=100))
def test_what_was_understood_means_the_same(text: str) -> None:
    try:
        search = parse_search(text)
    except ValueError:
        return
    again = parse_search(search.understood)
    assert (again.wanted, again.unwanted) == (search.wanted, search.unwanted)
