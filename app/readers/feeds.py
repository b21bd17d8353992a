"""RSS, Atom and JSON Feed: an article an entry; an entry that has a summary only gives that, marked."""

import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import feedparser

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.bylines import names_of_byline
from app.readers.decoding import decode
from app.readers.field_maps import FieldMap, fields_of
from app.readers.markup import text_of_markup
from app.readers.records import Reading, make_article, sha256_of
from app.readers.refusal import Refused, parser_failures
from app.readers.streams import ByteStream, read_whole

MOST_FEED_BYTES = 10_000_000  # outlets' feeds have less than one
MOST_ELEMENTS = 100_000  # outlets' feeds have some thousand; a thousand take 45 ms
# Declarations of entities: a feed needs none, and a few lines of them unfold to gigabytes.
ENTITY = re.compile(rb"<!ENTITY|<\0!\0E\0N\0T\0I\0T\0Y|\0<\0!\0E\0N\0T\0I\0T\0Y", re.IGNORECASE)
# The parser seeks an address in who wrote an entry, in the square of the time of its length.
AUTHOR = re.compile(
    rb"<(/?)(?:[\w-]+:)?(?:author|creator|publisher|managingeditor|webmaster)\b[^<>]*", re.IGNORECASE
)
LONGEST_AUTHOR = 10_000  # bytes between the tags around one
HARMLESS = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
JSON_ITEM = FieldMap(
    name="JSON Feed",
    fields={
        "text": ("content_text",),
        "html": ("content_html",),
        "url": ("url", "external_url"),
        "byline": ("authors.name", "author.name"),
        "published_at": ("date_published",),
    },
)
Entry = Mapping[str, object]


def read_feed(stream: ByteStream, origin: str, reading: Reading) -> Iterator[Article | UnreadableArticle]:
    """Yield an answer for each entry; `origin` gets its number, counted from 1. Raises Refused."""
    data = read_whole(stream, MOST_FEED_BYTES)
    bare = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    entries = _of_json(data) if bare.startswith(b"{") else _of_xml(data)
    digest = sha256_of(data)
    for number, (fields_of_entry, warnings) in enumerate(entries, start=1):
        where = f"{origin}:{number}"
        try:
            fields = fields_of_entry()
            make = partial(
                make_article, origin=where, reading=reading, warnings=warnings, original_sha256=digest
            )
            yield from _answers(fields, make, reading)
        except Refused as refused:
            yield refused.at(where)


def _answers(
    fields: dict[str, object], make: Callable[[dict[str, object]], Article], reading: Reading
) -> Iterator[Article | UnreadableArticle]:
    """Yield the article of an entry, or that of its link when it has no text and links are followed.

    A link that leads to none is an answer of its own, beside the summary.
    """
    summary = fields.get("summary")
    if reading.follow is None:
        yield make(fields)
        return
    entry = make({**fields, "summary": summary or fields.get("title")})
    if not entry.summary_only or entry.url is None:
        yield make(fields)
        return
    linked = reading.follow(entry, reading)
    yield linked
    if isinstance(linked, UnreadableArticle) and summary:
        yield entry


Read = Iterator[tuple[Callable[[], dict[str, object]], tuple[str, ...]]]
"""What gives the fields of an entry or raises Refused, and what was wrong with the entry."""


def _of_json(data: bytes) -> Read:
    decoded = decode(data)
    with parser_failures("the feed", UnreadableReason.BAD_JSON):
        feed = json.loads(decoded.text)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise Refused(UnreadableReason.BAD_JSON, "the feed has no list of `items`")
    warnings = (decoded.warning,) if decoded.warning else ()
    whole = {"source": feed.get("title"), "source_url": feed.get("home_page_url")}
    for item in items:
        yield partial(_item_fields, item, whole), warnings


def _item_fields(item: object, whole: dict[str, object]) -> dict[str, object]:
    return (fields_of(item, JSON_ITEM) if isinstance(item, dict) else {}) | whole


def _of_xml(data: bytes) -> Read:
    if ENTITY.search(data):
        raise Refused(UnreadableReason.UNSUPPORTED, "the feed declares entities of its own")
    if data.count(b"<") > 2 * MOST_ELEMENTS:
        raise Refused(UnreadableReason.TOO_LONG, f"the feed has more than {MOST_ELEMENTS} elements")
    if _longest_author(data.replace(b"\0", b"")) > LONGEST_AUTHOR:  # UTF-16 has a NUL beside each letter
        raise Refused(
            UnreadableReason.BAD_FIELD, "the name of who wrote an entry is longer than a name can be"
        )
    with parser_failures("the feed"):
        feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    damage = feed.get("bozo_exception")
    if isinstance(damage, HARMLESS):
        damage = None
    if damage is not None and not feed.entries:
        raise Refused(
            UnreadableReason.UNREADABLE, f"the feed cannot be read: {' '.join(str(damage).split())[:200]}"
        )
    if not feed.entries and not feed.get("version"):
        raise Refused(UnreadableReason.UNSUPPORTED, "the file is no RSS or Atom feed")
    for entry in feed.entries:
        last = entry is feed.entries[-1]
        warning = f"the feed is damaged, the entry may be cut: {' '.join(str(damage).split())[:200]}"
        yield partial(_fields, entry, feed.feed), (warning,) if damage is not None and last else ()


def _longest_author(data: bytes) -> int:
    """Return how many bytes stand in the longest element that tells who wrote."""
    longest, begin = 0, None
    for tag in AUTHOR.finditer(data):
        if begin is not None:
            longest = max(longest, tag.start() - begin)
        begin = None if tag[1] or tag[0].endswith(b"/") else tag.end()
    return longest if begin is None else max(longest, len(data) - begin)


def _fields(entry: Entry, feed: Entry) -> dict[str, object]:
    own = entry.get("source")
    outlet = own if isinstance(own, Mapping) and own.get("title") else feed
    return {
        "id": entry.get("id"),
        "url": entry.get("feedburner_origlink") or entry.get("link"),
        "title": _plain(entry.get("title")),
        "text": _content(entry),
        "summary": _plain(entry.get("summary")),
        "authors": _authors(entry),
        "published_at": entry.get("published") or entry.get("updated"),
        "source": _plain(outlet.get("title")),
        "source_url": outlet.get("link") or outlet.get("href"),
    }


def _content(entry: Entry) -> str | None:
    """Return the longest of the entry's contents: a feed may have one for each language or medium."""
    contents = entry.get("content")
    values = [str(each.get("value") or "") for each in contents] if isinstance(contents, list) else []
    return _plain(max(values, key=len, default=""))


def _authors(entry: Entry) -> object:
    authors = entry.get("authors")
    names = [each.get("name") for each in authors] if isinstance(authors, list) else [entry.get("author")]
    return names_of_byline([name for name in names if isinstance(name, str)])


def _plain(given: object) -> str | None:
    return text_of_markup(given) if isinstance(given, str) and given.strip() else None
