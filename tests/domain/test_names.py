import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.names import fold, slugify


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("San José", "san jose"),
        ("SAN  JOSÉ", "San Jose"),
        ("San Jose\u0301", "San José"),
        ("St. Louis", "St Louis"),
        ("U.S.", "US"),
        ("U. S.", "US"),
        ("J. D. Ortega", "J.D. Ortega"),
        ("O’Brien", "O'Brien"),
        ("Łódź", "Lodz"),
        ("Malmø", "malmo"),
        ("Strauß", "STRAUSS"),
        ("Customs & Border", "Customs and Border"),
        ("Wilkes-Barre", "Wilkes Barre"),
        ("Wilkes\u2010Barre", "Wilkes Barre"),
        ("İzmir", "Izmir"),
        ("서울", "서울"),
        ("Oʻahu", "Oahu"),
    ],
)
def test_spellings_of_one_name_are_equal(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Boston", "Bostons"),
        ("New York", "Newyork"),
        ("St Louis", "Saint Louis"),
        ("John F Ortega", "John Ortega"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "folded"), [("", ""), (" . ", ""), ("--", ""), ("_", ""), ("42nd St.", "42nd st")]
)
def test_edges_of_folding(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(alphabet=[chr(code) for code in range(128)], max_size=40))
def test_ascii_folds_as_it_does_beside_other_letters(name: str) -> None:
    assert fold(name) == fold(f"{name}\u2060")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Ana María Ortega", "ana-maria-ortega"),
        ("Frank O’Brien Jr.", "frank-obrien-jr"),
        ("U.S. Immigration and Customs Enforcement", "us-immigration-and-customs-enforcement"),
        ("AFL-CIO", "afl-cio"),
    ],
)
def test_slug_of_a_name(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_slugs_of_other_scripts_differ_and_are_not_empty() -> None:
    slugs = {slugify(name) for name in ("서울", "東京", "", "Radio 東京", "Radio 서울")}
    assert len(slugs) == 5
    assert all(slugs)


def test_long_names_that_differ_at_the_end_have_different_slugs() -> None:
    assert slugify("Coalition " * 20 + "East") != slugify("Coalition " * 20 + "West")


@given(st.text(max_size=200))
def test_a_slug_is_short_plain_and_stable_under_folding(name: str) -> None:
    slug = slugify(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 100
    assert slugify(fold(name)) == slug
