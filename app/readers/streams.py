"""Bytes of files: opened, unpacked when gzip or zstandard, counted while they are read."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from app.domain.article import UnreadableReason
from app.readers.decoding import UTF16_MARKS
from app.readers.refusal import Refused

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

STANDARD_INPUT = Path("-")
GZIP_MARK = b"\x1f\x8b"
ZSTD_MARK = b"\x28\xb5\x2f\xfd"
CHUNK_BYTES = 1 << 16

# Given the most bytes of a line, the lines; a longer one comes cut to one byte more, its rest passed over.
Lines = Callable[[int], Iterator[bytes]]


class ByteStream(Protocol):
    """What a buffered file and an unpacked one have in common."""

    def read(self, size: int, /) -> bytes: ...  # noqa: D102 # as in io
    def read1(self, size: int, /) -> bytes: ...  # noqa: D102 # as in io
    def readline(self, size: int, /) -> bytes: ...  # noqa: D102 # as in io
    def peek(self, size: int, /) -> bytes: ...  # noqa: D102 # as in io


class Counted(io.RawIOBase):
    """A raw stream that counts the bytes read from it: what a progress bar shows."""

    def __init__(self, raw: BinaryIO) -> None:
        super().__init__()
        # What has come in so far, not a full buffer: somebody may be typing.
        self._read: Callable[[int], bytes] = getattr(raw, "read1", raw.read)
        self.count = 0

    def readable(self) -> bool:
        """Return true: nothing is written to it."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # BufferedReader gives a memoryview
        """Read into `buffer` what comes next."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


@contextmanager
def opened(path: Path) -> Iterator[tuple[ByteStream, Counted]]:
    """Give the unpacked bytes of a file or of standard input, and the counter of the packed ones.

    Gzip and zstandard are known by their first bytes, whatever the name. Raises Refused (UNREADABLE).
    """
    try:
        raw = sys.stdin.buffer if path == STANDARD_INPUT else path.open("rb", buffering=0)
    except OSError as error:
        raise Refused(UnreadableReason.UNREADABLE, error.strerror or str(error)) from None
    counted = Counted(raw)
    packed: io.BufferedReader = io.BufferedReader(counted, CHUNK_BYTES)
    try:
        with reading_errors():
            mark = packed.peek(len(ZSTD_MARK))
        yield _unpacked(packed, mark), counted
    finally:
        if path != STANDARD_INPUT:
            raw.close()


def _unpacked(packed: io.BufferedReader, mark: bytes) -> ByteStream:
    # Not buffered once more: a buffer would lose the last lines before a break in the stream.
    if mark.startswith(GZIP_MARK):
        return gzip.GzipFile(fileobj=packed)
    return zstd.ZstdFile(packed) if mark.startswith(ZSTD_MARK) else packed


@contextmanager
def reading_errors() -> Iterator[None]:
    """Turn what reading bytes can raise into Refused (BAD_COMPRESSION, UNREADABLE)."""
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error, zstd.ZstdError) as error:
        raise Refused(UnreadableReason.BAD_COMPRESSION, f"the packed stream is broken: {error}") from None
    except OSError as error:
        raise Refused(UnreadableReason.UNREADABLE, error.strerror or str(error)) from None


def read_whole(stream: ByteStream, most: int) -> bytes:
    """Return all bytes of `stream`, at most `most` of them. Raises Refused, for more of them TOO_LONG."""
    with reading_errors():
        data = stream.read(most + 1)
    if len(data) > most:
        raise Refused(UnreadableReason.TOO_LONG, f"the file has more than {most} bytes")
    return data


def lines_of(stream: ByteStream) -> Lines:
    """Return the lines of `stream` as UTF-8 bytes; a UTF-16 stream, known by its mark, is converted."""
    return lambda longest: _lines(stream, longest)


def chunks_of(stream: ByteStream) -> Iterator[bytes]:
    """Yield the bytes of `stream` as they come, those of a UTF-16 one as UTF-8. Raises Refused."""
    read = _utf16_text(stream) if _is_wide(stream) else partial(read_some, stream)
    while True:
        with reading_errors():
            chunk = read(CHUNK_BYTES)
        if not chunk:
            return
        yield chunk


def read_some(stream: ByteStream, most: int) -> bytes:
    """Return the next bytes, none at the end. Raises Refused.

    What comes before a break in a packed stream is returned first; filling a buffer would lose it.
    """
    with reading_errors():
        return stream.read1(most)


def _is_wide(stream: ByteStream) -> bool:
    with reading_errors():
        return stream.peek(2)[:2] in UTF16_MARKS


def _lines(stream: ByteStream, longest: int) -> Iterator[bytes]:
    readline = _utf16_readline(stream) if _is_wide(stream) else stream.readline
    while True:
        with reading_errors():
            line = readline(longest + 1)
            _pass_over_rest(readline, line, longest)
        if not line:
            return
        yield line


def _utf16_readline(stream: ByteStream) -> Callable[[int], bytes]:
    text = _utf16(stream)
    return lambda size: text.readline(size).encode("utf-8", "surrogatepass")


def _utf16_text(stream: ByteStream) -> Callable[[int], bytes]:
    text = _utf16(stream)
    return lambda size: text.read(size).encode("utf-8", "surrogatepass")


def _utf16(stream: ByteStream) -> io.TextIOWrapper:
    return io.TextIOWrapper(cast("BinaryIO", stream), encoding="utf-16", errors="replace", newline="\n")


def _pass_over_rest(readline: Callable[[int], bytes], line: bytes, longest: int) -> None:
    while len(line) > longest and not line.endswith(b"\n"):
        line = readline(longest + 1)
        if not line:
            return
