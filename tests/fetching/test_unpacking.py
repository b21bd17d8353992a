import gzip
from collections.abc import Iterator

import pytest

from app.domain.article import UnreadableReason
from app.fetching.errors import NotFetched
from app.fetching.unpacking import whole_body

TEXT = b"Mayor Ana Ortega said no. " * 1_000


def packed(data: bytes) -> bytes:
    """The same bytes at any moment, so that the tests bear the same names in every process."""
    return gzip.compress(data, mtime=0)


def pieces(data: bytes, size: int) -> Iterator[bytes]:
    return (data[at : at + size] for at in range(0, len(data), size))


@pytest.mark.parametrize("size", [1, 7, 100_000])
@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (packed(TEXT), "gzip"),
        (packed(TEXT[:500]) + packed(TEXT[500:]), " X-GZIP"),
    ],
)
def test_a_body_comes_whole(data: bytes, encoding: str, size: int) -> None:
    assert whole_body(pieces(data, size), encoding=encoding, most=len(TEXT)) == TEXT


def test_an_empty_body_is_empty_however_it_is_called() -> None:
    assert whole_body(iter(()), encoding="gzip", most=9) == b""


@pytest.mark.parametrize(
    ("data", "encoding", "reason"),
    [
        (TEXT, "", UnreadableReason.TOO_LONG),
        (packed(TEXT), "gzip", UnreadableReason.TOO_LONG),
        (packed(b"short")[:-3], "gzip", UnreadableReason.BAD_COMPRESSION),
        (b"not packed", "gzip", UnreadableReason.BAD_COMPRESSION),
        (b"anything", "br", UnreadableReason.UNSUPPORTED),
        (b"anything", "gzip, gzip", UnreadableReason.UNSUPPORTED),
    ],
)
def test_a_body_that_is_not_what_it_says_is_refused(
    data: bytes, encoding: str, reason: UnreadableReason
) -> None:
    with pytest.raises(NotFetched) as error:
        whole_body(pieces(data, 100), encoding=encoding, most=1_000)
    assert error.value.reason is reason


def test_no_more_is_read_than_the_limit_takes() -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        for piece in pieces(packed(b"\0" * 50_000_000), 1_000):
            taken += 1
            yield piece

    with pytest.raises(NotFetched, match="more than 10000 bytes"):
        whole_body(endless(), encoding="gzip", most=10_000)
    assert taken == 1
