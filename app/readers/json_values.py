"""JSON documents: an array of articles, an object that holds one somewhere, one article, or several in a row.

A document is cut into its articles while it is read, so that its size does not matter; each is then parsed
by itself, so that a broken one costs no other.
"""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.field_maps import shipped_maps
from app.readers.json_lines import article_of_line, longest_record
from app.readers.records import Reading
from app.readers.refusal import Refused, too_deep
from app.readers.streams import ByteStream, chunks_of

Path = tuple[str, ...]
Piece = tuple[int, bytes]
"""A kind and its bytes: a bracket or comma by its code, the end or a part of a string, or what is between."""

STRING_END, STRING_PART, OTHER = 0, 1, 2
DEEPEST = 500  # brackets in brackets; a parser gives up at about a thousand
LONGEST_KEY = 200  # bytes; no map names a longer one
OUTSIDE = re.compile(rb'["{}\[\],]')
# Up to the end of a string or of the chunk; an escape that the chunk cuts in two is left for the next one.
INSIDE = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
QUOTE, COMMA, OBJECT, ARRAY = b'",{['
OPENED_BY = {ord("}"): OBJECT, ord("]"): ARRAY}


def read_json_values(
    stream: ByteStream, origin: str, reading: Reading
) -> Iterator[Article | UnreadableArticle]:
    """Yield an answer for each article of a JSON document; `origin` gets its number, counted from 1."""
    number = 0
    paths = record_paths(reading.field_map.records if reading.field_map else ())
    values = values_of(chunks_of(stream), longest=longest_record(reading), paths=paths)
    try:
        for number, value in enumerate(values, start=1):
            where = f"{origin}:{number}"
            yield value.at(where) if isinstance(value, Refused) else article_of_line(value, where, reading)
    except Refused as refused:
        yield refused.at(f"{origin}:{number + 1}")


def record_paths(more: tuple[str, ...] = ()) -> frozenset[Path]:
    """Return where documents hold their articles: as the shipped maps say, and `more`."""
    return _shipped_paths() | {tuple(each.split(".")) for each in more}


@cache
def _shipped_paths() -> frozenset[Path]:
    return frozenset(tuple(each.split(".")) for known in shipped_maps().values() for each in known.records)


def values_of(chunks: Iterable[bytes], *, longest: int, paths: frozenset[Path]) -> Iterator[bytes | Refused]:
    """Yield the bytes of each record of a JSON document in UTF-8, or why one is left out.

    Records are the elements of an array at the top or at one of `paths`, the object at one of `paths`, and an
    object at the top that holds none. Raises Refused (BAD_JSON, BAD_STRUCTURE) where
    the document breaks.
    """
    cutter = _Cutter(longest, paths)
    for kind, data in _pieces(chunks):
        yield from cutter.take(kind, data)
    if cutter.opened or cutter.kept:
        raise Refused(UnreadableReason.BAD_JSON, "the document ends inside an object, array or string")


def _pieces(chunks: Iterable[bytes]) -> Iterator[Piece]:
    carried, in_string, first = b"", False, True
    for chunk in chunks:
        data = chunk.removeprefix(b"\xef\xbb\xbf") if first else carried + chunk
        first, carried, at = False, b"", 0
        while at < len(data):
            if not in_string:
                found = OUTSIDE.search(data, at)
                end = found.start() if found else len(data)
                if end > at:
                    yield OTHER, data[at:end]
                if found is None:
                    break
                in_string, start, at = data[end] == QUOTE, end, end + 1
                if not in_string:
                    yield data[end], data[end:at]
                    continue
            else:
                start = at
            inside = INSIDE.match(data, at)
            end = inside.end() if inside else at
            in_string = data[end : end + 1] != b'"'
            at = end if in_string else end + 1
            yield (STRING_PART if in_string else STRING_END), data[start:at]
            if in_string:
                carried = data[at:]
                break
    if carried or in_string:
        raise Refused(UnreadableReason.BAD_JSON, "the document ends inside a string")


