import gzip
import sys
import zlib
from collections.abc import Callable
from functools import partial

import brotli
import pytest

from app.domain.article import UnreadableReason
from app.readers.http_bodies import decode_body
from app.readers.refusal import Refused

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PAGE = b"<!doctype html><p>Mayor Ortega said no.</p>" * 20


def size(value: object) -> str | None:
    """Return a readable name for bytes in the name of a test."""
    return f"{len(value)} bytes" if isinstance(value, bytes) else None


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


GZIP = gzip.compress(PAGE, mtime=0)
"""Without the time, which would be another for each process that collects the tests."""


def chunked(data: bytes) -> bytes:
    chunks = (data[at : at + 70] for at in range(0, len(data), 70))
    return b"".join(b"%x;note=1\r\n%s\r\n" % (len(chunk), chunk) for chunk in chunks) + b"0\r\n\r\n"


PACKED = [
    (PAGE, ""),
    (PAGE, "identity"),
    (GZIP, "gzip"),
    (GZIP, "X-GZIP"),
    (zlib.compress(PAGE), "deflate"),
    (deflated(PAGE), "deflate"),
    (brotli.compress(PAGE), "br"),
    (zstd.compress(PAGE), "zstd"),
    (brotli.compress(GZIP), "gzip, br"),
    (PAGE, "gzip"),  # unpacked before it was archived
]


@pytest.mark.parametrize(("data", "content"), PACKED, ids=size)
@pytest.mark.parametrize("transfer", ["", "chunked"])
def test_the_page_comes_out(data: bytes, content: str, transfer: str) -> None:
    given = chunked(data) if transfer else data
    assert decode_body(given, transfer=transfer, content=content, most=10_000) == PAGE
    assert decode_body(data, transfer="chunked", content=content, most=10_000) == PAGE


@pytest.mark.parametrize(
    ("data", "content", "reason"),
    [
        (GZIP[:-20], "gzip", UnreadableReason.BAD_COMPRESSION),
        (b"neither", "gzip", UnreadableReason.BAD_COMPRESSION),
        (b"neither", "br", UnreadableReason.BAD_COMPRESSION),
        (b"neither", "zstd", UnreadableReason.BAD_COMPRESSION),
        (b"neither", "compress", UnreadableReason.UNSUPPORTED),
        (GZIP, "gzip, gzip, gzip, gzip", UnreadableReason.UNSUPPORTED),
    ],
    ids=size,
)
def test_what_cannot_be_unpacked(data: bytes, content: str, reason: UnreadableReason) -> None:
    with pytest.raises(Refused) as refused:
        decode_body(data, transfer="", content=content, most=10_000)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("pack", "content"),
    [
        (gzip.compress, "gzip"),
        (partial(brotli.compress, quality=5), "br"),  # as small as by the default, in a tenth of the time
        (zstd.compress, "zstd"),
    ],
    ids=["gzip", "br", "zstd"],
)
def test_a_bomb_is_not_unpacked(pack: Callable[[bytes], bytes], content: str) -> None:
    body = decode_body(pack(b" " * 50_000_000), transfer="", content=content, most=10_000)
    assert 10_000 < len(body) <= 1 << 17
