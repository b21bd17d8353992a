"""Packed inputs: cut, damaged, empty, packed twice, and small ones that unfold to gigabytes."""

import gzip
import io
import sys
import zipfile
import zlib
from collections.abc import Iterator

import brotli
import pyarrow as pa
import pyarrow.parquet as pq

from app.domain.article import UnreadableReason as Reason
from tests.ingestion.hostile.hostile_input import SENTENCE, Hostile, refused, stored
from tests.ingestion.hostile.records import json_line as line
from tests.ingestion.hostile.records import page, response, warc_record

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

UNFOLDED = 2_000_000_000
"""Bytes of a bomb: more than may be held in memory, and than can be unpacked in the time there is."""

BLOCK = 1 << 20


def gzip_bomb(block: bytes, unfolded: int = UNFOLDED) -> bytes:
    """Return gzip of `block` repeated, without making all of it: the same packed piece again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    head = b"\x1f\x8b\x08\0\0\0\0\0\0\x03"
    end = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS).flush()
    return head + piece * (unfolded // len(block)) + end + bytes(8)  # nobody gets as far as its checksum


def zstd_bomb(block: bytes) -> bytes:
    """Return zstandard frames, each of which unfolds to `block`."""
    return zstd.compress(block) * (UNFOLDED // len(block))


def table(text: pa.Array) -> bytes:
    """Return a Parquet table of texts."""
    file = io.BytesIO()
    pq.write_table(pa.table({"text": text}), file, compression="zstd", store_schema=False)
    return file.getvalue()


def zipped() -> bytes:
    """Return a zip archive with one text that unfolds to a hundred times its size."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), b"a" * (10 * BLOCK))
    return file.getvalue()


def packed(data: bytes) -> bytes:
    """Return gzip of `data`, the same at every time."""
    return gzip.compress(data, mtime=0)


def lines(count: int) -> bytes:
    """Return articles as JSON Lines, none of which can be told from another by its length."""
    return b"".join(line(text=f"{SENTENCE} Vote {number:06}.") for number in range(count))


def inputs() -> Iterator[Hostile]:
    """Yield them."""
    yield refused("cut.txt.gz", Reason.BAD_COMPRESSION, lambda: packed(SENTENCE.encode())[:-20])
    yield refused("cut-between.jsonl.gz", Reason.BAD_COMPRESSION, lambda: _cut_lines()[0], articles=_KEPT)
    yield refused("cut.jsonl.zst", Reason.BAD_COMPRESSION, lambda: zstd.compress(lines(9))[:-9])
    yield refused("damaged.txt.gz", Reason.BAD_COMPRESSION, _damaged)
    yield refused("head-only.txt.gz", Reason.BAD_COMPRESSION, lambda: packed(b"")[:10])
    yield refused("mark-only.txt.zst", Reason.BAD_COMPRESSION, lambda: b"\x28\xb5\x2f\xfd")
    yield refused("nothing-packed.txt.gz", Reason.EMPTY, lambda: packed(b""))
    yield refused("packed-twice.txt.gz", Reason.NOT_TEXT, lambda: packed(packed(SENTENCE.encode() * 9)))
    yield refused("archive.zip", Reason.UNSUPPORTED, zipped)
    yield refused("text-bomb.txt.gz", Reason.BAD_COMPRESSION, lambda: gzip_bomb(b"a" * BLOCK))
    yield refused("line-bomb.jsonl.gz", Reason.BAD_COMPRESSION, lambda: gzip_bomb(b"a" * BLOCK))
    yield refused("string-bomb.json.gz", Reason.BAD_COMPRESSION, lambda: _behind(b'[{"text": "'))
    yield refused("blank-bomb.jsonl.gz", Reason.BAD_COMPRESSION, lambda: gzip_bomb(b"\n" * BLOCK))
    yield refused("cells-bomb.csv.gz", Reason.BAD_COMPRESSION, lambda: _behind(b'text,title\n"'))
    yield refused("page-bomb.html.gz", Reason.BAD_COMPRESSION, lambda: _behind(b"<html><p>"))
    yield refused("feed-bomb.rss.gz", Reason.BAD_COMPRESSION, lambda: _behind(b"<rss><channel>"))
    yield refused("archive-bomb.warc.gz", Reason.UNREADABLE, lambda: _behind(b"WARC/1.0\r\nA: "))
    yield refused("lines-bomb.jsonl.zst", Reason.BAD_COMPRESSION, lambda: zstd_bomb(b"a" * (8 * BLOCK)))
    yield refused("table-bomb.parquet.gz", Reason.BAD_COMPRESSION, lambda: _behind(b"PAR1"))
    yield refused("cells-bomb.parquet", Reason.BAD_COMPRESSION, _long_cells)
    yield refused("rows-bomb.parquet", Reason.BAD_COMPRESSION, _many_rows)
    yield refused("body-bomb.warc", Reason.TOO_LONG, lambda: _body("gzip", gzip_bomb(b"a" * BLOCK, 1 << 29)))
    yield refused("brotli-bomb.warc", Reason.TOO_LONG, lambda: _body("br", _brotli_bomb()))
    yield refused("layers.warc", Reason.UNSUPPORTED, lambda: _body(", ".join(["gzip"] * 50), packed(page())))
    yield stored("two-members.txt.gz", lambda: packed(SENTENCE.encode()) + packed(b" It was."))


def _behind(first: bytes) -> bytes:
    """Return a bomb that begins as its format does."""
    return packed(first) + gzip_bomb(b"a" * BLOCK)


def _brotli_bomb() -> bytes:
    """Return one as small as by the default quality, in a tenth of the time."""
    bomb: bytes = brotli.compress(b"a" * 64 * BLOCK, quality=5)
    return bomb


_KEPT = 20


def _cut_lines() -> tuple[bytes, int]:
    data = lines(_KEPT)
    packer = zlib.compressobj(wbits=zlib.MAX_WBITS | 16)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH), _KEPT


def _damaged() -> bytes:
    data = bytearray(packed(lines(50)))
    data[len(data) // 2] ^= 0xFF
    data[-8] ^= 0xFF  # and its checksum, in case the first passes for data
    return bytes(data)


def _long_cells() -> bytes:
    """Return a table whose dictionary holds one text that all rows have."""
    numbers = pa.array([0] * 2_000, pa.int8())
    return table(pa.DictionaryArray.from_arrays(numbers, pa.array([SENTENCE + "a" * 900_000])))


def _many_rows() -> bytes:
    return table(pa.nulls(3_000_000, pa.string()))


def _body(encoding: str, body: bytes) -> bytes:
    return warc_record(response(body, f"Content-Encoding: {encoding}"))
