"""WARC archives of web pages, as Common Crawl publishes them: read as a stream, one record at a time."""

from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from app.domain.article import Article, UnreadableArticle, UnreadableReason
from app.readers.http_bodies import decode_body
from app.readers.records import Reading
from app.readers.refusal import Refused, parser_failures
from app.readers.streams import ByteStream, read_some
from app.readers.web_pages import MOST_PAGE_BYTES, article_of_page

PAGES = ("text/html", "application/xhtml+xml")
FOUND = 200  # the status of a page that is what was asked for; others are errors and redirections
AROUND_ADDRESS = "<>"  # what some writers put around it


def read_web_archive(
    stream: ByteStream, origin: str, reading: Reading
) -> Iterator[Article | UnreadableArticle]:
    """Yield an answer for each HTML page among the responses; `origin` gets the record's number, from 1.

    Requests, redirections, errors, pictures and other records are passed over, but counted.
    """
    number = 0
    try:
        for number, record in enumerate(_records(stream), start=1):
            answer = _answer(record, f"{origin}:{number}", reading)
            if answer is not None:
                yield answer
    except Refused as refused:
        yield refused.at(f"{origin}:{number + 1}")


class _Source:
    """What the library reads from; it keeps what reading raised, since the library passes nothing on."""

    def __init__(self, stream: ByteStream) -> None:
        self.stream = stream
        self.refused: Refused | None = None
        self.position = 0

    def read(self, size: int = 1 << 16) -> bytes:
        """Return the next bytes; none after the stream broke."""
        if self.refused is not None:
            return b""
        try:
            data = read_some(self.stream, size)
        except Refused as refused:
            self.refused = refused
            return b""
        self.position += len(data)
        return data

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self.position

    def seek(self, offset: int, whence: int = 0) -> int:
        """Raise OSError: what is read comes from a stream."""
        raise OSError(f"the archive is a stream: it cannot go to {offset} ({whence})")

    def close(self) -> None:
        """Do nothing: whoever opened the stream closes it."""


def _records(stream: ByteStream) -> Iterator[WarcRecord]:
    """Yield all records. Raises Refused when the stream or the archive breaks."""
    source = _Source(stream)
    archive = None
    while True:
        with parser_failures("the archive"):
            # Bodies are decoded here: the library loses the records behind one in chunks that it decodes.
            archive = archive or iter(ArchiveIterator(source, parse_http=False, stream_detect=False))
            record = next(archive, None)
        if record is None:
            break
        yield record
    if source.refused is not None:
        raise source.refused


def _answer(record: WarcRecord, origin: str, reading: Reading) -> Article | UnreadableArticle | None:
    """Return the answer to a record, null for one that is no page."""
    try:
        with parser_failures("the response"):
            if record.record_type != WarcRecordType.response or not record.is_http:
                return None
            record.parse_http(auto_decode="none")
            if record.http_headers.status_code != FOUND or record.http_content_type not in PAGES:
                return None
            body = _body(record)
        url = (record.headers.get("WARC-Target-URI") or "").strip(AROUND_ADDRESS) or None
        return article_of_page(body, origin, reading, url=url, label=record.http_charset)
    except Refused as refused:
        return refused.at(origin)


def _body(record: WarcRecord) -> bytes:
    """Return the page of a response. Raises Refused."""
    length = record.content_length
    if length > MOST_PAGE_BYTES:
        raise Refused(
            UnreadableReason.TOO_LONG, f"the page has {length} bytes, at most {MOST_PAGE_BYTES} are read"
        )
    data = record.reader.read(length)
    if len(data) < length:
        raise Refused(
            UnreadableReason.UNREADABLE, f"the archive ends after {len(data)} of {length} bytes of the page"
        )
    body = decode_body(
        data,
        transfer=record.http_headers.get("Transfer-Encoding") or "",
        content=record.http_headers.get("Content-Encoding") or "",
        most=MOST_PAGE_BYTES,
    )
    if len(body) > MOST_PAGE_BYTES:
        raise Refused(UnreadableReason.TOO_LONG, f"the page has more than {MOST_PAGE_BYTES} bytes unpacked")
    return body
