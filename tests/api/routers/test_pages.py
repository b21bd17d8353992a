"""Pages of every list: the walk in both directions, counts, links, and cursors that are refused."""

import base64
import hashlib
import json
import re
from typing import Any

import pytest

from tests.api.routers.conftest import Ask
from tests.client import Client

DATED = ("-published_at", "published_at")
BY_ARTICLES = ("-articles", "articles", "name", "-name", "-last_published_at")
BY_STATEMENTS = ("-statements", "statements", "name", "-name", "-last_published_at")
SORTS = {
    "/articles": DATED,
    "/statements": DATED,
    "/statements?city=boston-ma": DATED,
    "/statements?speaker=ana-ortega": DATED,
    "/articles?city=boston-ma": DATED,
    "/articles?city=boston-ma&city=chicago-il": DATED,
    "/speakers": BY_STATEMENTS,
    "/organizations": BY_ARTICLES,
    "/cities": BY_ARTICLES,
    "/sources": BY_ARTICLES,
    "/speakers/ana-ortega/statements": DATED,
    "/speakers/ana-ortega/roles": ("-last_published_at", "first_published_at", "-statements"),
    "/articles/feb15/statements": DATED,
    "/articles/feb15/entities": ("position",),
}
LISTS = [(path, sort) for path, sorts in SORTS.items() for sort in sorts]


