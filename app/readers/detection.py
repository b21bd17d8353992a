"""Which format an input is in: told by its first bytes and its name, or by whoever runs the job.

Bytes that leave no doubt decide; a name that says something else is a contradiction, and neither is guessed.
"""

import csv
import json
import re
from functools import cache
from pathlib import PurePath

from app.domain.article import UnreadableReason
from app.readers.decoding import UTF16_MARKS
from app.readers.field_maps import is_known_record, shipped_maps
from app.readers.formats import Format
from app.readers.refusal import Refused

HEAD_BYTES = 1 << 14  # the first element of a page may stand behind a long comment


NAMED = {
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".warc": Format.WARC,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".rdf": Format.FEED,
    ".xml": Format.FEED,
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".json": Format.JSON,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
}
PACKED_NAMES = (".gz", ".zst", ".zstd")
# Names of what would pass for plain text and is none.
NO_ARTICLES = (".css", ".eml", ".ini", ".js", ".log", ".mbox", ".py", ".rtf", ".svg", ".yaml", ".yml")
MARKS = {b"WARC/": Format.WARC, b"PAR1": Format.PARQUET, b'{"dateline_export"': Format.EXPORT}
UNSUPPORTED_MARKS = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "a zip archive or office document",
    b"{\\rtf": "RTF",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
}
# What may stand before the first element: comments, the XML declaration, a document type that is not HTML's.
PROLOGUE = re.compile(
    r"(?:\s++|<!--.*?-->|<\?.*?\?>|<!doctype(?!\s+html\b)[^>\[]*+(?:\[.*?\]\s*+)?>)*+",
    re.DOTALL | re.IGNORECASE,
)
FIRST_ELEMENT = re.compile(r"<(!doctype\s+html\b|[a-z][\w:.-]*)", re.IGNORECASE)
FEED_ELEMENTS = ("rss", "feed", "rdf:rdf", "atom:feed")
JSON_FEED = re.compile(r'\{.*?"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org', re.DOTALL)
JSON_ARRAY = re.compile(r"\[\s*[{\]]")
# A JSON Feed is JSON too, an export JSON Lines; a browser saves pages in XML's notation under both names.
AGREE = frozenset({(Format.JSON, Format.FEED), (Format.JSONL, Format.EXPORT)})
DELIMITERS = ",;\t|"


def format_of(name: str, head: bytes) -> Format:
    """Return the format of an input by its name and first bytes (unpacked). Raises Refused (UNSUPPORTED)."""
    bare = _bare_name(name)
    text = _as_text(head)
    told, named = _told_by(text, head), NAMED.get(PurePath(bare).suffix)
    if told is not None:
        if named in (None, told) or (named, told) in AGREE:
            return told
        raise _contradiction(bare, f"holds {told}")
    if named is not None:
        _refuse_unlike(named, bare, text)
        return named
    if bare.endswith(NO_ARTICLES):
        raise _unsupported(f"a {PurePath(bare).suffix} file")
    return _guess(text)


def _bare_name(name: str) -> str:
    bare = name.casefold()
    for packed in PACKED_NAMES:
        bare = bare.removesuffix(packed)
    return bare


def _as_text(head: bytes) -> str:
    """Return the first characters, good enough to know marks in."""
    if head.startswith(UTF16_MARKS):
        return head.decode("utf-16", errors="ignore").lstrip()
    return head.decode("latin-1").removeprefix("\xef\xbb\xbf").lstrip()


def _told_by(text: str, head: bytes) -> Format | None:
    """Return the format that the bytes leave no doubt of."""
    for mark, kind in UNSUPPORTED_MARKS.items():
        if head.lstrip().startswith(mark):
            raise _unsupported(kind)
    for mark, known in MARKS.items():
        if head.startswith(mark):
            return known
    prologue = PROLOGUE.match(text)
    first = FIRST_ELEMENT.match(text, prologue.end() if prologue else 0)
    element = first[1].lower() if first else ""
    if element == "html" or element.startswith("!doctype"):
        return Format.HTML
    if element in FEED_ELEMENTS:
        return Format.FEED
    if text[:5].lower() == "<?xml":
        raise _unsupported(
            f"XML with the root {element!r}, which is no feed," if element else "XML that is no feed"
        )
    return Format.FEED if JSON_FEED.match(text) else None


def _refuse_unlike(named: Format, name: str, text: str) -> None:
    """Refuse an input whose first character its format cannot begin with."""
    suffix = PurePath(name).suffix
    if named in (Format.WARC, Format.PARQUET) and text:
        raise _contradiction(name, f"does not begin as {named} does")
    if suffix in (".rss", ".atom", ".rdf", ".xml") and text:
        raise _contradiction(name, "holds no feed")
    if named is Format.JSONL and JSON_ARRAY.match(text):
        raise _contradiction(name, "holds a JSON array")
    if named is Format.JSON and text and text[0] not in "[{":
        raise _contradiction(name, "begins with no JSON object or array")


def _guess(text: str) -> Format:
    """Return the format of an input whose name tells nothing."""
    if text.startswith("{"):
        first, _, rest = text.partition("\n")
        if _envelope().match(text):
            return Format.JSON
        return Format.JSON if rest and not _is_json(first) else Format.JSONL
    if JSON_ARRAY.match(text):
        return Format.JSON
    return Format.CSV if _has_header(text) else Format.TEXT


@cache
def _envelope() -> re.Pattern[str]:
    """Return what a service's answer begins with: plain values, then the key that holds its articles."""
    keys = {place.partition(".")[0] for known in shipped_maps().values() for place in known.records}
    names = "|".join(map(re.escape, sorted(keys)))
    value = r'(?:"(?:[^"\\]++|\\.)*+"|[\w.+-]++)'
    pair = rf'"[^"\\]*+"\s*+:\s*+{value}\s*+,\s*+'
    return re.compile(rf'\{{\s*+(?:{pair})*+"(?:{names})"\s*:\s*[\[{{]')


def _is_json(line: str) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _has_header(text: str) -> bool:
    """Tell whether the first line names the columns of articles."""
    line = text.partition("\n")[0].rstrip("\r")
    try:
        cells = next(csv.reader([line], delimiter=delimiter_of(line)), [])
    except csv.Error:  # a carriage return within the line
        return False
    return len(cells) > 1 and is_known_record(cells)


def delimiter_of(line: str) -> str:
    """Return what separates the cells of a header: the one of `,;` tab `|` that is met most often."""
    return max(DELIMITERS, key=line.count)


def _contradiction(name: str, content: str) -> Refused:
    suffix = PurePath(name).suffix
    detail = f"the file is named {suffix} and {content}: rename it, or say --format"
    return Refused(UnreadableReason.UNSUPPORTED, detail)


def _unsupported(kind: str) -> Refused:
    return Refused(UnreadableReason.UNSUPPORTED, f"{kind} cannot be read; `--format` names what can be")
