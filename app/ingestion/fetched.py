"""Where fetching and reading meet: addresses as inputs of a run, and the links of feeds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from sqlalchemy import Engine

from app.db.migrations import SchemaState, schema_state
from app.db.sqlite_files import database_exists
from app.domain.article import Article, Precision, UnreadableArticle
from app.fetching.addresses import without_credentials
from app.fetching.errors import NotFetched
from app.fetching.fetcher import Fetched, Fetcher
from app.ingestion.patience import Patience
from app.readers.files import Answer, Remote
from app.readers.records import Follow, Reading
from app.readers.refusal import Refused
from app.readers.responses import PAGES, READABLE, article_of_response, read_response
from app.storage.stored_texts import has_whole_text

HasText = Callable[[Article], bool]
"""Tells whether the text of the article that a summary is of is there already."""


def at_address(url: str, fetcher: Fetcher) -> Remote:
    """Return an address as an input of a run: asked when the run comes to it."""
    return partial(_read_address, url, fetcher)


def fetched_already(fetched: Fetched, *, origin: str) -> Remote:
    """Return what came from an address as an input of a run."""
    return partial(_read, fetched, origin)


def following(fetcher: Fetcher, *, has_text: HasText) -> Follow:
    """Return what gives the article that the link of a feed's entry leads to.

    An entry whose text is stored is returned as it is, and changes nothing.
    """

    def follow(entry: Article, reading: Reading) -> Article | UnreadableArticle:
        return entry if has_text(entry) else _linked(entry, reading, fetcher)

    return follow


def stored_texts(engine: Engine, patience: Patience) -> HasText:
    """Return what looks for texts in a database, which may have no tables yet."""
    ready = False  # asked until it is: a run makes the tables before it reads, a dry run makes none

    def look(entry: Article) -> bool:
        nonlocal ready
        if not ready and not database_exists(engine.url):
            return False
        with engine.begin() as connection:
            ready = ready or schema_state(connection) is SchemaState.CURRENT
            return ready and has_whole_text(connection, entry)

    return lambda entry: patience.keep_trying(lambda: look(entry), engine)


def _read_address(url: str, fetcher: Fetcher, reading: Reading) -> Iterator[Answer]:
    origin = without_credentials(url)
    try:
        fetched = fetcher.fetch(url, media=READABLE)
    except NotFetched as error:
        yield UnreadableArticle(origin=origin, reason=error.reason, detail=error.detail)
    else:
        yield from _read(fetched, origin, reading)


def _read(fetched: Fetched, origin: str, reading: Reading) -> Iterator[Answer]:
    return read_response(
        fetched.body,
        origin=origin,
        url=fetched.url,
        media_type=fetched.media_type,
        charset=fetched.charset,
        reading=reading,
    )


def _linked(entry: Article, reading: Reading, fetcher: Fetcher) -> Article | UnreadableArticle:
    url = entry.url or ""
    origin = without_credentials(url)
    try:
        fetched = fetcher.fetch(url, media=PAGES)
        page = article_of_response(
            fetched.body, origin=origin, url=fetched.url, charset=fetched.charset, reading=reading
        )
    except (NotFetched, Refused) as error:
        return UnreadableArticle(origin=origin, reason=error.reason, detail=error.detail)
    return _of_entry(page, entry)


def _of_entry(page: Article, entry: Article) -> Article:
    """Return the page as the article that the feed announced: under the entry's address, so that the next
    reading of the feed finds it; what the page does not tell, the entry does.
    """
    exact = page.published_precision is Precision.INSTANT or entry.published_at is None
    dated = page if exact else entry
    return replace(
        page,
        key=entry.key,
        identity=entry.identity,
        url=entry.url,
        external_id=entry.external_id,
        title=page.title or entry.title,
        source=page.source or entry.source,
        source_url=page.source_url or entry.source_url,
        authors=page.authors or entry.authors,
        published_at=dated.published_at,
        published_precision=dated.published_precision,
    )
