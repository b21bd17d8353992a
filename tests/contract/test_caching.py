"""What browsers and caches may keep, and what a client that has an answer already costs: on every route."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from httpx2 import Response

from app.db.engine import writing_engine
from app.storage.revision import raise_revision
from tests.client import Client
from tests.contract.records import addresses
from tests.counting import counted

if TYPE_CHECKING:
    from tests.contract.conftest import Route, Serve

LIVE = {"/healthz", "/readyz", "/v1/status"}  # how things stand at this moment
REDIRECTS = {"/"}
PLAIN = {"Accept-Encoding": "identity"}
NEVER = '"of-no-answer"'
ONLY_WITH_A_BODY = {"content-length", "link"}
"""Headers that HEAD leaves out where telling them would cost what GET costs (RFC 9110, 9.3.2)."""


def address_of(client: Client, route: "Route") -> str:
    if route.template == "/docs/assets/{name}":
        return "/docs/assets/favicon.png"
    return addresses(client, route)[0]


def cacheable(client: Client, routes: "list[Route]") -> list[tuple[str, Response]]:
    """Return address and answer of every route that browsers may keep."""
    found = []
    for route in routes:
        if route.template not in LIVE | REDIRECTS:
            address = address_of(client, route)
            answer = client.get(address, headers=PLAIN)
            assert answer.status_code == 200, address
            found.append((address, answer))
    assert len(found) > len(routes) - 5
    return found


def queries(client: Client, method: str, address: str, **headers: str) -> tuple[Response, int]:
    assert isinstance(client.app, FastAPI)
    with counted(client.app) as executed:
        answer = client.request(method, address, headers={**PLAIN, **headers})
    return answer, len(executed)


def revision_row(address: str) -> int:
    """Return how many rows tell the state of an answer: one of the database, none of what is fixed."""
    return int(address.startswith("/v1/"))


def test_every_answer_says_whether_it_may_be_kept(corpus: Client, routes: "list[Route]") -> None:
    for route in routes:
        answer = corpus.get(address_of(corpus, route), headers=PLAIN)
        if route.template in LIVE:
            assert answer.headers["cache-control"] == "no-store", route.template
            assert "etag" not in answer.headers
        else:
            seconds = 60 if route.template.startswith("/v1/") else 3600
            assert answer.headers["cache-control"] == f"public, max-age={seconds}", route.template
            assert answer.headers["vary"].split(", ").count("Accept-Encoding") == 1
            assert ("etag" in answer.headers) == (route.template not in REDIRECTS)


def test_who_has_the_answer_costs_one_row(corpus: Client, routes: "list[Route]") -> None:
    for address, first in cacheable(corpus, routes):
        tag = first.headers["etag"]
        opaque = tag.removeprefix("W/")
        for asked in (tag, opaque, f"W/{opaque}", f'{NEVER}, W/"x" ,{tag}'):
            again, cost = queries(corpus, "GET", address, **{"If-None-Match": asked})
            assert (again.status_code, again.content) == (304, b""), (address, asked)
            assert cost == revision_row(address), address
            for name in ("etag", "cache-control", "vary"):
                assert again.headers[name] == first.headers[name], (address, name)
            assert "content-type" not in again.headers
        other, _ = queries(corpus, "GET", address, **{"If-None-Match": f'{NEVER}, {tag[:-1]}x"'})
        assert (other.status_code, other.content) == (200, first.content), address


@pytest.mark.parametrize("coding", ["gzip", "zstd", "identity"])
def test_an_answer_has_one_tag_whether_it_is_sent_or_not(
    corpus: Client, routes: "list[Route]", coding: str
) -> None:
    """Else a cache that asks whether its compressed copy still holds would think that it does not."""
    for address, plain in cacheable(corpus, routes):
        headers = {"Accept-Encoding": coding}
        got, head = (corpus.request(method, address, headers=headers) for method in ("GET", "HEAD"))
        again = corpus.get(address, headers={**headers, "If-None-Match": got.headers["etag"]})
        assert (got.content, again.status_code) == (plain.content, 304), address
        assert head.headers["etag"] == again.headers["etag"] == got.headers["etag"], address


def test_anything_will_do(corpus: Client, routes: "list[Route]") -> None:
    for address, first in cacheable(corpus, routes):
        answer, cost = queries(corpus, "GET", address, **{"If-None-Match": "*"})
        assert (answer.status_code, answer.content) == (304, b""), address
        assert answer.headers["etag"] == first.headers["etag"]
        assert cost <= 2 * revision_row(address)  # the record of the path has to be there


def test_dates_tell_as_well(corpus: Client, routes: "list[Route]") -> None:
    time.sleep(1)  # a younger state has no date
    for address, first in cacheable(corpus, routes):
        if not address.startswith("/v1/"):
            assert "last-modified" not in first.headers
            continue
        modified = parsedate_to_datetime(first.headers["last-modified"])
        before = format_datetime(modified - timedelta(seconds=1), usegmt=True)
        same = first.headers["last-modified"]
        unchanged, cost = queries(corpus, "GET", address, **{"If-Modified-Since": same})
        assert (unchanged.status_code, unchanged.content) == (304, b""), address
        assert cost <= 2
        for conditions in (
            {"If-Modified-Since": before},
            {"If-Modified-Since": "yesterday"},
            {"If-Modified-Since": same, "If-None-Match": NEVER},  # then the date does not count
        ):
            answer, _ = queries(corpus, "GET", address, **conditions)
            assert (answer.status_code, answer.content) == (200, first.content), (address, conditions)


def test_head_tells_what_get_tells_and_reads_no_more_than_is_needed(
    corpus: Client, routes: "list[Route]"
) -> None:
    for address, got in cacheable(corpus, routes):
        head, cost = queries(corpus, "HEAD", address)
        assert (head.status_code, head.content) == (200, b""), address
        assert cost <= revision_row(address) * (2 if address.count("/") > 2 else 1), address
        told = {name: value for name, value in got.headers.items() if name != "x-request-id"}
        if cost or address.startswith("/v1/"):
            told = {name: value for name, value in told.items() if name not in ONLY_WITH_A_BODY}
        assert {name: head.headers.get(name) for name in told} == told, address
        again, _ = queries(corpus, "HEAD", address, **{"If-None-Match": got.headers["etag"]})
        assert again.status_code == 304, address


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "conditions", [{"If-None-Match": "*"}, {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}, {}]
)
def test_no_condition_hides_a_problem(
    corpus: Client, routes: "list[Route]", method: str, conditions: dict[str, str]
) -> None:
    for route in routes:
        if "{" in route.template:
            absent = corpus.request(method, route.path, headers=conditions)
            assert (absent.status_code, absent.headers["cache-control"]) == (404, "no-store"), route.template
        for name, value in (("city", "nowhere"), ("cursor", "x"), ("limit", "0"), ("unheard_of", "1")):
            if name in route.names() or name == "unheard_of":
                address = f"{address_of(corpus, route)}?{name}={value}"
                refused = corpus.request(method, address, headers=conditions)
                assert (refused.status_code, refused.headers["cache-control"]) == (422, "no-store"), address


def tag_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text)
    tag: str = answer.headers["etag"]
    return tag


@pytest.mark.parametrize(
    "same",
    [
        "kind=direct&city=boston-ma",
        "city=boston-ma&kind=direct&limit=25",
        "city=boston-ma&kind=direct&count=bounded&sort=-published_at",
        "city=boston%2Dma&kind=direct&kind=direct",
    ],
)
def test_one_query_in_other_words_has_one_tag(corpus: Client, same: str) -> None:
    assert tag_of(corpus, f"/v1/statements?{same}") == tag_of(
        corpus, "/v1/statements?city=boston-ma&kind=direct"
    )


def test_other_queries_have_other_tags(corpus: Client) -> None:
    asked = (
        "/v1/statements",
        "/v1/articles",
        "/v1/statements?city=boston-ma",
        "/v1/statements?exclude_city=boston-ma",
        "/v1/statements?city=boston-ma&limit=1",
        "/v1/statements?city=boston-ma&count=none",
        "/v1/statements?city=boston-ma&sort=published_at",
        "/v1/statements?city=chicago-il",
        "/v1/cities/boston-ma",
        "/v1/cities/boston-ma/articles",
        "/v1/cities/chicago-il/articles",
    )
    assert len({tag_of(corpus, address) for address in asked}) == len(asked)


def test_a_change_of_the_corpus_or_the_product_changes_tags(
    serve: "Serve", corpus_copy_url: str, routes: "list[Route]"
) -> None:
    application = serve(corpus_copy_url)
    client = Client(application)
    text = next(route.template for route in routes if route.template.endswith("/text"))
    tagged = [route for route in routes if route.template not in LIVE | REDIRECTS]
    fixed = {text} | {route.template for route in tagged if not route.template.startswith("/v1/")}
    before = {route.template: tag_of(client, address_of(client, route)) for route in tagged}
    engine = writing_engine(corpus_copy_url)
    with engine.begin() as connection:
        raise_revision(connection, now=datetime.now(UTC))
    engine.dispose()
    after = {route.template: tag_of(client, address_of(client, route)) for route in tagged}
    assert {template for template in before if before[template] == after[template]} == fixed
    application.version = "another"
    assert tag_of(client, "/v1/articles") != after["/v1/articles"]


def test_a_commit_of_this_very_second_has_no_date(serve: "Serve", corpus_copy_url: str) -> None:
    """Another one may follow in the same second, and then a date would not tell them apart."""
    client = Client(serve(corpus_copy_url))
    engine = writing_engine(corpus_copy_url)
    with engine.begin() as connection:
        raise_revision(connection, now=datetime.now(UTC) + timedelta(seconds=60))
    assert "last-modified" not in client.get("/v1/articles").headers
    with engine.begin() as connection:
        raise_revision(connection, now=datetime.now(UTC) - timedelta(seconds=60))
    assert "last-modified" in client.get("/v1/articles").headers
    engine.dispose()
