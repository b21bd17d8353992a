from datetime import UTC, datetime
from hashlib import sha256

import pytest

from app.domain.article import Precision, UnreadableReason
from app.readers.records import Reading, make_article
from app.readers.refusal import Refused

READING = Reading(max_article_chars=1000, now=datetime(2020, 3, 1, tzinfo=UTC))
TEXT = "Mayor Ortega said on Friday that Chicago would not help."
FULL: dict[str, object] = {
    "id": "7",
    "url": "http://www.example.org/a/?utm_source=x",
    "title": " Ortega says\nno ",
    "published_at": "Feb. 14, 2020",
    "source": "Seed  Briefs",
    "source_url": "www.example.org",
    "authors": ["Ana Ortega", "", " Bo  Li ", "Ana Ortega"],
    "topic": {"ignored": True},
    "text": f"{TEXT}\r\n",
}


def test_every_field() -> None:
    article = make_article(FULL, "news.jsonl:3", READING)
    assert article.identity == "url:https://example.org/a"
    assert len(article.key) == 13
    assert article.url == "http://www.example.org/a/?utm_source=x"  # as given; only the identity is canonical
    assert (article.title, article.source, article.source_url) == (
        "Ortega says no",
        "Seed Briefs",
        "www.example.org",
    )
    assert (article.external_id, article.authors) == ("7", ("Ana Ortega", "Bo Li"))
    assert article.published_at == datetime(2020, 2, 14, tzinfo=UTC)
    assert article.published_precision is Precision.DAY
    assert (article.text, article.text_sha256) == (TEXT, sha256(TEXT.encode()).hexdigest())
    assert (article.language, article.origin, article.warnings) == ("en", "news.jsonl:3", ())


def test_the_text_alone_is_enough() -> None:
    article = make_article({"text": TEXT, "title": None, "authors": None, "url": " "}, "a.txt", READING)
    assert article.identity == f"text:{article.text_sha256}"
    assert (article.title, article.url, article.authors, article.published_at) == (None, None, (), None)
    assert article.warnings == ()


def test_equal_texts_at_two_addresses_are_two_articles() -> None:
    one, other = (make_article({"text": TEXT, "url": f"https://example.org/{n}"}, "", READING) for n in "12")
    assert one.text_sha256 == other.text_sha256
    assert one.key != other.key


def test_one_address_with_two_texts_is_one_article() -> None:
    one, other = (make_article({**FULL, "text": f"{TEXT} {n}"}, "", READING) for n in "12")
    assert one.text_sha256 != other.text_sha256
    assert one.key == other.key


@pytest.mark.parametrize(
    ("field", "value", "attribute", "expected"),
    [
        ("id", 7, "external_id", "7"),
        ("authors", "Ana Ortega; Bo Li", "authors", ("Ana Ortega", "Bo Li")),
        ("authors", "Ana Ortega, Staff Writer", "authors", ("Ana Ortega, Staff Writer",)),
        ("language", "es-MX", "language", "es"),  # a declared language wins
        ("title", "", "title", None),
    ],
)
def test_forms_of_a_field(field: str, value: object, attribute: str, expected: object) -> None:
    assert getattr(make_article({**FULL, field: value}, "", READING), attribute) == expected


@pytest.mark.parametrize(
    ("field", "value", "said", "attribute", "expected"),
    [
        ("url", "see below", "url 'see below' is not a web address", "url", None),
        ("published_at", "Feb. 30, 2020", "is not a date", "published_at", None),
        ("published_at", "2999", "lies in the future", "published_precision", None),
        ("language", "English", "language 'English' is not a language tag", "language", "en"),
        ("text", f"{TEXT} \ud83d", "1 halves of characters", "text", f"{TEXT} \ufffd"),
    ],
)
def test_what_cannot_be_taken_over_is_a_warning(
    field: str, value: object, said: str, attribute: str, expected: object
) -> None:
    article = make_article({**FULL, field: value}, "", READING)
    assert getattr(article, attribute) == expected
    assert [warning for warning in article.warnings if said in warning]


def test_a_warning_of_the_bytes_comes_first() -> None:
    article = make_article({**FULL, "url": "?"}, "", READING, warnings=("read as Windows-1252",))
    assert article.warnings[0] == "read as Windows-1252"
    assert len(article.warnings) == 2


@pytest.mark.parametrize(
    ("fields", "reason", "said"),
    [
        ({}, "empty", "no field 'text'; fields found: none"),
        ({"content": "x", "body": "y"}, "empty", "fields found: body, content"),
        ({"text": None}, "empty", "no field 'text'"),
        ({"text": ""}, "empty", "the text is empty"),
        ({"text": " \u00a0\n\u200b"}, "empty", "the text is empty"),
        ({"text": 5}, "bad_field", "'text' is 5, not a string"),
        ({"text": ["a"]}, "bad_field", "'text' is a list, not a string"),
        ({"text": "a\0b"}, "not_text", "NUL character in 'text' at offset 1"),
        ({"text": "x" * 1001}, "too_long", "the text has 1001 characters, at most 1000 are read"),
        ({"text": TEXT, "title": 5}, "bad_field", "'title' is 5, not a string"),
        ({"text": TEXT, "title": "x" * 3000}, "bad_field", "'title' has 3000 characters, at most 2000"),
        ({"text": TEXT, "source": True}, "bad_field", "'source' is True, not a string"),
        ({"text": TEXT, "published_at": 20200214}, "bad_field", "'published_at' is 20200214, not a string"),
        ({"text": TEXT, "id": True}, "bad_field", "'id' is True, not a string"),
        ({"text": TEXT, "id": 1.5}, "bad_field", "'id' is 1.5, not a string"),
        ({"text": TEXT, "authors": {"a": 1}}, "bad_field", "'authors' is an object, not a string or a list"),
        (
            {"text": TEXT, "authors": ["Ana", 5]},
            "bad_field",
            "'authors' is a list, not a string or a list of",
        ),
        ({"text": TEXT, "authors": ["Ana"] * 300}, "bad_field", "'authors' has 300 names, at most 200"),
    ],
)
def test_what_gives_no_article(fields: dict[str, object], reason: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        make_article(fields, "", READING)
    assert refused.value.reason == UnreadableReason(reason)
    assert said in refused.value.detail


def test_kept_offsets_refer_to_the_text_as_given() -> None:
    reading = Reading(max_article_chars=1000, now=READING.now, keep_offsets=True)
    given = "\r\n“Peña\u200b,” she\u00a0said.\r\n\r\nItâ€™s so. "
    text = make_article({"text": given}, "", reading).text
    assert text == " \n“Peña\u200b,” she said. \n \nItâ€™s so. "
    assert len(text) == len(given)
