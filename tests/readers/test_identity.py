import re

import pytest

from app.readers.identity import canonical_url, identity_of, key_of

SAME = [
    ("https://example.org/a", "http://example.org/a"),
    ("https://example.org/a", "https://www.example.org/a/"),
    ("https://example.org/a", "HTTPS://Example.ORG:443/a"),
    ("https://example.org/a", "http://example.org:80/a#comments"),
    ("https://example.org/a", "https://user:secret@example.org//a"),
    ("https://example.org/a", "https://example.org/a?utm_source=x&fbclid=y&UTM_Medium=z"),
    ("https://example.org/a?id=1&p=2", "https://example.org/a?p=2&id=1&gclid=3"),
    ("https://example.org/caf%C3%A9", "https://example.org/caf%c3%a9"),
    ("https://example.org/caf%C3%A9", "https://example.org/café"),
    ("https://example.org/a-b", "https://example.org/%61-b"),
    ("https://example.org/100%", "https://example.org/100%25"),
    ("https://xn--bcher-kva.example/", "https://bücher.example"),
    ("https://www.nytimes.com/2014/a.html", "http://nytimes.com/2014/a.html?_r=0&ref=politics"),
    ("https://www.politico.com/a.html", "http://www.politico.com/a.html?hp=t1_r#.VLf"),
]
DIFFERENT = [
    ("https://example.org/a", "https://example.org/A"),
    ("https://example.org/a", "https://example.com/a"),
    ("https://example.org/a", "https://news.example.org/a"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2"),
    ("https://example.org/a?id=1", "https://example.org/a"),
    ("https://example.org/a?ref=1", "https://example.org/a?ref=2"),  # a tracker on some hosts only
    ("https://example.org/a?gallery=1", "https://example.org/a?gallery=2"),
    ("https://example.org/a?x=", "https://example.org/a"),
    ("https://example.org/a%2Fb", "https://example.org/a/b"),
    ("https://example.org/a%3Fb", "https://example.org/a?b"),
    ("https://example.org:8080/a", "https://example.org/a"),
]
NO_ADDRESS = [
    "",
    "example.org/a",
    "ftp://example.org/a",
    "javascript:alert(1)",
    "mailto:ana@example.org",
    "https://",
    "https://localhost/a",
    "https://exa mple.org/a",
    "https://example.org:port/a",
    "https://[::1/a",
    "https://-.org/",
    "https://" + "é" * 80 + ".org/",
    "https://example.org/" + "a" * 3000,
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_addresses_of_one_page_are_equal(one: str, other: str) -> None:
    assert canonical_url(one) is not None
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_addresses_of_two_pages_differ(one: str, other: str) -> None:
    assert canonical_url(one) is not None
    assert canonical_url(one) != canonical_url(other)


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_no_web_address(address: str) -> None:
    assert canonical_url(address) is None


@pytest.mark.parametrize("address", [address for pair in SAME + DIFFERENT for address in pair])
def test_a_canonical_address_is_its_own_canonical_form(address: str) -> None:
    canonical = canonical_url(address)
    assert canonical is not None
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    ("url", "source", "external_id", "expected"),
    [
        ("http://www.example.org/a/", "Seed Briefs", "7", "url:https://example.org/a"),
        ("not an address", "Seed Briefs", "7", "id:seed briefs:7"),
        (None, "The  SEED-Briefs", "7", "id:the seed briefs:7"),
        (None, None, "7", "text:abc"),  # ids of two unnamed outlets must not meet
        (None, "…", "7", "text:abc"),
        (None, "Seed Briefs", None, "text:abc"),
    ],
)
def test_identity(url: str | None, source: str | None, external_id: str | None, expected: str) -> None:
    assert identity_of(url=url, source=source, external_id=external_id, text_sha256="abc") == expected


def test_a_key_is_short_opaque_and_stable() -> None:
    assert key_of("url:https://example.org/a") == "aegoymqlbkyna"
    assert re.fullmatch("[a-z2-7]{13}", key_of("id:ümlaut:1"))
    assert len({key_of(f"id:outlet:{number}") for number in range(10_000)}) == 10_000
