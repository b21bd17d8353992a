import pytest

from app.domain.article import UnreadableReason
from app.readers.decoding import decode
from app.readers.refusal import Refused

PLAIN = [
    (b"plain", "plain"),
    ("Peña “no”".encode(), "Peña “no”"),
    ("\ufeffPeña".encode(), "Peña"),
    ("Peña “no” 👽".encode("utf-16"), "Peña “no” 👽"),
    (b"\xfe\xff" + "Peña".encode("utf-16-be"), "Peña"),
    (b"tab\tand\r\nline", "tab\tand\r\nline"),
    (b"", ""),
]
DAMAGED = [
    ("Peña “no”".encode("cp1252"), "Peña “no”", "not UTF-8 at byte 2: read as Windows-1252"),
    ("Peña ".encode() * 40 + b"\xf1", "Peña " * 40 + "\ufffd", "1 bytes were not UTF-8 and were replaced"),
]
REFUSED = [
    (b"\x89PNG\r\n\x1a\n\0\0", UnreadableReason.NOT_TEXT, "NUL byte at offset 8"),
    (b"text" + b"\x01\x02" * 10, UnreadableReason.NOT_TEXT, "20 control characters in 24 bytes"),
    ("a\0b".encode("utf-16"), UnreadableReason.NOT_TEXT, "NUL character at offset 1"),
    (b"\xff\xfe" + b"\x00\xd8" * 10, UnreadableReason.BAD_ENCODING, "broken characters in UTF-16"),
    ("ñ".encode() + b"\xf1\xf2" * 20, UnreadableReason.BAD_ENCODING, "bytes are not UTF-8, the first at 2"),
    (b"\x81\x8d\x8f", UnreadableReason.BAD_ENCODING, "neither UTF-8 (byte 0) nor Windows-1252"),
]


@pytest.mark.parametrize(("data", "expected"), PLAIN)
def test_good_bytes(data: bytes, expected: str) -> None:
    assert decode(data) == (expected, None)


@pytest.mark.parametrize(("data", "expected", "said"), DAMAGED)
def test_damaged_bytes_are_read_with_a_warning(data: bytes, expected: str, said: str) -> None:
    decoded = decode(data)
    assert decoded.text == expected
    assert said in (decoded.warning or "")


@pytest.mark.parametrize(("data", "reason", "said"), REFUSED)
def test_what_is_no_text(data: bytes, reason: UnreadableReason, said: str) -> None:
    with pytest.raises(Refused) as refused:
        decode(data)
    assert refused.value.reason is reason
    assert said in refused.value.detail
