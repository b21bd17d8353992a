"""An export of a corpus: articles with their annotations, and the records that they name."""

from collections.abc import Iterator

from app.domain.article import UnreadableArticle, UnreadableReason
from app.domain.corrections import Correction
from app.domain.exchange import Stored, StoredArticle
from app.readers.decoding import decode
from app.readers.identity import key_of
from app.readers.json_lines import longest_record, object_of
from app.readers.records import Reading, refuse_long, sha256_of
from app.readers.refusal import Refused
from app.readers.streams import ByteStream, lines_of
from app.schemas.exchange import BadLineError, of_line

ANNOTATED = 3  # times as many bytes as a record without annotations may have


def read_export(stream: ByteStream, origin: str, reading: Reading) -> Iterator[Stored | UnreadableArticle]:
    """Yield what each line holds; `origin` gets the line's number, counted from 1."""
    longest = ANNOTATED * longest_record(reading)
    number = 0
    try:
        for number, line in enumerate(lines_of(stream)(longest), start=1):
            where = f"{origin}:{number}"
            if len(line) > longest:
                detail = f"the line has more than {longest} bytes"
                yield Refused(UnreadableReason.TOO_LONG, detail).at(where)
            elif line.strip():
                yield from _of_line(line, where, reading)
    except Refused as refused:
        yield refused.at(f"{origin}:{number + 1}")


def _of_line(line: bytes, origin: str, reading: Reading) -> Iterator[Stored | UnreadableArticle]:
    try:
        found = of_line(object_of(decode(line).text), origin)
        if isinstance(found, StoredArticle):
            _check(found, reading)
        elif found is not None and isinstance(found.record, Correction):
            _check_correction(found.record)
    except BadLineError as error:
        yield Refused(UnreadableReason.BAD_FIELD, str(error)).at(origin)
    except Refused as refused:
        yield refused.at(origin)
    else:
        if found is not None:
            yield found


def _check(found: StoredArticle, reading: Reading) -> None:
    """Refuse an article whose text, identity or date was changed by hand to what cannot be."""
    article = found.article
    refuse_long(article.text, reading.max_article_chars)
    if sha256_of(article.text.encode("utf-8", "surrogatepass")) != article.text_sha256:
        raise Refused(UnreadableReason.BAD_FIELD, "'text_sha256' is not that of the text")
    if key_of(article.identity) != article.key:
        raise Refused(UnreadableReason.BAD_FIELD, "'key' is not that of the identity")
    if article.published_at is not None and article.published_at.tzinfo is None:
        raise Refused(UnreadableReason.BAD_FIELD, "'published_at' is in no time zone")


def _check_correction(correction: Correction) -> None:
    """Refuse a correction that was changed by hand: that is no decision of whom it names."""
    if correction.made_at.tzinfo is None:
        raise Refused(UnreadableReason.BAD_FIELD, "'made_at' is in no time zone")
    if correction.content_key() != correction.key:
        raise Refused(UnreadableReason.BAD_FIELD, "'key' is not that of what the correction says")
