"""A watched address: asked whether it has changed, and more and more seldom while it gives nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from app.domain.article import UnreadableArticle
from app.fetching.addresses import without_credentials
from app.fetching.errors import NotFetched
from app.fetching.fetcher import Fetched, Fetcher, Validators
from app.ingestion.fetched import fetched_already
from app.readers.files import Remote
from app.readers.records import Reading, sha256_of
from app.readers.responses import READABLE
from app.storage.watched import Watched

LONGEST_REST = timedelta(hours=6)
MOST_DOUBLINGS = 20  # of the time between two rounds: it is longer than the longest rest by then


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """What asking gave: an input for the run, null when there is nothing new, and what is to be kept."""

    remote: Remote | None
    watched: Watched


def poll(url: str, known: Watched | None, fetcher: Fetcher, *, now: datetime, every: float) -> Polled:
    """Ask an address, unless it is to rest. One that gives nothing is an input that is refused.

    `every` is the time between two rounds, in seconds.
    """
    before = known or Watched(origin=watched_address(url))
    if before.next_at is not None and now < before.next_at:
        return Polled(remote=None, watched=before)
    validators = Validators(etag=before.etag, last_modified=before.last_modified)
    try:
        fetched = fetcher.fetch_if_changed(url, media=READABLE, known=validators)
    except NotFetched as error:
        return Polled(remote=partial(_refused, before.origin, error), watched=_resting(before, now, every))
    if fetched is None:
        return Polled(remote=None, watched=replace(before, failures=0, next_at=None))
    after = _as_fetched(before.origin, fetched)
    same = after.version == before.version
    return Polled(remote=None if same else fetched_already(fetched, origin=before.origin), watched=after)


def watched_address(url: str) -> str:
    """Return the origin under which an address is known."""
    return without_credentials(url)


def _resting(before: Watched, now: datetime, every: float) -> Watched:
    """Double the time until the address is asked again."""
    failures = before.failures + 1
    rest = min(timedelta(seconds=every) * 2 ** min(failures, MOST_DOUBLINGS), LONGEST_REST)
    return replace(before, failures=failures, next_at=now + rest)


def _as_fetched(origin: str, fetched: Fetched) -> Watched:
    return Watched(
        origin=origin,
        version=sha256_of(fetched.body),
        etag=fetched.validators.etag,
        last_modified=fetched.validators.last_modified,
    )


def _refused(origin: str, error: NotFetched, _reading: Reading) -> Iterator[UnreadableArticle]:
    yield UnreadableArticle(origin=origin, reason=error.reason, detail=error.detail)
