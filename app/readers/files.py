"""Files, folders and standard input to articles: finds the inputs and chooses the reader of each."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.json_lines import read_json_lines
from app.readers.plain_text import article_of_text
from app.readers.records import Reading
from app.readers.refusal import Refused
from app.readers.streams import STANDARD_INPUT, Counted, lines_of, opened, read_most, reading_errors

JSON_LINES_NAMES = (".jsonl", ".ndjson")
PLAIN_TEXT_NAMES = (".txt", ".text", ".md", ".markdown")
# Formats whose bytes would pass for text.
UNSUPPORTED_NAMES = (
    ".json",
    ".html",
    ".htm",
    ".xml",
    ".csv",
    ".tsv",
    ".rtf",
    ".eml",
    ".mbox",
    ".yaml",
    ".yml",
    ".warc",
)
# What stands beside a corpus in its folder, in any case and with any ending; named outright, they are read.
BESIDE_A_CORPUS = ("readme", "license", "licence", "copying", "notice")
# First bytes of formats that are no text, or not yet read. (A NUL byte tells the rest.)
UNSUPPORTED_MARKS = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "a zip archive or office document",
    b"<!doctype html": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
    b"{\\rtf": "RTF",
    b"WARC/": "WARC",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstandard",
}
HEAD_BYTES = 512
BYTES_A_CHARACTER = 4  # the most that UTF-8 and UTF-16 take
OTHER_BYTES = 1 << 18  # front matter, byte order mark


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the reading is, in bytes of the files as they lie on disk (gzip stays packed).

    `bytes_total` is null when a size cannot be known beforehand: standard input, a pipe.
    """

    bytes_read: int
    bytes_total: int | None


def read_paths(
    paths: Sequence[Path],
    *,
    max_article_chars: int,
    on_progress: Callable[[Progress], None] | None = None,
    now: datetime | None = None,
) -> Iterator[Article | UnreadableArticle]:
    """Yield an answer for every article in `paths`, in the order of the paths and of the files in them.

    Folders are walked in sorted order without hidden files, README and LICENSE; `-` is standard input.
    `now` is what no publication time may lie beyond (default: the clock). `on_progress` is called before
    each answer.
    Nothing that is read can make it raise.
    """
    reading = Reading(max_article_chars=max_article_chars, now=now or datetime.now(UTC))
    inputs = tuple(_inputs(paths))
    total = _total_bytes(inputs)
    before = 0
    for path in inputs:
        counter = _Counter()
        for answer in _read(path, reading, counter):
            if on_progress is not None:
                on_progress(Progress(bytes_read=before + counter.count(), bytes_total=total))
            yield answer
        before += counter.count()


class _Counter:
    """The count of a stream that is not opened yet."""

    def __init__(self) -> None:
        self.stream: Counted | None = None

    def count(self) -> int:
        return self.stream.count if self.stream else 0


def _inputs(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        else:
            yield path


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the regular files below `folder`; links to folders are not followed, so that no loop can be."""
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            beside = name.casefold().partition(".")[0] in BESIDE_A_CORPUS
            path = Path(parent, name)
            if not name.startswith(".") and not beside and _size(path) is not None:
                yield path


def _size(path: Path) -> int | None:
    """Return the size of a regular file, null for everything else."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _total_bytes(inputs: Sequence[Path]) -> int | None:
    sizes = [None if path == STANDARD_INPUT else _size(path) for path in inputs]
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None


def _read(path: Path, reading: Reading, counter: _Counter) -> Iterator[Article | UnreadableArticle]:
    origin = "stdin" if path == STANDARD_INPUT else path.as_posix()
    try:
        with opened(path) as (stream, counter.stream):
            with reading_errors():
                head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
            if _is_json_lines(path, head):
                yield from read_json_lines(lines_of(stream), origin, reading)
            else:
                data = read_most(stream, BYTES_A_CHARACTER * reading.max_article_chars + OTHER_BYTES)
                yield _article(data, origin, reading)
    except Refused as refused:
        yield refused.at(origin)


def _article(data: bytes, origin: str, reading: Reading) -> Article:
    most = BYTES_A_CHARACTER * reading.max_article_chars + OTHER_BYTES
    if len(data) > most:
        raise Refused(UnreadableReason.TOO_LONG, f"the file has more than {most} bytes")
    return article_of_text(data, origin, reading)


def _is_json_lines(path: Path, head: bytes) -> bool:
    """Tell JSON Lines from plain text, by the name, else by the first bytes. Raises Refused (UNSUPPORTED)."""
    name = path.name.casefold().removesuffix(".gz")
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if name.endswith(JSON_LINES_NAMES):
        return True
    kind = next(
        (kind for mark, kind in UNSUPPORTED_MARKS.items() if bare.lower().startswith(mark.lower())), None
    )
    if kind is None and name.endswith(UNSUPPORTED_NAMES):
        kind = f"a {Path(name).suffix} file"
    if kind is not None:
        detail = f"{kind} cannot be read; give plain text, or JSON Lines named .jsonl"
        raise Refused(UnreadableReason.UNSUPPORTED, detail)
    return not name.endswith(PLAIN_TEXT_NAMES) and bare.startswith(b"{")
