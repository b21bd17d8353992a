"""When a site may be asked again: after the delay between requests, and not before it said so itself."""

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.fetching.errors import failed
from app.fetching.limits import LONGEST_WAIT

STEP_SECONDS = 0.2  # how soon a wait ends when the run is told to stop


class Pace:
    """Remembers for each site when its next request may go out.

    `clock` tells seconds from anywhere, `sleep` lets them pass; `stop` tells that the run is to end.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        stop: Callable[[], bool] = lambda: False,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._stop = stop
        self._next: dict[str, float] = {}

    def wait(self, site: str) -> None:
        """Wait until it is the site's turn. Raises NotFetched when that is too long, or the run is to end."""
        if self._left(site) > LONGEST_WAIT:
            raise failed(f"the site wants no request for the next {self._left(site):.0f} seconds")
        while (left := self._left(site)) > 0 and not self._stop():
            self._sleep(min(left, STEP_SECONDS))
        if self._stop():
            raise failed("the run was stopped before")

    def hold(self, site: str, seconds: float) -> None:
        """Let no request go to the site for so long from now."""
        self._next[site] = max(self._next.get(site, 0.0), self._clock() + seconds)

    def _left(self, site: str) -> float:
        return self._next.get(site, self._clock()) - self._clock()


def asked_to_wait(headers: Mapping[str, str], *, now: datetime | None = None) -> float | None:
    """Return how many seconds an answer asks us to wait (Retry-After), null when it says nothing."""
    given = headers.get("Retry-After", "").strip()
    if given.isascii() and given.isdigit():
        return float(given[:9])
    try:
        at = parsedate_to_datetime(given)
    except ValueError:
        return None
    aware = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (aware - (now or datetime.now(UTC))).total_seconds())
