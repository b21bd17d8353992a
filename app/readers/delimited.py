"""CSV and its like: a header, then an article a row; a broken row never stops the file.

The rows are cut in bytes read as Latin-1, which keeps every byte, and each cell is decoded by itself.
"""

import csv
from collections import deque
from collections.abc import Iterator

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.decoding import decode
from app.readers.detection import delimiter_of
from app.readers.field_maps import fields_of, is_known_record
from app.readers.records import Reading, make_article, sha256_of
from app.readers.refusal import Refused
from app.readers.streams import ByteStream, lines_of

BYTES_A_CHARACTER = 8  # of a text in which every character is a quotation mark, written twice, in UTF-8
OTHER_CELLS_BYTES = 1 << 20
SHOWN_COLUMNS = 20


class TooLongError(csv.Error):
    """A row does not end within the bytes that an article may have."""


def read_delimited(
    stream: ByteStream, origin: str, reading: Reading
) -> Iterator[Article | UnreadableArticle]:
    """Yield an answer for each row that is not empty; `origin` gets the number of its first line.

    Raises Refused when the header tells nothing.
    """
    longest = BYTES_A_CHARACTER * reading.max_article_chars + OTHER_CELLS_BYTES
    csv.field_size_limit(max(csv.field_size_limit(), longest))  # the module has one limit for all
    rows = _Rows(lines_of(stream)(longest), longest)
    columns = rows.header()
    _refuse_unknown(columns, reading)
    try:
        while True:
            where = f"{origin}:{rows.number + 1}"
            row = rows.take()
            if row is None:
                return
            if isinstance(row, Refused):
                yield row.at(where)
            elif any(cell.strip() for cell in row[0]):
                yield _article(*row, columns, where, reading)
    except Refused as refused:
        yield refused.at(f"{origin}:{rows.number + 1}")


class _Rows:
    """The rows of a file; `number` counts the lines that are done with."""

    def __init__(self, lines: Iterator[bytes], longest: int) -> None:
        self.lines, self.longest = lines, longest
        self.again: deque[bytes] = deque()
        self.used: list[bytes] = []
        self.number = 0
        self.delimiter = ","

    def header(self) -> list[str]:
        """Return the names of the columns, and learn from their line what separates cells."""
        line = next(self.lines, b"").removeprefix(b"\xef\xbb\xbf")
        self.again.append(line)
        self.delimiter = delimiter_of(line.decode("latin-1"))
        row = self.take()
        if isinstance(row, Refused):
            raise row
        cells = row[0] if row else []
        return [decode(cell.encode("latin-1")).text.strip() for cell in cells]

    def take(self) -> tuple[list[str], bytes] | Refused | None:
        """Return the next row's cells and bytes, or why it has none; null at the end.

        Behind a quotation mark that is never closed the next line is taken for a row again.
        """
        self.used = []
        try:
            cells = next(csv.reader(self._feed(), delimiter=self.delimiter, strict=True), None)
        except csv.Error as error:
            self.again.extendleft(reversed(self.used[1:]))
            self.number += 1
            too_long = isinstance(error, TooLongError)
            reason = UnreadableReason.TOO_LONG if too_long else UnreadableReason.BAD_FIELD
            return Refused(reason, f"the row cannot be cut into cells: {error}")
        self.number += len(self.used)
        return None if cells is None else (cells, b"".join(self.used))

    def _feed(self) -> Iterator[str]:
        size = 0
        while line := self.again.popleft() if self.again else next(self.lines, b""):
            self.used.append(line)
            size += len(line)
            if size > self.longest:
                raise TooLongError(f"it does not end within {self.longest} bytes")
            yield line.decode("latin-1")


def _refuse_unknown(columns: list[str], reading: Reading) -> None:
    """Refuse a file whose header names no text once, and not each of its rows."""
    if columns and reading.field_map is None and not is_known_record(columns):
        found = ", ".join(columns[:SHOWN_COLUMNS])[:200]
        detail = f"the header names no `text`: say --map text=COLUMN; columns found: {found}"
        raise Refused(UnreadableReason.BAD_FIELD, detail)


def _article(
    cells: list[str], data: bytes, columns: list[str], origin: str, reading: Reading
) -> Article | UnreadableArticle:
    if any(cell.strip() for cell in cells[len(columns) :]):
        detail = f"the row has {len(cells)} cells, the header {len(columns)}"
        return Refused(UnreadableReason.BAD_FIELD, detail).at(origin)
    try:
        decoded = [decode(cell.encode("latin-1")) for cell in cells]
        warnings = tuple(dict.fromkeys(each.warning for each in decoded if each.warning))
        record = {name: each.text for name, each in zip(columns, decoded, strict=False) if each.text.strip()}
        fields = fields_of(record, reading.field_map)
        return make_article(fields, origin, reading, warnings=warnings, original_sha256=sha256_of(data))
    except Refused as refused:
        return refused.at(origin)
