"""A web site on this machine and what fetches from it without waiting."""

from collections.abc import Callable, Iterator

import pytest

from app.fetching.fetcher import Fetcher
from app.fetching.limits import Limits
from app.fetching.pacing import Pace
from tests.fetching.web_site import Site, serving

MakeFetcher = Callable[..., Fetcher]


class Clock:
    """A clock that stands still until somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    @property
    def waited(self) -> float:
        return round(sum(self.slept), 3)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({}) as served:
        yield served


@pytest.fixture
def fetcher(site: Site, clock: Clock) -> MakeFetcher:
    """Give what makes a fetcher that may ask the site; options are those of `Limits`, and `resolve`."""

    def made(*, resolve: Callable[[str, int], list[str]] | None = None, **options: object) -> Fetcher:
        given: dict[str, object] = {
            "contact": "desk@herald.example",
            "version": "1.2.3",
            "ports": frozenset({site.port}),
            "private_open": True,
        } | options
        limits = Limits(**given)  # type: ignore[arg-type] # options as a test names them
        pace = Pace(clock=clock, sleep=clock.sleep)
        return Fetcher(limits, pace=pace, **({"resolve": resolve} if resolve else {}))

    return made
