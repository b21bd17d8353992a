"""Fetching an address politely: checked, allowed, in its turn, through redirections, with patience."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from urllib.parse import urljoin

from app.fetching.addresses import Resolve, Target, resolve_name, target_of
from app.fetching.errors import failed
from app.fetching.exchange import OK, Answer, ask, media_type
from app.fetching.limits import MOST_REDIRECTS, TRIES, Limits
from app.fetching.pacing import Pace, asked_to_wait
from app.fetching.robots import Robots

REDIRECTIONS = (301, 302, 303, 307, 308)
NOT_MODIFIED = 304
BUSY = (429, 503)
FIRST_WAIT = 2.0  # seconds after which a busy site is asked again, doubled each time; it may say otherwise
CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w:.-]{1,40})", re.IGNORECASE)
LONGEST_VALIDATOR = 1_000  # characters; a longer one is not kept
Permit = Callable[[Target], float]
"""Gives the seconds between requests to the target's site. Raises NotFetched when it must not be asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server calls the state of a resource, given back to it to learn whether that has changed."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came from an address: the unpacked body and what its headers say of it.

    `url` is where the redirections ended; `media_type` is empty and `charset` null when they are not told.
    """

    url: str
    media_type: str
    charset: str | None
    body: bytes
    validators: Validators


class Fetcher:
    """Fetches addresses for one run or one watch; remembers the rules and the turns of the sites it met."""

    def __init__(self, limits: Limits, *, pace: Pace | None = None, resolve: Resolve = resolve_name) -> None:
        self._limits = limits
        self._pace = pace or Pace()
        self._resolve = resolve
        self._robots = Robots(self._rules)

    def fetch(self, url: str, *, media: Collection[str]) -> Fetched:
        """Return what is at `url`, when its content type is one of `media`. Raises NotFetched."""
        return self._fetched(*self._followed(url, permit=self._permitted, media=media))

    def fetch_if_changed(self, url: str, *, media: Collection[str], known: Validators) -> Fetched | None:
        """Return what is at `url`, null when it is still what `known` tells. Raises NotFetched."""
        given = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        fields = {name: value for name, value in given.items() if value}
        at, answer = self._followed(url, permit=self._permitted, media=media, fields=fields)
        return None if fields and answer.status == NOT_MODIFIED else self._fetched(at, answer)

    def _rules(self, url: str) -> Answer:
        """Get a robots.txt: no other rules hold for it."""
        _, answer = self._followed(url, permit=lambda _: 0.0, media=None)
        return answer

    def _permitted(self, target: Target) -> float:
        return self._robots.require(target.url, target.origin)

    def _fetched(self, at: str, answer: Answer) -> Fetched:
        if answer.status != OK:
            raise failed(f"the server answered {_status(answer.status)}")
        charset = CHARSET.search(answer.headers.get("Content-Type", ""))
        return Fetched(
            url=at,
            media_type=media_type(answer.headers),
            charset=charset[1] if charset else None,
            body=answer.body,
            validators=Validators(
                etag=_kept(answer.headers.get("ETag")),
                last_modified=_kept(answer.headers.get("Last-Modified")),
            ),
        )

    def _followed(
        self,
        url: str,
        *,
        permit: Permit,
        media: Collection[str] | None,
        fields: Mapping[str, str] | None = None,
    ) -> tuple[str, Answer]:
        """Return where the redirections from `url` end and what is answered there; each is checked anew."""
        for _ in range(MOST_REDIRECTS + 1):
            target = target_of(url, limits=self._limits, resolve=self._resolve)
            delay = max(self._limits.delay_seconds, permit(target))

            request = partial(ask, target, limits=self._limits, media=media, fields=fields)
            answer = self._patiently(request, target.site, delay)
            where = answer.headers.get("Location")
            if answer.status not in REDIRECTIONS or not where:
                return target.url, answer
            url = urljoin(target.url, where)
        raise failed(f"it was redirected more than {MOST_REDIRECTS} times")

    def _patiently(self, request: Callable[[], Answer], site: str, delay: float) -> Answer:
        """Ask in the site's turn, and again when it is busy, when it says or after a growing wait."""
        for tried in range(TRIES):
            self._pace.wait(site)
            try:
                answer = request()
            finally:
                self._pace.hold(site, delay)
            if answer.status not in BUSY:
                return answer
            asked = asked_to_wait(answer.headers)
            self._pace.hold(site, FIRST_WAIT * 2**tried if asked is None else asked)
        raise failed(f"the server answered {_status(answer.status)} {TRIES} times")


def _status(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _kept(validator: str | None) -> str | None:
    """Return a validator that can be stored and sent back."""
    whole = validator and len(validator) <= LONGEST_VALIDATOR and validator.isprintable()
    return validator if whole else None
