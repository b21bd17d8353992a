import gzip
import io
import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.article import Article, UnchangedArticle, UnreadableArticle, UnreadableReason
from app.readers.json_lines import LOOKED_UP_LINES, read_json_line, read_json_lines
from app.readers.records import Reading, sha256_of
from app.readers.streams import opened

READING = Reading(max_article_chars=1000, now=datetime(2020, 3, 1, tzinfo=UTC))
GOOD = b'{"id": "1", "text": "Mayor Ortega said no."}'


def answers(data: bytes, reading: Reading = READING) -> list[Article | UnchangedArticle | UnreadableArticle]:
    stream = io.BufferedReader(io.BytesIO(data))
    return list(read_json_lines(stream, "a.jsonl", reading))


def test_a_broken_line_never_stops_the_file() -> None:
    given_lines = [GOOD, b"{broken", b"", b"[1]", b"\x00\x01", GOOD.replace(b"1", b"2")]
    good, broken, array, binary, last = answers(b"\n".join(given_lines))
    assert isinstance(good, Article)
    assert isinstance(last, Article)
    assert (good.origin, last.origin) == ("a.jsonl:1", "a.jsonl:6")
    assert broken == UnreadableArticle(
        origin="a.jsonl:2",
        reason=UnreadableReason.BAD_JSON,
        detail="Expecting property name enclosed in double quotes at character 1",
    )
    assert isinstance(array, UnreadableArticle)
    assert (array.origin, array.detail) == ("a.jsonl:4", "a list is not an object")
    assert isinstance(binary, UnreadableArticle)
    assert binary.reason is UnreadableReason.NOT_TEXT


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{}", "empty"),
        (b"null", "bad_json"),
        (b'"text"', "bad_json"),
        (b'{"text": "a"} {"text": "b"}', "bad_json"),
        (b'{"text": "a\nb"}', "bad_json"),
        (b'{"text": ' + b"9" * 5000 + b"}", "bad_json"),
        (b'{"text": ' + b"[" * 100_000, "bad_structure"),
        (b'{"text": "\\u0000"}', "not_text"),
        (b'{"text": "' + b"x" * 1001 + b'"}', "too_long"),
        (b'{"text": "ok", "title": 5}', "bad_field"),
        (b'{"text": "' + "ñ".encode() * 3 + b'\xf1\xf1"}', "bad_encoding"),
    ],
)
def test_reasons(line: bytes, reason: str) -> None:
    answer = read_json_line(line, "stdin:1", max_article_chars=1000)
    assert isinstance(answer, UnreadableArticle)
    assert answer.reason == UnreadableReason(reason)
    assert answer.origin == "stdin:1"
    assert 0 < len(answer.detail) < 400


def test_a_line_beyond_every_article_is_passed_over_unread() -> None:
    most = 12 * 1000 + (1 << 20)
    long = b'{"text": "' + b"x" * (3 * most) + b'"}'
    first, second = answers(long + b"\n" + GOOD)
    assert isinstance(first, UnreadableArticle)
    assert (first.origin, first.reason) == ("a.jsonl:1", UnreadableReason.TOO_LONG)
    assert isinstance(second, Article)
    assert second.origin == "a.jsonl:2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_byte_order_mark_decides(encoding: str) -> None:
    rows = [{"text": f"Peña\u2028 said “no” {number} 👽"} for number in range(3)]
    data = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode(encoding)
    found = answers(data)
    assert [answer.text for answer in found if isinstance(answer, Article)] == [
        f"Peña\n said “no” {number} 👽" for number in range(3)
    ]


def test_an_empty_file_has_no_article() -> None:
    assert answers(b"") == answers(b"\n \n") == []


def test_one_line_for_extraction_keeps_offsets() -> None:
    text = "“No,” she\u00a0said.\r\n\r\n“Never.”\u200b"
    answer = read_json_line(
        json.dumps({"id": 5, "text": text, "title": "No"}), "stdin:1", max_article_chars=1000
    )
    assert isinstance(answer, Article)
    assert (answer.external_id, answer.title, len(answer.text)) == ("5", "No", len(text))
    assert answer.text.index("Never") == text.index("Never")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
FIELDS = ["id", "url", "title", "published_at", "source", "source_url", "authors", "text", "language"]


@given(st.dictionaries(st.sampled_from(FIELDS), JSON | st.text(min_size=1)))
def test_no_object_makes_it_raise(fields: dict[str, object]) -> None:
    answer = read_json_line(json.dumps(fields), "stdin:1", max_article_chars=1000, keep_offsets=False)
    if isinstance(answer, Article):
        answer.text.encode("utf-8")
        answer.identity.encode("utf-8")


@given(st.binary())
def test_no_bytes_make_it_raise(data: bytes) -> None:
    assert read_json_line(data, "stdin:1", max_article_chars=1000)


class Corpus:
    """Tells the lines of which an article is stored, and keeps how many were asked for at once."""

    def __init__(self, *lines: bytes) -> None:
        self.hashes = {sha256_of(line) for line in lines}
        self.asked: list[int] = []

    def __call__(self, hashes: Sequence[str]) -> Collection[str]:
        self.asked.append(len(hashes))
        return self.hashes.intersection(hashes)


def test_a_line_of_a_stored_article_is_not_read() -> None:
    corpus = Corpus(GOOD, b"{broken")
    found = answers(
        b"\n".join((b" " + GOOD + b"\r", GOOD.replace(b"1", b"2"), b"", b"{broken", b"[]", GOOD)),
        replace(READING, stored=corpus),
    )
    assert [(type(answer).__name__, answer.origin) for answer in found] == [
        ("UnchangedArticle", "a.jsonl:1"),
        ("Article", "a.jsonl:2"),
        ("UnchangedArticle", "a.jsonl:4"),
        ("UnreadableArticle", "a.jsonl:5"),
        ("UnchangedArticle", "a.jsonl:6"),
    ]
    assert corpus.asked == [5]  # the blank line is none


def test_lines_are_looked_up_many_at_once_but_not_more_than_memory_holds() -> None:
    corpus = Corpus(GOOD)
    reading = replace(READING, stored=corpus)
    assert len(answers((GOOD + b"\n") * (LOOKED_UP_LINES + 1), reading)) == LOOKED_UP_LINES + 1
    long = b'{"text": "' + b"x" * (1 << 20) + b'"}\n'
    answers(long * 6, reading)
    assert corpus.asked == [LOOKED_UP_LINES, 1, 4, 2]


def test_where_reading_breaks_the_lines_before_are_there(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "Number %d says no."}\n' % number for number in range(3_000))
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(GOOD + b"\n" + lines, mtime=0)[:-1_000])

    def read(stored: Corpus | None) -> list[Article | UnchangedArticle | UnreadableArticle]:
        with opened(path) as (stream, _):
            return list(read_json_lines(stream, "a", replace(READING, stored=stored)))

    first, *between, last = read(Corpus(GOOD))
    assert isinstance(first, UnchangedArticle)
    assert isinstance(last, UnreadableArticle)
    assert last.reason is UnreadableReason.BAD_COMPRESSION
    assert len(between) % LOOKED_UP_LINES > 0
    assert [*between, last] == read(None)[1:]