def joined(path: str, parameters: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{parameters}"


def walk(ask: Ask, path: str, direction: str) -> tuple[list[list[Any]], str]:
    """Return the results of all pages from a path on, and the path of the last one."""
    pages, here = [], path
    while True:
        answer = ask(here)
        pages.append(answer["results"])
        following = answer["links"][direction]
        if following is None:
            return pages, here
        assert len(pages) < 50, "the walk does not end"
        here = following


@pytest.mark.parametrize(("path", "sort"), LISTS)
def test_a_walk_in_either_direction_shows_everything_once(ask: Ask, path: str, sort: str) -> None:
    whole = ask(joined(path, f"sort={sort}"))
    assert whole["links"]["next"] is whole["links"]["prev"] is None
    assert whole["meta"]["total"] == {"value": len(whole["results"]), "relation": "eq"}
    assert len(whole["results"]) > 1
    forwards, last = walk(ask, joined(path, f"sort={sort}&limit=2"), "next")
    assert [item for page in forwards for item in page] == whole["results"]
    backwards, first = walk(ask, last, "prev")
    assert list(reversed(backwards)) == forwards
    again, _ = walk(ask, first, "next")
    assert again == forwards


def test_newest_first_and_oldest_first(ask: Ask) -> None:
    newest = [article["key"] for article in ask("/articles")["results"]]
    assert newest == ["joined", "county", "springfields", "march", "leap", "feb15", "feb14", "undated"]
    oldest = [article["key"] for article in ask("/articles?sort=published_at")["results"]]
    assert oldest == newest[::-1]


def test_a_list_says_everything_about_itself(client: Client) -> None:
    response = client.get("/v1/statements?city=Boston&kind=direct&limit=1&count=exact")
    answer = response.json()
    assert list(answer) == ["results", "links", "meta"]
    assert answer["meta"] == {
        "limit": 1,
        "returned": 1,
        "total": {"value": 3, "relation": "eq"},
        "sort": "-published_at",
        "query": {
            "city": [{"value": "Boston", "records": [{"slug": "boston-ma", "name": "Boston"}]}],
            "city_match": "any",
            "kind": ["direct"],
            "count": "exact",
        },
    }
    links = answer["links"]
    assert links["self"] == "/v1/statements?city=Boston&kind=direct&limit=1&count=exact"
    assert links["next"].startswith(f"{links['self']}&cursor=")
    assert links["prev"] is None
    assert response.headers["link"] == f'<{links["self"]}>; rel="self", <{links["next"]}>; rel="next"'
    second = client.get(links["next"])
    assert [item.split("; ")[1] for item in second.headers["link"].split(", ")] == [
        'rel="self"',
        'rel="next"',
        'rel="prev"',
    ]


@pytest.mark.parametrize(
    ("query", "echo"),
    [
        (
            "organization=hrc",
            {
                "organization": [
                    {
                        "value": "hrc",
                        "records": [{"slug": "harbor-rights-council", "name": "Harbor Rights Council"}],
                    }
                ],
                "organization_match": "any",
                "organization_relation": ["mentioned"],
            },
        ),
        ("q=“city  council” ? -ICE", {"q": '"city council" -ice'}),
        (
            "cue=“Has  Said”&cue_class=speech&min_confidence=0.50",
            {"cue": ["has said"], "cue_class": ["speech"], "min_confidence": "0.5"},
        ),
        ("has=city&has=speaker&has_match=all", {"has": ["city", "speaker"], "has_match": "all"}),
        ("published_from=2020&published_to=2021-02", {"published_from": "2020", "published_to": "2021-02"}),
    ],
)
def test_the_query_is_echoed_as_it_was_understood(ask: Ask, query: str, echo: dict[str, Any]) -> None:
    assert ask(f"/articles?{query}")["meta"]["query"] == {**echo, "count": "bounded"}


def test_a_name_means_every_record_that_bears_it(ask: Ask) -> None:
    understood = ask("/articles?city=springfield")["meta"]["query"]["city"]
    assert [record["slug"] for record in understood[0]["records"]] == ["springfield-il", "springfield-ma"]


@pytest.mark.parametrize("path", ["/articles", "/speakers"])
def test_without_counting(ask: Ask, path: str) -> None:
    answer = ask(f"{path}?count=none")
    assert answer["meta"]["total"] == {"value": None, "relation": "unknown"}
    assert answer["results"] != []


def test_a_bounded_count_stops(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.pagination.BOUND", 3)
    assert ask("/articles")["meta"]["total"] == {"value": 3, "relation": "gte"}
    assert ask("/articles?city=boston-ma")["meta"]["total"] == {"value": 3, "relation": "eq"}
    assert ask("/articles?count=exact")["meta"]["total"] == {"value": 8, "relation": "eq"}
    monkeypatch.undo()
    assert ask("/articles")["meta"]["total"] == {
        "value": 8,
        "relation": "eq",
    }  # the bound is no part of what is kept


def cursor_of(link: str) -> str:
    found = re.search("cursor=([^&]+)", link)
    assert found is not None
    return found[1]


def forged(*fields: object) -> str:
    """Return a cursor with these fields and a right check."""
    body = json.dumps(fields, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(hashlib.sha256(body).digest()[:6] + body).decode().rstrip("=")


def refused(client: Client, path: str) -> str:
    response = client.get(f"/v1{path}")
    assert response.status_code == 422, response.text
    answer = response.json()
    assert answer["type"] == "/problems/invalid-cursor"
    assert [error["parameter"] for error in answer["errors"]] == ["cursor"]
    detail: str = answer["detail"]
    return detail


def test_a_cursor_of_another_query_is_refused(client: Client, ask: Ask) -> None:
    cursor = cursor_of(ask("/articles?limit=1&city=boston-ma")["links"]["next"])
    for other in (
        "/articles?city=chicago-il",
        "/articles?city=boston-ma&sort=published_at",
        "/articles?",
        "/statements?city=boston-ma",
        "/cities/boston-ma/articles?",
    ):
        assert "another query" in refused(client, f"{other}&cursor={cursor}")
    for same in ("limit=2", "count=exact", "count=none&limit=200"):
        ask(f"/articles?city=boston-ma&{same}&cursor={cursor}")


@pytest.mark.parametrize("change", ["", "x", "%C3%A9", "====", "A" * 40, "!"])
def test_a_cursor_that_is_not_whole_is_refused(client: Client, ask: Ask, change: str) -> None:
    cursor = cursor_of(ask("/articles?limit=1")["links"]["next"])
    middle = len(cursor) // 2
    assert "not a cursor" in refused(client, f"/articles?limit=1&cursor={cursor[:middle]}{change}z")


def test_a_forged_cursor_does_no_harm(client: Client, ask: Ask) -> None:
    cursor = cursor_of(ask("/articles?limit=1")["links"]["next"])
    version, bound, *_ = json.loads(base64.urlsafe_b64decode(cursor + "==")[6:])
    assert "another version" in refused(client, f"/articles?cursor={forged(version + 1, bound, 0, 1)}")
    for fields in (
        (bound, 0, 2**64),
        (bound, 0, "1"),
        (bound, 0, True),
        (bound, 0, 1.5),
        (bound, 0, None),
        (bound, 0, 1, 1),
        (bound, 0),
        (bound,),
        (),
    ):
        assert "not a cursor" in refused(client, f"/articles?cursor={forged(version, *fields)}")
    assert ask(f"/articles?cursor={forged(version, bound, 0, 0)}")["results"] == []
    named = cursor_of(ask("/speakers?limit=1&sort=name")["links"]["next"])
    version, bound, *_ = json.loads(base64.urlsafe_b64decode(named + "==")[6:])
    for text in ("\0", "\ud800"):
        cursor = forged(version, bound, 0, text, "a")
        assert "not a cursor" in refused(client, f"/speakers?sort=name&cursor={cursor}")


@pytest.mark.parametrize("limit", ["0", "201", "-1", "1.5", "x", "9" * 30])
def test_a_limit_is_refused_not_clamped(client: Client, limit: str) -> None:
    response = client.get(f"/v1/articles?limit={limit}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == "limit"


def test_the_prefix_of_a_proxy_stands_in_the_links(client: Client) -> None:
    behind = Client(client.app, root_path="/dateline", follow_redirects=False)
    links = behind.get("/v1/articles?limit=1").json()["links"]
    assert links["self"] == "/dateline/v1/articles?limit=1"
    assert links["next"].startswith("/dateline/v1/articles?limit=1&cursor=")
    moved = behind.get("/v1/speakers/anna-ortega")
    assert moved.headers["location"] == "/dateline/v1/speakers/ana-ortega"
