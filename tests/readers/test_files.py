import gzip
import io
import os
import sys
import tempfile
import threading
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.files import Answer, Progress, read_paths
from app.readers.formats import Format

TEXT = "Mayor Ortega said on Friday that Chicago would not help.\n"
LINE = '{"id": "%d", "source": "Seed Briefs", "text": "Mayor Ortega said no %d times."}\n'
LINES = "".join(LINE % (number, number) for number in range(300)).encode()
NOW = datetime(2020, 3, 1, tzinfo=UTC)


def read(*paths: Path | str) -> list[Answer]:
    return list(read_paths([Path(path) for path in paths], max_article_chars=10_000, now=NOW))


def only(path: Path) -> Answer:
    (answer,) = read(path)
    return answer


def refused(path: Path, reason: UnreadableReason) -> str:
    answer = only(path)
    assert isinstance(answer, UnreadableArticle)
    assert (answer.origin, answer.reason) == (path.as_posix(), reason)
    return answer.detail


def test_a_folder_is_read_in_sorted_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.txt",
        "a/.hidden.txt",
        ".git/c.txt",
        "README.md",
        "a/readme",
        "LICENSE",
        "c.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(TEXT)
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    *answers, gone, last = read(tmp_path)
    names = [Path(answer.origin).relative_to(tmp_path).as_posix() for answer in (*answers, last)]
    assert names == ["b.txt", "c.md", "a/z.txt"]
    assert isinstance(gone, UnreadableArticle)
    assert (gone.reason, gone.detail) == (UnreadableReason.UNREADABLE, "No such file or directory")


def test_a_file_named_outright_is_read_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_text(TEXT)
    assert isinstance(only(path), Article)


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.JSONL", "a", "a.data", "a.gz"])
def test_json_lines_by_name_or_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(LINES) if name.endswith("gz") else LINES)
    found = read(path)
    assert len(found) == 300
    assert all(isinstance(answer, Article) for answer in found)
    assert found[299].origin == f"{path.as_posix()}:300"


@pytest.mark.parametrize("name", ["a.txt", "a.txt.gz", "a.md", "a", "a.gz"])
def test_plain_text_by_name_or_content(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(TEXT.encode()) if name.endswith("gz") else TEXT.encode())
    answer = only(path)
    assert isinstance(answer, Article)
    assert (answer.text, answer.origin) == (TEXT.strip(), path.as_posix())


def test_a_text_that_opens_with_a_brace_is_still_a_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("{Updated} Mayor Ortega said no.")
    assert isinstance(only(path), Article)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.txt", b"%PDF-1.7 x", "PDF"),
        ("a.docx", b"PK\x03\x04", "zip archive"),
        ("a.txt", b"\n <html lang=en>", "named .txt and holds html"),
        ("a.css", b"p { color: red }", "a .css file"),
        ("a.jsonl", b"[{}]", "named .jsonl and holds a JSON array"),
        ("a.txt.bz2", b"BZh91AY", "bzip2"),
    ],
)
def test_other_formats_are_named(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert kind in refused(path, UnreadableReason.UNSUPPORTED)


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a"])
def test_zstandard_is_known_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(zstd.compress(LINES[:7000]) + zstd.compress(LINES[7000:]))
    assert len(read(path)) == 300
    path.write_bytes(zstd.compress(LINES * 20)[:-20])  # blocks of it: a cut one cannot be unpacked
    *articles, last = read(path)
    assert len(articles) > 1000
    assert isinstance(last, UnreadableArticle)
    assert last.reason is UnreadableReason.BAD_COMPRESSION


def test_what_is_no_text_or_too_long_or_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\x89PNG\0")
    refused(path, UnreadableReason.NOT_TEXT)
    path.write_bytes(b"x" * 10_001)
    refused(path, UnreadableReason.TOO_LONG)
    path.write_bytes(gzip.compress(b"x" * 3_000_000))
    refused(path, UnreadableReason.TOO_LONG)
    path.write_bytes(b" \n")
    refused(path, UnreadableReason.EMPTY)


def test_a_missing_or_locked_file(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "missing.txt", UnreadableReason.UNREADABLE)


@pytest.mark.parametrize("cut", [300, 1200, -9, -4])
def test_a_truncated_gzip_gives_what_was_read_and_then_a_reason(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINES, mtime=0)[:cut])
    *articles, last = read(path)
    assert all(isinstance(answer, Article) for answer in articles)
    assert (len(articles) == 300) == (cut < 0)
    assert isinstance(last, UnreadableArticle)
    assert (last.origin, last.reason) == (
        f"{path.as_posix()}:{len(articles) + 1}",
        UnreadableReason.BAD_COMPRESSION,
    )


def test_a_gzip_that_holds_nothing_yet(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINES)[:11])
    assert "end-of-stream" in refused(path, UnreadableReason.BAD_COMPRESSION)


def test_a_broken_gzip_does_not_stop_the_next_file(tmp_path: Path) -> None:
    broken, text, after = tmp_path / "a.jsonl.gz", tmp_path / "b.txt.gz", tmp_path / "c.txt"
    broken.write_bytes(gzip.compress(LINES)[:200] + b"\xff" * 50)
    text.write_bytes(gzip.compress(TEXT.encode())[:-3])
    after.write_text(TEXT)
    *_, first, second, third = read(broken, text, after)
    assert isinstance(first, UnreadableArticle)
    assert isinstance(second, UnreadableArticle)
    assert first.reason is second.reason is UnreadableReason.BAD_COMPRESSION
    assert isinstance(third, Article)


