"""The body of an answer as it comes in: unpacked piece by piece, and never beyond a size."""

import zlib
from collections.abc import Iterator

from app.domain.article import UnreadableReason
from app.fetching.errors import NotFetched

ACCEPTED = "gzip"  # the one packing that is asked for
PACKED = ("gzip", "x-gzip")
PLAIN = ("", "identity")
ZIPPED = zlib.MAX_WBITS | 16


def whole_body(pieces: Iterator[bytes], *, encoding: str, most: int) -> bytes:
    """Return the unpacked body, whose Content-Encoding is `encoding`.

    Reads no further when it has more than `most` bytes. Raises NotFetched (TOO_LONG, BAD_COMPRESSION,
    UNSUPPORTED).
    """
    name = encoding.strip().lower()
    if name not in (*PACKED, *PLAIN):
        detail = f"the content encoding {name[:40]!r} was not asked for"
        raise NotFetched(UnreadableReason.UNSUPPORTED, detail)
    gzip = _Gzip() if name in PACKED else None
    body = bytearray()
    for piece in pieces:
        body += piece if gzip is None else gzip.unpack(piece, most + 1 - len(body))
        if len(body) > most:
            raise NotFetched(UnreadableReason.TOO_LONG, f"it has more than {most} bytes")
    if gzip is not None:
        gzip.end()
    return bytes(body)


class _Gzip:
    """Members of gzip, one after the other."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(ZIPPED)
        self._begun = False

    def unpack(self, piece: bytes, most: int) -> bytes:
        """Return what `piece` adds, at most `most` (1 or more) bytes of it."""
        self._begun = True
        unpacked = b""
        try:
            while piece and len(unpacked) < most:
                if self._member.eof:
                    self._member = zlib.decompressobj(ZIPPED)
                unpacked += self._member.decompress(piece, most - len(unpacked))
                piece = self._member.unconsumed_tail or self._member.unused_data
        except zlib.error as error:
            raise NotFetched(UnreadableReason.BAD_COMPRESSION, f"it is not gzip: {error}") from None
        return unpacked

    def end(self) -> None:
        """Raise NotFetched when the last member is not whole."""
        if self._begun and not self._member.eof:
            raise NotFetched(UnreadableReason.BAD_COMPRESSION, "the packed answer ends early")