class _Cutter:
    """Follows the brackets of a document and keeps the bytes of the record at hand, and of nothing else.

    `opened` are the open brackets; `keys` the key at which the document stands in each of them. `level` is
    how many brackets are around the record at hand. `passing` is true in what is left of an object whose
    articles were found.
    """

    def __init__(self, longest: int, paths: frozenset[Path]) -> None:
        self.longest, self.paths = longest, paths
        self.opened: list[int] = []
        self.keys: list[str] = []
        self.level = 0
        self.in_array = self.passing = self.too_long = self.expects_key = False
        self.kept, self.key = bytearray(), bytearray()

    def take(self, kind: int, data: bytes) -> Iterator[bytes | Refused]:
        """Take the next piece and yield the record that ends with it."""
        if kind in (OBJECT, ARRAY):
            self._open(kind, data)
        elif kind in OPENED_BY:
            yield from self._close(kind, data)
        elif kind == COMMA and len(self.opened) == self.level:
            if self.level and not (self.too_long or self.passing or self.kept.strip()):
                raise Refused(UnreadableReason.BAD_JSON, "a comma stands where an article should")
            yield from self._end()
        else:
            self._refuse_stray(data)
            self._follow_keys(kind, data)
            self._keep(data)

    def _open(self, kind: int, data: bytes) -> None:
        if len(self.opened) >= DEEPEST:
            raise too_deep("the document")
        found = not self.level and (tuple(self.keys) in self.paths or (kind == ARRAY and not self.opened))
        if found:
            self.kept.clear()
            self.in_array, self.too_long, self.passing = kind == ARRAY, False, False
            self.level = len(self.opened) + self.in_array
        self.opened.append(kind)
        self.keys.append("")
        self.expects_key = kind == OBJECT
        if not (found and self.in_array):
            self._keep(data)

    def _close(self, kind: int, data: bytes) -> Iterator[bytes | Refused]:
        if not self.opened or self.opened[-1] != OPENED_BY[kind]:
            raise Refused(UnreadableReason.BAD_JSON, f"{chr(kind)!r} closes nothing")
        ends_array = self.in_array and len(self.opened) == self.level
        if not ends_array:
            self._keep(data)
        self.opened.pop()
        self.keys.pop()
        if ends_array or (len(self.opened) == self.level and not self.in_array):
            yield from self._end()
            self.passing = bool(self.opened)
            self.level, self.in_array = 0, False

    def _end(self) -> Iterator[bytes | Refused]:
        value, too_long = bytes(self.kept.strip()), self.too_long
        self.kept.clear()
        self.too_long = False
        if too_long:
            detail = f"an article of the document has more than {self.longest} bytes"
            yield Refused(UnreadableReason.TOO_LONG, detail)
        elif value:
            yield value

    def _keep(self, data: bytes) -> None:
        if self.passing or self.too_long or not (self.opened or data.strip()):
            return
        self.kept += data
        if len(self.kept) > self.longest:
            self.too_long = True
            self.kept.clear()

    def _refuse_stray(self, data: bytes) -> None:
        if not self.opened and data.strip():
            raise Refused(UnreadableReason.BAD_JSON, "between objects and arrays stands something else")

    def _follow_keys(self, kind: int, data: bytes) -> None:
        """Read the keys on the way to the articles."""
        if kind == COMMA:
            self.expects_key = self.opened[-1] == OBJECT
        if not self.expects_key or self.level or kind not in (STRING_PART, STRING_END):
            return
        if len(self.key) <= LONGEST_KEY:
            self.key += data
        if kind == STRING_END:
            self.keys[-1] = _text_of(bytes(self.key))
            self.key.clear()
            self.expects_key = False


def _text_of(key: bytes) -> str:
    try:
        return str(json.loads(key))
    except ValueError:  # cut, or damaged: no key that a map names
        return ""
