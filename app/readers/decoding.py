"""Bytes to text: the byte order mark decides, then UTF-8, then Windows-1252."""

import codecs
import re
from typing import NamedTuple

from app.domain.article import UnreadableReason
from app.readers.refusal import Refused

UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Control characters that no text holds. Above one in a hundred the bytes are a picture or an archive.
CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
MOST_CONTROLS = 0.01
# Broken bytes in a UTF-8 text that has good sequences too; above this share the text is not worth keeping.
MOST_BROKEN = 0.01

# Encodings that pages are written in. (Python knows others by name that are no such thing, such as "idna".)
LABELS = re.compile(
    r"(?:x-)?(?:iso-?8859|windows-?\d|cp-?\d|koi8|gbk?|gb-?\d|big5|shift[_-]?jis|sjis|euc|mac|latin|us-ascii|ascii"
    r"|tis-?620|ks_c)[\w:-]*"
)
READ_AS_1252 = ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii")  # as browsers do


class Decoded(NamedTuple):
    """A text and what was wrong with its bytes, in words, or null."""

    text: str
    warning: str | None


def decode(data: bytes) -> Decoded:
    """Return the text of `data`, without its byte order mark.

    Bytes that are not UTF-8 are read as Windows-1252 when nothing in them looks like UTF-8; a few broken
    bytes in a UTF-8 text become U+FFFD. Both leave a warning. Raises Refused (NOT_TEXT, BAD_ENCODING).
    """
    if data.startswith(UTF16_MARKS):
        return _decode_utf16(data)
    _refuse_binary(data)
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return Decoded(data.decode("utf-8"), None)
    except UnicodeDecodeError as error:
        return _decode_damaged(data, error.start)


def decode_labelled(data: bytes, label: str | None) -> Decoded:
    """Return the text of `data`, whose sender calls its encoding `label`.

    Bytes that are UTF-8 are read as such, whatever the label says: labels are often wrong, and other text is
    hardly ever UTF-8 by chance. A label that names no known encoding counts for nothing. Raises Refused.
    """
    name = (label or "").strip().lower()
    if not LABELS.fullmatch(name) or data.startswith(UTF16_MARKS) or _is_utf8(data):
        return decode(data)
    _refuse_binary(data)
    try:
        text = data.decode("cp1252" if name in READ_AS_1252 else name, errors="replace")
    except LookupError:
        return decode(data)
    broken = text.count("\ufffd")
    if broken > MOST_BROKEN * len(text):
        raise Refused(UnreadableReason.BAD_ENCODING, f"{broken} characters are not {name}, as it is declared")
    return Decoded(text, f"{broken} characters were not {name} and were replaced" if broken else None)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_utf16(data: bytes) -> Decoded:
    text = data.decode("utf-16", errors="replace")
    if "\0" in text:
        raise Refused(UnreadableReason.NOT_TEXT, f"NUL character at offset {text.index(chr(0))}")
    broken = text.count("\ufffd")
    if broken > MOST_BROKEN * len(text):
        raise Refused(UnreadableReason.BAD_ENCODING, f"{broken} broken characters in UTF-16")
    return Decoded(text, f"{broken} broken characters in UTF-16 were replaced" if broken else None)


def _refuse_binary(data: bytes) -> None:
    if b"\0" in data:
        raise Refused(UnreadableReason.NOT_TEXT, f"NUL byte at offset {data.index(0)}")
    controls = len(CONTROLS.findall(data))
    if controls > MOST_CONTROLS * len(data):
        raise Refused(UnreadableReason.NOT_TEXT, f"{controls} control characters in {len(data)} bytes")


def _decode_damaged(data: bytes, first: int) -> Decoded:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    if any("\x7f" < character != "\ufffd" for character in text):
        if broken > MOST_BROKEN * len(text):
            raise Refused(
                UnreadableReason.BAD_ENCODING, f"{broken} bytes are not UTF-8, the first at {first}"
            )
        return Decoded(text, f"{broken} bytes were not UTF-8 and were replaced, the first at {first}")
    try:
        return Decoded(data.decode("cp1252"), f"not UTF-8 at byte {first}: read as Windows-1252")
    except UnicodeDecodeError:
        detail = f"neither UTF-8 (byte {first}) nor Windows-1252"
        raise Refused(UnreadableReason.BAD_ENCODING, detail) from None
