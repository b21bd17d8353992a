import gzip
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.domain.article import Article, Precision, UnreadableArticle, UnreadableReason
from app.readers.field_maps import load_map
from app.readers.files import Answer, read_paths

COLUMNS: dict[str, list[object]] = {
    "title": ["No", "Yes", "Nothing"],
    "text": ["Mayor Ortega said no.", "She said yes.", None],
    "authors": [["Lena Voss", "Omar Field"], None, []],
    "published_at": [datetime(2020, 2, 14, 14, 30, tzinfo=UTC), None, None],
    "id": [1, 2, 3],
    "source": ["Example Herald"] * 3,
}


def read(path: Path, given_map: str | None = None) -> list[Answer]:
    field_map = load_map(given_map) if given_map else None
    return list(
        read_paths([path], max_article_chars=1000, now=datetime(2020, 3, 1, tzinfo=UTC), field_map=field_map)
    )


@pytest.mark.parametrize("name", ["a.parquet", "a", "a.parquet.gz"])
def test_rows_are_articles(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    pq.write_table(pa.table(COLUMNS), path)
    if name.endswith("gz"):
        path.write_bytes(gzip.compress(path.read_bytes()))
    first, second, empty = read(path)
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert isinstance(empty, UnreadableArticle)
    assert (first.text, first.authors) == ("Mayor Ortega said no.", ("Lena Voss", "Omar Field"))
    assert first.published_at == datetime(2020, 2, 14, 14, 30, tzinfo=UTC)
    assert (first.identity, second.identity) == ("id:example herald:1", "id:example herald:2")
    assert (first.original_sha256, second.published_at) == (None, None)
    assert (empty.origin, empty.reason) == (f"{path.as_posix()}:3", UnreadableReason.EMPTY)


@pytest.mark.parametrize("value", [date(2020, 2, 14), datetime(2020, 2, 14, 9, 30)])  # noqa: DTZ001 # as tables have it
def test_a_time_without_a_zone_is_known_to_the_day(tmp_path: Path, value: date) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"text": ["She said no."], "published_at": [value]}), path)
    (article,) = read(path)
    assert isinstance(article, Article)
    assert (article.published_at, article.published_precision) == (
        datetime(2020, 2, 14, tzinfo=UTC),
        Precision.DAY,
    )


def test_columns_by_a_map_and_inside_others(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"body": [{"plain": "She said no."}], "head": ["No"]}), path)
    (article,) = read(path, "text=body.plain,title=head")
    assert isinstance(article, Article)
    (answer,) = read(path)
    assert isinstance(answer, UnreadableArticle)
    assert "say --map text=COLUMN; columns found: body, head" in answer.detail


@pytest.mark.parametrize("kept", [8, 300, -10])
def test_a_cut_table(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table(COLUMNS), path)
    path.write_bytes(path.read_bytes()[:kept])
    (answer,) = read(path)
    assert isinstance(answer, UnreadableArticle)
    assert (answer.origin, answer.reason) == (path.as_posix(), UnreadableReason.UNREADABLE)
