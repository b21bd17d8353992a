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
from app.readers.streams import CHUNK_BYTES, ByteStream, read_some

ROWS_AT_ONCE = 64
SHOWN_COLUMNS = 20


def read_parquet(stream: ByteStream, origin: str, reading: Reading) -> Iterator[Article | UnreadableArticle]:
    """Yield an answer for each row; `origin` gets its number, counted from 1. Raises Refused.

    The end of a table tells where its parts are, so the bytes of the stream go to a temporary file first.
    """
    number = 0
    with tempfile.TemporaryFile() as file:
        _copy(stream, file)
        table = _table(file, reading)
        try:
            for number, record in enumerate(_rows(table), start=1):
                yield _answer(record, f"{origin}:{number}", reading)
        except Refused as refused:
            yield refused.at(f"{origin}:{number + 1}")


def _copy(stream: ByteStream, file: IO[bytes]) -> None:
    while chunk := read_some(stream, CHUNK_BYTES):
        file.write(chunk)
    file.seek(0)


def _table(file: IO[bytes], reading: Reading) -> pq.ParquetFile:
    with parser_failures("the table"):
        table = pq.ParquetFile(file, pre_buffer=False)
    columns = table.schema_arrow.names
    if reading.field_map is None and not is_known_record(columns):
        found = ", ".join(columns[:SHOWN_COLUMNS])[:200]
        detail = f"no column is called `text`: say --map text=COLUMN; columns found: {found}"
        raise Refused(UnreadableReason.BAD_FIELD, detail)
    return table


def _rows(table: pq.ParquetFile) -> Iterator[Mapping[str, object]]:
    batches = table.iter_batches(batch_size=ROWS_AT_ONCE)
    while True:
        with parser_failures("the table"):
            batch = next(batches, None)
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
