"""Parquet tables, an article a row; a file is read a few rows at a time."""

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import IO

import pyarrow.parquet as pq

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.field_maps import fields_of, is_known_record
from app.readers.records import Reading, make_article
from app.readers.refusal import Refused, parser_failures
from app.readers.streams import CHUNK_BYTES, ByteStream, read_some, refuse_bomb

ROWS_AT_ONCE = 64
HARMLESS_ROWS = 10_000  # however few bytes they are packed in
SHOWN_COLUMNS = 20


def read_parquet(stream: ByteStream, origin: str, reading: Reading) -> Iterator[Article | UnreadableArticle]:
    """Yield an answer for each row; `origin` gets its number, counted from 1. Raises Refused.

    The end of a table tells where its parts are, so the bytes of the stream go to a temporary file first.
    """
    number = 0
    with tempfile.TemporaryFile() as file:
        size = _copy(stream, file)
        table = _table(file, reading)
        _refuse_bomb(table.metadata, size)
        try:
            for number, record in enumerate(_rows(table, size), start=1):
                yield _answer(record, f"{origin}:{number}", reading)
        except Refused as refused:
            yield refused.at(f"{origin}:{number + 1}")


def _copy(stream: ByteStream, file: IO[bytes]) -> int:
    """Write all bytes of `stream` to `file` and return how many there are."""
    while chunk := read_some(stream, CHUNK_BYTES):
        file.write(chunk)
    size = file.tell()
    file.seek(0)
    return size


def _table(file: IO[bytes], reading: Reading) -> pq.ParquetFile:
    with parser_failures("the table"):
        table = pq.ParquetFile(file, pre_buffer=False)
    columns = table.schema_arrow.names
    if reading.field_map is None and not is_known_record(columns):
        found = ", ".join(columns[:SHOWN_COLUMNS])[:200]
        detail = f"no column is called `text`: say --map text=COLUMN; columns found: {found}"
        raise Refused(UnreadableReason.BAD_FIELD, detail)
    return table


def _refuse_bomb(told: pq.FileMetaData, size: int) -> None:
    """Refuse a table of `size` bytes that says to unpack to what no articles do (BAD_COMPRESSION)."""
    refuse_bomb(sum(told.row_group(at).total_byte_size for at in range(told.num_row_groups)), size)
    if told.num_rows > max(HARMLESS_ROWS, size):
        detail = f"{told.num_rows} rows in {size} bytes are no articles"
        raise Refused(UnreadableReason.BAD_COMPRESSION, detail)


def _rows(table: pq.ParquetFile, size: int) -> Iterator[Mapping[str, object]]:
    batches = table.iter_batches(batch_size=ROWS_AT_ONCE)
    unpacked = 0
    while True:
        with parser_failures("the table"):
            batch = next(batches, None)
            if batch is not None:  # what a column says once for many rows is not in what the table tells
                unpacked += batch.nbytes
                refuse_bomb(unpacked, size)
            rows = [] if batch is None else batch.to_pylist()
        if batch is None:
            return
        yield from rows


def _answer(record: Mapping[str, object], origin: str, reading: Reading) -> Article | UnreadableArticle:
    try:
        fields = fields_of({name: _value(value) for name, value in record.items()}, reading.field_map)
        return make_article(fields, origin, reading)
    except Refused as refused:
        return refused.at(origin)


def _value(given: object) -> object:
    """Return a value as JSON would have it; a time that the table keeps without a zone has none."""
    if isinstance(given, datetime | date):
        return given.isoformat()
    return given.decode("utf-8", "replace") if isinstance(given, bytes) else given
