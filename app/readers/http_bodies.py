"""Bodies of HTTP responses as archives keep them: chunked or whole, packed in one of four ways or plain.

Archives often store a body unpacked and leave the header that says otherwise, so a body that is not what its
header says is taken as it is when it could be a page.
"""

import re
import sys
import zlib
from collections.abc import Callable

import brotli

from app.domain.article import UnreadableReason
from app.readers.refusal import Refused
from app.readers.streams import GZIP_MARK

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

CHUNK_SIZE = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
MOST_LAYERS = 3  # of packing in packing
ZLIB_OR_GZIP = zlib.MAX_WBITS | 32
RAW_DEFLATE = -zlib.MAX_WBITS
BEGINS_AS_A_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")


def decode_body(data: bytes, *, transfer: str, content: str, most: int) -> bytes:
    """Return a body without its transfer and content encodings, at most `most` + 1 bytes of it.

    Raises Refused (BAD_COMPRESSION, UNSUPPORTED).
    """
    if "chunked" in transfer.casefold():
        data = _whole(data)
    layers = [name.strip() for name in content.casefold().split(",") if name.strip() not in ("", "identity")]
    if len(layers) > MOST_LAYERS:
        raise Refused(UnreadableReason.UNSUPPORTED, f"the page is packed {len(layers)} times")
    for name in reversed(layers):
        if BEGINS_AS_A_PAGE.match(data):
            break
        data = _unpacked(data, name, most)
    return data


def _whole(data: bytes) -> bytes:
    """Return the chunks of a body joined; what is not in chunks as it is."""
    parts: list[bytes] = []
    at = 0
    while (size := CHUNK_SIZE.match(data, at)) is not None:
        length = int(size[1], 16)
        parts.append(data[size.end() : size.end() + length])
        at = size.end() + length
        if length == 0 or at >= len(data):
            break
    return b"".join(parts) if parts else data


def _unpacked(data: bytes, name: str, most: int) -> bytes:
    unpack = UNPACKERS.get(name)
    if unpack is None:
        raise Refused(UnreadableReason.UNSUPPORTED, f"the content encoding {name[:40]!r} is not known")
    try:
        return unpack(data, most + 1)
    except (zlib.error, zstd.ZstdError, brotli.error, EOFError) as error:
        raise Refused(UnreadableReason.BAD_COMPRESSION, f"the page is not {name}: {error}") from None


def _inflate(data: bytes, most: int) -> bytes:
    zipped = data.startswith(GZIP_MARK) or data[:1] == b"\x78"
    inflater = zlib.decompressobj(ZLIB_OR_GZIP if zipped else RAW_DEFLATE)
    unpacked = inflater.decompress(data, most)
    return _complete(unpacked, most, ended=inflater.eof)


def _unpack_brotli(data: bytes, most: int) -> bytes:
    unpacker = brotli.Decompressor()
    unpacked = unpacker.process(data, output_buffer_limit=most)
    return _complete(unpacked, most, ended=unpacker.is_finished())


def _unpack_zstd(data: bytes, most: int) -> bytes:
    unpacker = zstd.ZstdDecompressor()
    return _complete(unpacker.decompress(data, most), most, ended=unpacker.eof)


def _complete(unpacked: bytes, most: int, *, ended: bool) -> bytes:
    if not ended and len(unpacked) < most:
        raise EOFError("it ends early")
    return unpacked


UNPACKERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _inflate,
    "x-gzip": _inflate,
    "deflate": _inflate,
    "br": _unpack_brotli,
    "zstd": _unpack_zstd,
}
