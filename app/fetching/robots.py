"""What a site allows: its robots.txt (RFC 9309), asked for once and kept for a day."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from app.fetching.errors import NotFetched, failed, forbidden
from app.fetching.exchange import OK, Answer
from app.fetching.limits import PRODUCT

MOST_CHARS = 512_000  # RFC 9309, section 2.5: at least 500 kibibytes are to be read
KEPT_SECONDS = 86_400.0  # as above, section 2.4: no longer than a day
TROUBLE_KEPT_SECONDS = (
    300.0  # when there was no answer: so that a dead site is not asked for each of its pages
)
SERVER_ERRORS = 500


@dataclass(frozen=True, slots=True)
class _Known:
    until: float
    rules: Protego | None  # null when there was no answer
    trouble: str = ""


class Robots:
    """The rules of the sites met so far. `get` fetches an address without asking for rules."""

    def __init__(self, get: Callable[[str], Answer], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._get = get
        self._clock = clock
        self._known: dict[str, _Known] = {}

    def require(self, url: str, origin: str) -> float:
        """Return how many seconds the site wants between requests.

        `origin` is the scheme and site of `url`. Raises NotFetched: FETCH_REFUSED when the rules forbid the
        address, FETCH_FAILED when they cannot be read, which forbids everything for now.
        """
        known = self._known.get(origin)
        if known is None or known.until <= self._clock():
            known = self._known[origin] = self._learned(origin)
        if known.rules is None:
            raise failed(f"robots.txt of the site cannot be read: {known.trouble}")
        if not known.rules.can_fetch(url, PRODUCT):
            raise forbidden("robots.txt of the site does not allow it")
        return known.rules.crawl_delay(PRODUCT) or 0.0

    def _learned(self, origin: str) -> _Known:
        try:
            answer = self._get(f"{origin}/robots.txt")
        except NotFetched as error:
            return _Known(self._clock() + TROUBLE_KEPT_SECONDS, None, error.detail)
        if answer.status >= SERVER_ERRORS:
            detail = f"the server answered {answer.status}"
            return _Known(self._clock() + TROUBLE_KEPT_SECONDS, None, detail)
        text = answer.body.decode("utf-8", "replace") if answer.status == OK else ""
        return _Known(self._clock() + KEPT_SECONDS, Protego.parse(text[:MOST_CHARS]))