def test_gzip_members_one_after_another(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINES) * 2)
    assert len(read(path)) == 600


@pytest.mark.parametrize("packed", [False, True])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, packed: bool) -> None:  # noqa: FBT001 # a parameter
    data = io.BytesIO(gzip.compress(LINES) if packed else LINES)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data))
    steps: list[Progress] = []
    found = list(read_paths([Path("-")], max_article_chars=1000, on_progress=steps.append))
    assert len(found) == len(steps) == 300
    assert found[0].origin == "stdin:1"
    assert steps[-1] == Progress(bytes_read=len(data.getvalue()), bytes_total=None)


def test_a_pipe(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(LINES,))
    writer.start()
    assert len(read(path)) == 300
    writer.join()
    assert read(tmp_path) == []  # in a folder it would wait for ever


def test_progress_reaches_the_total(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "b.txt").write_text(TEXT)
    steps: list[Progress] = []
    list(read_paths([tmp_path], max_article_chars=1000, on_progress=steps.append))
    assert len(steps) == 301
    total = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert {step.bytes_total for step in steps} == {total}
    assert steps[-1].bytes_read == total
    assert [step.bytes_read for step in steps] == sorted(step.bytes_read for step in steps)


def test_the_news_corpus_is_read_whole(shared: Path) -> None:
    found = read_paths([shared / "corpora/immigration-news.jsonl.gz"], max_article_chars=500_000)
    articles = [answer for answer in found if isinstance(answer, Article)]
    assert len(articles) == len({article.key for article in articles}) == 1000
    assert {article.language for article in articles} == {"en"}
    assert sum(article.published_at is not None for article in articles) == 871
    assert not any(article.warnings for article in articles)


def test_the_seed_article_has_its_headline(shared: Path) -> None:
    (article,) = read(shared / "corpora/seed-article")
    assert isinstance(article, Article)
    assert (article.title or "").endswith("including Boston")
    assert article.text[69:75] == "Boston"
    assert len(article.text) == 9715


PAGE = b"<!doctype html><article><p>Mayor Ana Ortega said on Friday that Boston would not help.</p>"
FEED = b"<rss><channel><item><description>Mayor Ortega said no.</description></item></channel></rss>"


@pytest.mark.parametrize(
    ("name", "data", "format_named"),
    [
        ("a.txt", TEXT.encode(), Format.TEXT),
        ("a.md", b"# No\n\nMayor Ortega said no.", Format.MARKDOWN),
        ("a.html", PAGE, Format.HTML),
        ("a.rss", FEED, Format.FEED),
        ("a.jsonl", b'{"text": "Mayor Ortega said no."}', Format.JSONL),
        ("a.json", b'[{"text": "Mayor Ortega said no."}]', Format.JSON),
        ("a.csv", b"text,title\nMayor Ortega said no.,No\n", Format.CSV),
    ],
)
def test_every_format_by_name_by_content_and_named_outright(
    tmp_path: Path, name: str, data: bytes, format_named: Format
) -> None:
    found = []
    for file_name, outright in ((name, None), ("a", None), ("b.anything", format_named)):
        path = tmp_path / file_name
        path.write_bytes(data)
        (answer,) = read_paths([path], max_article_chars=1000, given_format=outright)
        assert isinstance(answer, Article), answer
        found.append(answer)
    assert "Ortega said" in found[0].text
    assert {each.original_sha256 for each in found} == {found[0].original_sha256}
    assert len({each.text for each in found if format_named is not Format.MARKDOWN}) <= 1


def test_a_format_that_is_named_holds_against_the_name(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(PAGE)
    refused(path, UnreadableReason.UNSUPPORTED)
    (as_page,) = read_paths([path], max_article_chars=1000, given_format=Format.HTML)
    (as_text,) = read_paths([path], max_article_chars=1000, given_format=Format.TEXT)
    assert isinstance(as_page, Article)
    assert isinstance(as_text, Article)
    assert as_page.text == "Mayor Ana Ortega said on Friday that Boston would not help."
    assert as_text.text == PAGE.decode()


MARKS = [
    b"",
    b"<",
    b"<rss>",
    b"<html>",
    b"WARC/1.0\r\n",
    b"PAR1",
    b"{",
    b"[{",
    b'"',
    b"\r",
    b"text,",
    b"\x1f\x8b",
    b"\n",
]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let every reader load its libraries, which takes longer than all that an example does."""
    path = tmp_path_factory.mktemp("loaded") / "a"
    for mark, chosen in product(MARKS, Format):
        path.write_bytes(mark)
        list(read_paths([path], max_article_chars=1000, now=NOW, given_format=chosen))


@pytest.mark.usefixtures("loaded")
@given(
    st.lists(st.sampled_from(MARKS) | st.binary(max_size=20), max_size=8),
    st.sampled_from([None, *Format]),
)
@settings(max_examples=1000)  # some hundred for each format
def test_no_bytes_make_any_reader_raise(parts: list[bytes], chosen: Format | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a")
        path.write_bytes(b"".join(parts))
        for answer in read_paths([path], max_article_chars=1000, now=NOW, given_format=chosen):
            assert answer.origin.startswith(path.as_posix())
