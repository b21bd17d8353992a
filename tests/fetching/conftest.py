"""A web site on this machine and what fetches from it without waiting."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.fetching.web_site import Clock, MakeFetcher, Site, fetcher_for, serving


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({}) as served:
        yield served


@pytest.fixture
def fetcher(site: Site, clock: Clock) -> MakeFetcher:
    return partial(fetcher_for, site, clock)
