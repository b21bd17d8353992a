"""Bytes of files: opened, unpacked when gzip or zstandard, counted while they are read."""

import codecs
import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

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
MOST_GROWTH = 100  # times its packed size; articles grow to three or ten, a bomb to a thousand
HARMLESS_BYTES = 1 << 20  # unpacked: whatever they grew from
PACKED_BYTES = 1 << 14  # read ahead of what is unpacked: so many of them count before they were looked at

# Given the most bytes of a line, the lines; a longer one comes cut to one byte more, its rest passed over.
Lines = Callable[[int], Iterator[bytes]]


class ByteStream(Protocol):
    """What a buffered file and an unpacked one have in common."""

    def read(self, size: int, /) -> bytes: ...  # noqa: D102 # as in io
    def read1(self, size: int, /) -> bytes: ...  # noqa: D102 # as in io
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
    packed: io.BufferedReader = io.BufferedReader(counted, PACKED_BYTES)
    try:
        with reading_errors():
            mark = packed.peek(len(ZSTD_MARK))
        yield _unpacked(packed, mark, counted), counted
    finally:
        if path != STANDARD_INPUT:
            raw.close()


def _unpacked(packed: io.BufferedReader, mark: bytes, counted: Counted) -> ByteStream:
    # Not buffered once more: a buffer would lose the last lines before a break in the stream.
    if mark.startswith(GZIP_MARK):
        return _Unpacked(gzip.GzipFile(fileobj=packed), counted)
    return _Unpacked(zstd.ZstdFile(packed), counted) if mark.startswith(ZSTD_MARK) else packed


class _Unpacked:
    """An unpacked stream that ends where it has grown beyond what articles do. Raises Refused there."""

    def __init__(self, stream: gzip.GzipFile | zstd.ZstdFile, packed: Counted) -> None:
        self._stream, self._packed = stream, packed

    def read(self, size: int, /) -> bytes:
        """Return the next `size` bytes, or all there are."""
        return self._checked(self._stream.read(size))

    def read1(self, size: int, /) -> bytes:
        """Return at most `size` of the next bytes, none at the end."""
        return self._checked(self._stream.read1(size))

    def peek(self, size: int, /) -> bytes:
        """Return some of the next bytes without going on."""
        return self._stream.peek(size)

    def _checked(self, data: bytes) -> bytes:
        refuse_bomb(self._stream.tell(), self._packed.count)
        return data


def refuse_bomb(unpacked: int, packed: int) -> None:
    """Refuse so many bytes that came out of `packed` ones (BAD_COMPRESSION)."""
    if unpacked > max(HARMLESS_BYTES, MOST_GROWTH * packed):
        detail = f"it unpacks to more than {MOST_GROWTH} times its size, as no articles do"
        raise Refused(UnreadableReason.BAD_COMPRESSION, detail)


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
    with reading_errors():
        wide = stream.peek(2)[:2] in UTF16_MARKS
    decoder = codecs.getincrementaldecoder("utf-16")("replace") if wide else None
    while True:
        chunk = read_some(stream, CHUNK_BYTES)
        if decoder is None:
            yield chunk
        else:
            yield decoder.decode(chunk, final=not chunk).encode("utf-8", "surrogatepass")
        if not chunk:
            return


def read_some(stream: ByteStream, most: int) -> bytes:
    """Return the next bytes, none at the end. Raises Refused.

    What comes before a break in a packed stream is returned first; filling a buffer would lose it.
    """
    with reading_errors():
        return stream.read1(most)


def _lines(stream: ByteStream, longest: int) -> Iterator[bytes]:
    kept = bytearray()
    for chunk in chunks_of(stream):
        *ended, rest = chunk.split(b"\n")
        for line in ended:
            kept += line
            kept += b"\n"
            yield bytes(kept[: longest + 1])
            kept.clear()
        kept += rest[: longest + 1 - len(kept)]
    if kept:
        yield bytes(kept)
