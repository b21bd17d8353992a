"""JSON Lines: one JSON object a line, each an article; a broken line never stops the file."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import zip_longest

from app.domain.article import Article, UnchangedArticle, UnreadableArticle, UnreadableReason
from app.readers.decoding import decode
from app.readers.field_maps import FieldMap, fields_of
from app.readers.records import Reading, Stored, make_article, sha256_of
from app.readers.refusal import Refused, shown, too_deep
from app.readers.streams import ByteStream, lines_of

ESCAPED_BYTES = 12  # of a character beyond U+FFFF written as two \\uXXXX
OTHER_FIELDS_BYTES = 1 << 20
LOOKED_UP_LINES, LOOKED_UP_BYTES = 500, 4 << 20  # at once: what comes first; a longer line is looked up alone


def read_json_line(
    line: str | bytes,
    origin: str,
    *,
    max_article_chars: int,
    keep_offsets: bool = True,
    field_map: FieldMap | None = None,
) -> Article | UnreadableArticle:
    """Return the article of one line, or the reason why there is none; for `dateline extract`.

    With `keep_offsets` the text is changed character for character only, so that offsets into it are
    offsets into the text as given.
    """
    reading = Reading(
        max_article_chars=max_article_chars,
        now=datetime.now(UTC),
        keep_offsets=keep_offsets,
        field_map=field_map,
    )
    data = line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line
    return article_of_line(data, origin, reading)


def read_json_lines(
    stream: ByteStream, origin: str, reading: Reading
) -> Iterator[Article | UnchangedArticle | UnreadableArticle]:
    """Yield an answer for each line that is not blank; `origin` gets the line's number, counted from 1.

    A stream that breaks (a truncated gzip file) gives the lines before, then one unreadable article.
    """
    longest = longest_record(reading)
    number = 0
    try:
        for number, line, is_stored in _looked_up(lines_of(stream)(longest), reading.stored):
            if len(line) > longest:
                detail = f"the line has more than {longest} bytes"
                yield Refused(UnreadableReason.TOO_LONG, detail).at(f"{origin}:{number}")
            elif is_stored:
                yield UnchangedArticle(origin=f"{origin}:{number}")
            elif line.strip():
                yield article_of_line(line, f"{origin}:{number}", reading)
    except Refused as refused:
        yield refused.at(f"{origin}:{number + 1}")


def _looked_up(lines: Iterator[bytes], stored: Stored | None) -> Iterator[tuple[int, bytes, bool]]:
    """Yield the lines with their numbers, and whether an article is stored that was read from one."""
    number = 0
    for piece in _pieces(lines, LOOKED_UP_LINES if stored else 1):
        hashes = [sha256_of(bare) if (bare := line.strip()) else "" for line in piece] if stored else []
        wanted = [hash_ for hash_ in hashes if hash_]
        known = stored(wanted) if stored and wanted else ()
        for line, hash_ in zip_longest(piece, hashes):
            number += 1
            yield number, line, hash_ in known


def _pieces(lines: Iterator[bytes], most: int) -> Iterator[list[bytes]]:
    """Yield the lines in lists; where reading breaks, first those before the break."""
    piece: list[bytes] = []
    size = 0
    try:
        for line in lines:
            piece.append(line)
            size += len(line)
            if len(piece) == most or size >= LOOKED_UP_BYTES:
                yield piece
                piece, size = [], 0
    except Refused:
        yield piece
        raise
    yield piece


def longest_record(reading: Reading) -> int:
    """Return how many bytes the JSON of an article may have."""
    return ESCAPED_BYTES * reading.max_article_chars + OTHER_FIELDS_BYTES


def article_of_line(line: bytes, origin: str, reading: Reading) -> Article | UnreadableArticle:
    """Return the article of one line of bytes, or the reason why there is none."""
    try:
        decoded = decode(line)
        warnings = (decoded.warning,) if decoded.warning else ()
        fields = fields_of(object_of(decoded.text), reading.field_map)
        return make_article(
            fields, origin, reading, warnings=warnings, original_sha256=sha256_of(line.strip())
        )
    except Refused as refused:
        return refused.at(origin)


def object_of(line: str) -> dict[str, object]:
    """Return the JSON object of a line. Raises Refused (BAD_JSON)."""
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        detail = f"{error.msg} at character {error.pos}"
        raise Refused(UnreadableReason.BAD_JSON, detail) from None
    except RecursionError:
        raise too_deep("the record") from None
    except ValueError as error:  # a number of thousands of digits
        raise Refused(UnreadableReason.BAD_JSON, str(error)[:200]) from None
    if not isinstance(value, dict):
        raise Refused(UnreadableReason.BAD_JSON, f"{shown(value)} is not an object")
    return value
