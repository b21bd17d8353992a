"""Files, folders and standard input to articles: each is opened and read by the reader of its format."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from app.domain.article import Article, UnchangedArticle, UnreadableArticle, UnreadableReason
from app.domain.exchange import Stored as Exported
from app.readers.delimited import read_delimited
from app.readers.detection import HEAD_BYTES, format_of
from app.readers.field_maps import FieldMap
from app.readers.formats import Format
from app.readers.inputs import find_inputs, total_bytes
from app.readers.json_lines import read_json_lines
from app.readers.json_values import read_json_values
from app.readers.plain_text import read_plain_text
from app.readers.records import Follow, Reading, Stored
from app.readers.refusal import Refused
from app.readers.streams import STANDARD_INPUT, ByteStream, Counted, opened, reading_errors

Answer = Article | UnchangedArticle | UnreadableArticle | Exported
Reader = Callable[[ByteStream, str, Reading], Iterator[Answer]]
"""Given the unpacked bytes, where they come from and what holds for the run: an answer for each article."""

Remote = Callable[[Reading], Iterator[Answer]]
"""An input that is no file: given what holds for the run, an answer for each article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the reading is, in bytes of the files as they lie on disk (packed ones stay packed).

    `bytes_total` is null when a size cannot be known beforehand: standard input, a pipe, an address.
    """

    bytes_read: int
    bytes_total: int | None


def read_paths(
    paths: Sequence[Path | Remote],
    *,
    max_article_chars: int,
    on_progress: Callable[[Progress], None] | None = None,
    now: datetime | None = None,
    given_format: Format | None = None,
    field_map: FieldMap | None = None,
    follow: Follow | None = None,
    stored: Stored | None = None,
) -> Iterator[Answer]:
    """Yield an answer for every article in `paths`, in the order of the paths and of the files in them.

    `now` is what no publication time may lie beyond (default: the clock). `on_progress` is called before
    each answer. `given_format` and `field_map` hold for all inputs; without them each input tells its own.
    `follow` and `stored` are what `Reading` says. Nothing that is read can make it raise.
    """
    reading = Reading(
        max_article_chars=max_article_chars,
        now=now or datetime.now(UTC),
        format=given_format,
        field_map=field_map,
        follow=follow,
        stored=stored,
    )
    inputs = tuple(chain.from_iterable(_inputs(path) for path in paths))
    files = [path for path in inputs if isinstance(path, Path)]
    total = total_bytes(files) if len(files) == len(inputs) else None
    before = 0
    for path in inputs:
        counter = _Counter()
        for answer in _read(path, reading, counter) if isinstance(path, Path) else path(reading):
            if on_progress is not None:
                on_progress(Progress(bytes_read=before + counter.count(), bytes_total=total))
            yield answer
        before += counter.count()


def _inputs(path: Path | Remote) -> Iterator[Path | Remote]:
    return find_inputs([path]) if isinstance(path, Path) else iter((path,))


class _Counter:
    """The count of a stream that is not opened yet."""

    def __init__(self) -> None:
        self.stream: Counted | None = None

    def count(self) -> int:
        return self.stream.count if self.stream else 0


def _read(path: Path, reading: Reading, counter: _Counter) -> Iterator[Answer]:
    origin = _origin(path)
    try:
        with opened(path) as (stream, counter.stream):
            with reading_errors():
                head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
            if head:
                yield from reader_of(reading.format or format_of(path.name, head))(stream, origin, reading)
            else:
                yield Refused(UnreadableReason.EMPTY, "there is nothing in it").at(origin)
    except Refused as refused:
        yield refused.at(origin)


def _origin(path: Path) -> str:
    """Return what an input is called, as text that a database takes, also of a name that is not UTF-8."""
    if path == STANDARD_INPUT:
        return "stdin"
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def reader_of(chosen: Format) -> Reader:  # noqa: C901, PLR0911 - a line for each format
    """Return the reader of a format; its libraries are loaded when it is first asked for."""
    match chosen:
        case Format.TEXT:
            return read_plain_text
        case Format.MARKDOWN:
            from app.readers.markdown import read_markdown  # noqa: PLC0415 - loads a parser

            return read_markdown
        case Format.JSONL:
            return read_json_lines
        case Format.JSON:
            return read_json_values
        case Format.CSV:
            return read_delimited
        case Format.HTML:
            from app.readers.web_pages import read_web_page  # noqa: PLC0415 - loads trafilatura

            return read_web_page
        case Format.FEED:
            from app.readers.feeds import read_feed  # noqa: PLC0415 - loads feedparser

            return read_feed
        case Format.WARC:
            from app.readers.web_archives import read_web_archive  # noqa: PLC0415 - loads fastwarc

            return read_web_archive
        case Format.PARQUET:
            from app.readers.parquet import read_parquet  # noqa: PLC0415 - loads pyarrow

            return read_parquet
        case Format.EXPORT:
            from app.readers.exports import read_export  # noqa: PLC0415 - loads pydantic

            return read_export
