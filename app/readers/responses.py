"""What came over HTTP to articles: the reader is chosen by what was sent and by what it is called."""

import io
from collections.abc import Iterator
from urllib.parse import urlsplit

from app.domain.article import Article, UnreadableReason
from app.readers.detection import HEAD_BYTES, format_of
from app.readers.files import Answer, reader_of
from app.readers.formats import Format
from app.readers.records import Reading
from app.readers.refusal import Refused

PAGES = frozenset({"text/html", "application/xhtml+xml"})
# With the ending of a file's name that says the same; empty where the bytes tell.
ENDINGS = {
    "application/rss+xml": "",
    "application/atom+xml": "",
    "application/rdf+xml": "",
    "application/xml": "",
    "text/xml": "",
    "application/feed+json": ".json",
    "application/json": ".json",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/markdown": ".md",
}
BY_ITS_NAME = frozenset({"text/plain", ""})  # the address tells more
READABLE = PAGES | ENDINGS.keys() | BY_ITS_NAME
"""The content types of what can be read."""


def read_response(
    body: bytes, *, origin: str, url: str, media_type: str, charset: str | None, reading: Reading
) -> Iterator[Answer]:
    """Yield an answer for every article in what `url` sent; `charset` counts for pages.

    `media_type` is one of READABLE, `origin` the address as it was given. An export is refused: what it says
    of speakers and statements is believed, so that it has to come from a file of whoever runs the job.
    """
    try:
        chosen = _taken(reading.format or _format(body[:HEAD_BYTES], url, media_type))
        if chosen is Format.HTML:
            yield article_of_response(body, origin=origin, url=url, charset=charset, reading=reading)
        else:
            yield from reader_of(chosen)(io.BufferedReader(io.BytesIO(body)), origin, reading)
    except Refused as refused:
        yield refused.at(origin)


def article_of_response(
    body: bytes, *, origin: str, url: str, charset: str | None, reading: Reading
) -> Article:
    """Return the article of a page that `url` sent. Raises Refused."""
    from app.readers.web_pages import article_of_page  # noqa: PLC0415 - loads trafilatura

    return article_of_page(body, origin, reading, url=url, label=charset)


def _taken(chosen: Format) -> Format:
    if chosen is Format.EXPORT:
        raise Refused(UnreadableReason.UNSUPPORTED, "an export is taken in from a file only: download it")
    return chosen


def _format(head: bytes, url: str, media_type: str) -> Format:
    if media_type in PAGES:
        # Many servers call a feed a page.
        return Format.FEED if format_of("", head) is Format.FEED else Format.HTML
    named = urlsplit(url).path if media_type in BY_ITS_NAME else f"response{ENDINGS[media_type]}"
    return format_of(named, head)
