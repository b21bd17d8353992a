"""HTML pages, one article a page: text, title, authors, date, outlet and address, found by trafilatura."""

import logging
import re
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document

from app.domain.article import Article, UnreadableReason
from app.readers.decoding import decode_labelled
from app.readers.markup import Tags, parse_html, text_of_tree
from app.readers.normalise import normalise_line
from app.readers.page_dates import published_on
from app.readers.records import Reading, make_article, sha256_of
from app.readers.refusal import Refused, parser_failures
from app.readers.related_lines import without_related_lines
from app.readers.streams import ByteStream, read_whole

MOST_PAGE_BYTES = 10_000_000  # news pages have less than one; the tree of a page takes fifty times as much
MOST_ELEMENTS = 50_000  # news pages have up to ten thousand; the work on a page grows faster than they do
HEAD_BYTES = 2048  # in which a page has to name its encoding, and some more
LABEL = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})", re.IGNORECASE)
# Trafilatura's tree of an article.
TAGS = Tags(
    blocks=frozenset({"body", "p", "head", "quote", "list", "item", "code", "main"}),
    breaks=frozenset({"lb"}),
    skipped=frozenset({"graphic", "table", "del", "comments"}),
)
for library in ("trafilatura", "htmldate", "courlan"):
    logging.getLogger(library).setLevel(
        logging.CRITICAL
    )  # the reason of a refusal says it, with the file's name


def read_web_page(stream: ByteStream, origin: str, reading: Reading) -> Iterator[Article]:
    """Yield the article of one page. Raises Refused."""
    yield article_of_page(read_whole(stream, MOST_PAGE_BYTES), origin, reading)


def article_of_page(
    data: bytes, origin: str, reading: Reading, *, url: str | None = None, label: str | None = None
) -> Article:
    """Return the article of a page that was fetched from `url` with `label` as its declared encoding.

    Raises Refused: EMPTY when no text of an article is found in it.
    """
    found = LABEL.search(data, 0, HEAD_BYTES)
    decoded = decode_labelled(data, label or (found[1].decode("ascii", "ignore") if found else None))
    with parser_failures("the page"):
        tree = parse_html(decoded.text)
        if tree is not None and next(islice(tree.iter(), MOST_ELEMENTS, None), None) is not None:
            raise Refused(UnreadableReason.TOO_LONG, f"the page has more than {MOST_ELEMENTS} elements")
        fields = {} if tree is None else _fields(tree, url, reading.now)
    warnings = (decoded.warning,) if decoded.warning else ()
    if not fields.get("text"):
        raise Refused(UnreadableReason.EMPTY, "no text of an article was found in the page")
    return make_article(fields, origin, reading, warnings=warnings, original_sha256=sha256_of(data))


def _fields(tree: etree._Element, url: str | None, now: datetime) -> dict[str, object]:
    published = published_on(tree, url=url, now=now)
    document = bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        # It looks for a date too, which is not asked for: page_dates says why.
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if not isinstance(document, Document) or document.body is None:
        return {}
    title = normalise_line(document.title or "") or None
    return {
        "text": _text(document, title),
        "title": title,
        "authors": document.author,
        "source": document.sitename,
        "url": _address(document.url, url),
        "published_at": published,
    }


def _text(document: Document, title: str | None) -> str:
    """Return the paragraphs, without the title, which stands in a field of its own."""
    text = without_related_lines(text_of_tree(document.body, TAGS))
    first, _, rest = text.partition("\n\n")
    return rest if title and rest and normalise_line(first) == title else text


def _address(found: str | None, known: str | None) -> str | None:
    """Return the canonical address, unless a page calls its outlet's front page that, as some do for all."""
    if not found or (known and not urlsplit(found).path.strip("/") and urlsplit(known).path.strip("/")):
        return known
    return found
