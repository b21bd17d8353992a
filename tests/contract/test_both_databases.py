"""SQLite and PostgreSQL give the same answers, byte for byte, errors included."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from tests.client import Client
from tests.conftest import DATABASES, Templates
from tests.contract.generated import generated_url
from tests.contract.records import addresses
from tests.contract.test_reference import VALUES

if TYPE_CHECKING:
    from tests.contract.conftest import Route, Serve

# Requests of each route with parameters of its own. Raised when filters are added: with more names to draw
# from, as many requests meet fewer values that are refused, and what the test asks at least has to stay.
DRAWN = 5
FEWEST = 300
PAGES = 2
SAME = {"X-Request-ID": "same", "Accept-Encoding": "identity"}
OTHER_VALUES: dict[str, list[str]] = {
    "city": ["Springfield", "geonames:4930956", "bostn", "Beantown"],
    "speaker": ["Ana Ortega", "ana ortge", "nobody", "bioguide:O000001", "wikidata:Q0"],
    "party": ["democrat", ""],
    "cue": ["Said!", "?"],
    "min_confidence": ["0.75", "1.5", "nan"],
    "role_category": ["senator", "legislators"],
    "organization": ["BWA", "border work agency"],
    "q": ["sanctuary", "-permit quota", '"remark number" 1', "...", "naïve", "O'Brien"],
    "name": ["b", "Á", "harbor rights"],
    "published_from": ["2020", "2020-02-15", "2020-02-30"],
    "published_to": ["2021-06", "2022", "2019"],
    "limit": ["1", "7", "200", "0", "9223372036854775808"],
    "count": ["none", "exact", "all"],
    "has_match": ["all"],
    "city_match": ["all"],
}


def requests(client: Client, routes: "list[Route]") -> Iterator[str]:
    """Yield addresses: of every route and record, in every order, and with parameters drawn at random."""
    chosen = random.Random(3)  # noqa: S311 - the same requests every time
    for route in routes:
        if not route.path.startswith("/v1/") or route.template == "/v1/status":
            continue
        yield route.path
        for address in addresses(client, route):
            yield address
            yield from (f"{address}?sort={sort}&limit=3" for sort in route.sorts())
            known = {**VALUES, **{f"exclude_{name}": found for name, found in VALUES.items()}}
            known |= {name: known.get(name, []) + found for name, found in OTHER_VALUES.items()}
            names = [name for name in route.names() if name in known]
            for _ in range(DRAWN if names else 0):
                drawn = {name: chosen.choice(known[name]) for name in chosen.sample(names, 2)}
                yield f"{address}?{urlencode(drawn)}"


@contextmanager
def clients(serve: "Serve", templates: Templates) -> Iterator[list[Client]]:
    """Give a client of each kind of database."""
    with ExitStack() as stack:
        made = [Client(serve(generated_url(templates, kind)), follow_redirects=False) for kind in DATABASES]
        yield [stack.enter_context(client) for client in made]


@pytest.mark.takes_minutes
def test_every_answer_is_the_same(serve: "Serve", templates: Templates, routes: "list[Route]") -> None:
    statuses: Counter[int] = Counter()
    with clients(serve, templates) as (one, other):
        for address in dict.fromkeys(requests(one, routes)):
            following: str | None = address
            for _ in range(PAGES):
                if following is None:
                    break
                answers = [client.get(following, headers=SAME) for client in (one, other)]
                first, second = ((answer.status_code, answer.headers, answer.content) for answer in answers)
                assert first == second, following
                statuses[answers[0].status_code] += 1
                following = answers[0].json()["links"]["next"] if b'"links"' in answers[0].content else None
    assert statuses[200] > FEWEST, statuses
    assert statuses[422] > FEWEST / 10
    assert statuses[404] > len(routes) / 2
