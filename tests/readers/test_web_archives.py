# ruff: noqa: E501 # lines as they are in files of this format
import gzip
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.files import read_paths
from app.readers.records import Reading
from app.readers.web_archives import read_web_archive
from app.readers.web_pages import MOST_PAGE_BYTES

NOW = datetime(2020, 3, 1, tzinfo=UTC)
READING = Reading(max_article_chars=10_000, now=NOW)
PAGE = "<!doctype html><title>No</title><article><p>Mayor Ana Ortega of Boston said on Friday that number {} was wrong.</p>"


def record(
    number: int, block: bytes, kind: str = "response", media: str = "application/http; msgtype=response"
) -> bytes:
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012}>\r\n"
        f"WARC-Date: 2020-02-15T00:00:00Z\r\nWARC-Target-URI: https://www.example.com/{number}\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def response(
    body: bytes, *headers: str, status: str = "200 OK", media: str = "text/html; charset=utf-8"
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def page(number: int) -> bytes:
    return PAGE.format(number).encode()


RECORDS = [
    record(1, b"software: by hand\r\n", "warcinfo", "application/warc-fields"),
    record(2, b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request"),
    record(3, response(page(3))),
    record(4, response(gzip.compress(page(4)), "Content-Encoding: gzip")),
    record(5, response(b"6\r\n<html>\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(page(5)), page(5)), "Transfer-Encoding: chunked")),
    record(6, response(page(6), status="404 Not Found")),
    record(7, response(b"\x89PNG", media="image/png")),
    record(8, response(gzip.compress(page(8))[:-20], "Content-Encoding: gzip")),
    record(9, b"no HTTP at all"),
    record(10, response("<p>Mayor Peña of Boston said on Friday that it was wrong.</p>".encode("cp1252"), media="text/html; charset=iso-8859-1")),
    record(11, response(page(11), "Location: x", status="301 Moved")),
    record(12, response(page(12), media="application/xhtml+xml")),
]  # fmt: skip
ARCHIVE = b"".join(RECORDS)
GOOD = [3, 4, 5, 10, 12]


def answers(data: bytes) -> list[Article | UnreadableArticle]:
    return list(read_web_archive(io.BufferedReader(io.BytesIO(data)), "a.warc", READING))


def test_the_html_pages_among_the_responses() -> None:
    found = answers(ARCHIVE)
    articles = [answer for answer in found if isinstance(answer, Article)]
    assert [article.origin for article in articles] == [f"a.warc:{number}" for number in GOOD]
    assert [article.url for article in articles] == [f"https://www.example.com/{number}" for number in GOOD]
    assert "Mayor Peña of Boston" in articles[3].text
    (refused,) = [answer for answer in found if isinstance(answer, UnreadableArticle)]
    assert (refused.origin, refused.reason) == ("a.warc:8", UnreadableReason.BAD_COMPRESSION)
    assert {article.published_at for article in articles} == {
        None
    }  # when it was fetched is not when it was published


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a"])
def test_a_packed_archive_a_record_a_member(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"".join(gzip.compress(each) for each in RECORDS))
    found = read_paths([path], max_article_chars=10_000, now=NOW)
    assert len([answer for answer in found if isinstance(answer, Article)]) == len(GOOD)


def test_a_cut_archive_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(gzip.compress(each) for each in RECORDS[:4])[:-30])
    *_, third, fourth, last = read_paths([path], max_article_chars=10_000, now=NOW)
    assert isinstance(third, Article)
    assert isinstance(fourth, UnreadableArticle)
    assert "the archive ends after" in fourth.detail
    assert isinstance(last, UnreadableArticle)
    assert last.reason is UnreadableReason.BAD_COMPRESSION
    *_, plain = answers(RECORDS[2] + RECORDS[3][:-60])
    assert isinstance(plain, UnreadableArticle)
    assert (plain.origin, plain.reason) == ("a.warc:2", UnreadableReason.UNREADABLE)


def test_rubbish_between_records_is_told() -> None:
    first, last = answers(RECORDS[2] + b"rubbish\r\n" * 10 + RECORDS[3])
    assert isinstance(first, Article)
    assert isinstance(last, UnreadableArticle)
    assert (last.origin, last.reason) == ("a.warc:2", UnreadableReason.UNREADABLE)


def test_a_page_beyond_every_measure_is_passed_over() -> None:
    bomb = gzip.compress(b"<p>" + b" " * (2 * MOST_PAGE_BYTES))
    long = b"<p>" + b"x" * MOST_PAGE_BYTES
    found = answers(
        record(1, response(bomb, "Content-Encoding: gzip"))
        + record(2, response(long))
        + record(3, response(page(3)))
    )
    assert [answer.reason if isinstance(answer, UnreadableArticle) else None for answer in found] == [
        UnreadableReason.TOO_LONG,
        UnreadableReason.TOO_LONG,
        None,
    ]
