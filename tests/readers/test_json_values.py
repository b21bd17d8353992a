import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.json_values import DEEPEST, read_json_values, record_paths, values_of
from app.readers.records import Reading
from app.readers.refusal import Refused

READING = Reading(max_article_chars=1000, now=datetime(2020, 3, 1, tzinfo=UTC))
PATHS = record_paths()
ONE, TWO = {"text": "Mayor Ortega said “no”."}, {"text": 'She said: "no, [never] {at all}, \\".'}


def answers(data: bytes) -> list[Article | UnreadableArticle]:
    return list(read_json_values(io.BufferedReader(io.BytesIO(data)), "a.json", READING))


def values(data: bytes, *sizes: int) -> list[Any]:
    """Return the records of a document that comes in pieces of these sizes, and the rest at once."""

    def chunks() -> Iterator[bytes]:
        at = 0
        for size in sizes:
            yield data[at : at + size]
            at += size
        yield data[at:]

    found = values_of((chunk for chunk in chunks() if chunk), longest=100_000, paths=PATHS)
    return [json.loads(cast("bytes", value)) for value in found]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([ONE, TWO], [ONE, TWO]),
        (ONE, [ONE]),
        ([], []),
        ({}, [{}]),
        ([1, "a", None, [ONE], {}], [1, "a", None, [ONE], {}]),
        ({"status": "ok", "articles": [ONE, TWO], "more": {"articles": [1]}}, [ONE, TWO]),
        ({"response": {"a": [1], "results": [ONE], "b": {"c": "}"}}, "d": [2]}, [ONE]),
        ({"response": {"docs": [ONE], "meta": {"hits": 1}}}, [ONE]),
        ({"response": {"content": ONE, "status": "ok"}}, [ONE]),
        ({"articles": []}, []),
        ({"text": "x", "list": [{"articles": [1]}]}, [{"text": "x", "list": [{"articles": [1]}]}]),
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_where_a_document_holds_its_articles(
    document: object, expected: list[object], indent: int | None
) -> None:
    assert values(json.dumps(document, indent=indent).encode()) == expected


def test_documents_one_after_another() -> None:
    data = b'\xef\xbb\xbf{"text": "a"}\n{"text": "b"}\n[{"text": "c"}], {"articles": [{"text": "d"}]}\n'
    assert [each["text"] for each in values(data)] == ["a", "b", "c", "d"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(JSON, max_size=5), st.lists(st.integers(1, 9), max_size=30), st.booleans())
def test_how_a_document_comes_makes_no_difference(
    records: list[object],
    sizes: list[int],
    plain: bool,  # noqa: FBT001 # drawn by hypothesis
) -> None:
    data = json.dumps({"a": "\\", "articles": records}, ensure_ascii=plain).encode("utf-8", "surrogatepass")
    assert values(data, *sizes) == records


@given(st.binary(max_size=60), st.lists(st.sampled_from([b"{", b"}", b"[", b"]", b'"', b"\\", b",", b"a"])))
def test_no_bytes_make_it_raise(data: bytes, marks: list[bytes]) -> None:
    answers(data)
    answers(b"".join(marks))


def test_a_broken_article_costs_no_other() -> None:
    first, broken, last = answers(b'[{"text": "Ortega said no."}, {"text": bad}, {"text": "She said no."}]')
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert (first.origin, last.origin) == ("a.json:1", "a.json:3")
    assert isinstance(broken, UnreadableArticle)
    assert (broken.origin, broken.reason) == ("a.json:2", UnreadableReason.BAD_JSON)


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b'[{"text": "a"}, {"text": "b', "ends inside a string"),
        (b'[{"text": "a"}, {"text": "b"', "ends inside an object"),
        (b'[{"text": "a"}, }', "'}' closes nothing"),
        (b'[{"text": "a"}] and more', "stands something else"),
    ],
)
def test_a_document_that_breaks_gives_what_came_before(data: bytes, detail: str) -> None:
    first, last = answers(data)
    assert isinstance(first, Article)
    assert isinstance(last, UnreadableArticle)
    assert (last.origin, last.reason) == ("a.json:2", UnreadableReason.BAD_JSON)
    assert detail in last.detail


def test_a_document_that_nests_too_deeply_gives_what_came_before() -> None:
    first, last = answers(b'[{"text": "a"}, ' + b"[" * (DEEPEST + 1))
    assert isinstance(first, Article)
    assert isinstance(last, UnreadableArticle)
    assert (last.origin, last.reason) == ("a.json:2", UnreadableReason.BAD_STRUCTURE)


def test_an_article_beyond_every_measure_is_passed_over() -> None:
    parts = [b'{"articles": [{"text": "', b"x" * 70_000, b"x" * 70_000, b'"}, {"text": "b"}]}']
    too_long, last = values_of(parts, longest=100_000, paths=PATHS)
    assert isinstance(too_long, Refused)
    assert too_long.reason is UnreadableReason.TOO_LONG
    assert last == b'{"text": "b"}'


def test_utf_16() -> None:
    (answer,) = answers(json.dumps([ONE], ensure_ascii=False).encode("utf-16"))
    assert isinstance(answer, Article)
    assert answer.text == ONE["text"]
