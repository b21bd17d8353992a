"""What servers send, under the names that they give it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.files import Answer
from app.readers.formats import Format
from app.readers.records import Reading
from app.readers.responses import READABLE, read_response

READING = Reading(max_article_chars=10_000, now=datetime(2023, 6, 1, tzinfo=UTC))
TEXT = "Mayor Ana Ortega said the vote in Boston was fair, and the café agreed."
PAGE = f"<!doctype html><title>Vote</title><article><p>{TEXT}</p></article>"
FEED = (
    '<rss version="2.0"><channel><title>Elm Daily</title><item><title>Vote</title>'
    f"<link>https://elm.example/vote</link><description>{TEXT}</description></item></channel></rss>"
)
JSON_FEED = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "Elm Daily", "items": '
    f'[{{"id": "1", "content_text": "{TEXT}"}}]}}'
)


def read(
    body: str | bytes,
    media_type: str,
    *,
    path: str = "/x",
    charset: str | None = None,
    reading: Reading = READING,
) -> list[Answer]:
    data = body if isinstance(body, bytes) else body.encode()
    url = f"https://elm.example{path}"
    answers = read_response(
        data, origin="given", url=url, media_type=media_type, charset=charset, reading=reading
    )
    return list(answers)


@pytest.mark.parametrize(
    ("media_type", "path", "body", "origin"),
    [
        ("text/html", "/a.txt", PAGE, "given"),
        ("application/xhtml+xml", "/a", PAGE, "given"),
        ("text/html", "/feed", FEED, "given:1"),
        ("application/rss+xml", "/feed.html", FEED, "given:1"),
        ("text/xml", "/feed", FEED, "given:1"),
        ("application/xml", "/page", PAGE, "given"),
        ("application/feed+json", "/feed", JSON_FEED, "given:1"),
        ("application/json", "/feed", JSON_FEED, "given:1"),
        ("application/json", "/a.php", f'[{{"text": "{TEXT}"}}]', "given:1"),
        ("application/x-ndjson", "/a", f'{{"text": "{TEXT}"}}', "given:1"),
        ("text/csv", "/a", f'title,text\nVote,"{TEXT}"\n', "given:2"),
        ("text/markdown", "/a", f"{TEXT}", "given"),
        ("text/plain", "/a.jsonl", f'{{"text": "{TEXT}"}}', "given:1"),
        ("text/plain", "/a", TEXT, "given"),
        ("", "/a", PAGE, "given"),
    ],
)
def test_what_was_sent_is_read_as_what_it_is(media_type: str, path: str, body: str, origin: str) -> None:
    assert media_type in READABLE
    (article,) = read(body, media_type, path=path)
    assert isinstance(article, Article), article
    assert (article.text, article.origin) == (TEXT, origin)


def test_the_address_and_the_declared_encoding_of_a_page_count() -> None:
    (article,) = read(PAGE.encode("cp1252"), "text/html", charset="windows-1252")
    assert isinstance(article, Article)
    assert (article.text, article.url, article.warnings) == (TEXT, "https://elm.example/x", ())


@pytest.mark.parametrize(
    ("media_type", "body", "reason"),
    [
        ("text/html", "%PDF-1.7 of no use", UnreadableReason.UNSUPPORTED),
        ("text/html", "<html><p>", UnreadableReason.EMPTY),
        ("application/xml", "<?xml version='1.0'?><sitemap/>", UnreadableReason.UNSUPPORTED),
        ("application/json", "nothing", UnreadableReason.UNSUPPORTED),
        ("text/plain", "", UnreadableReason.EMPTY),
        ("application/x-ndjson", '{"dateline_export": 1}\n', UnreadableReason.UNSUPPORTED),
    ],
)
def test_what_holds_no_article_is_refused(media_type: str, body: str, reason: UnreadableReason) -> None:
    (refused,) = read(body, media_type)
    assert isinstance(refused, UnreadableArticle)
    assert (refused.origin, refused.reason) == ("given", reason)


def test_a_format_that_is_given_holds() -> None:
    (article,) = read(PAGE, "text/plain", reading=replace(READING, format=Format.HTML))
    assert isinstance(article, Article)
    assert article.title == "Vote"
