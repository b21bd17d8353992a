"""Single records: what their pages show, and paths that name nothing, something gone or something moved."""

from typing import Any

import pytest

from app.settings import ArticleText
from tests.api.conftest import Serve
from tests.api.routers.conftest import Ask
from tests.client import Client
from tests.queries.stories import STORIES
from tests.queries.world import linked

COUNTED = ("cities", "organizations", "speakers", "topics")


def test_an_article_with_everything_in_it(ask: Ask) -> None:
    article = ask("/articles/feb15")
    assert (article["key"], article["published_at"], article["published_precision"]) == (
        "feb15",
        "2020-02-15T10:30:05Z",
        "instant",
    )
    assert article["speakers"] == [
        {"slug": "ben-diaz", "name": "Ben Díaz", "kind": "person", "statements": 1}
    ]
    assert [(o["slug"], o["mentions"]) for o in article["organizations"]] == [
        ("border-works-agency", 1),
        ("inspection-bureau", 1),
    ]
    assert [(c["slug"], c["mentions"]) for c in article["cities"]] == [("chicago-il", 2), ("boston-ma", 1)]
    assert [(t["slug"], t["mentions"]) for t in article["topics"]] == [("docks", 2), ("piers", 1)]
    assert (article["counts"]["statements"], article["counts"]["topics"]) == (2, 2)
    assert article["statements"] == {"results": ask("/articles/feb15/statements")["results"], "next": None}
    card = next(a for a in ask("/articles")["results"] if a["key"] == "feb15")
    assert {name: article[name] for name in card} | dict.fromkeys(COUNTED) == card | dict.fromkeys(COUNTED)


def test_an_article_tells_what_it_was_read_from(ask: Ask) -> None:
    read = {story.key: ask(f"/articles/{story.key}") for story in STORIES}
    for story in STORIES:
        was = linked(story).annotated.article
        shown = read[story.key]["original_sha256"], read[story.key]["summary_only"]
        assert shown == (was.original_sha256, was.summary_only)
    assert {page["summary_only"] for page in read.values()} == {True, False}


def test_the_rest_of_the_statements_is_one_link_away(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.api.details.MOST_STATEMENTS", 1)
    article = ask("/articles/feb15")
    assert len(article["statements"]["results"]) == 1
    rest = ask(article["statements"]["next"])
    everything = ask("/articles/feb15/statements")["results"]
    assert article["statements"]["results"] + rest["results"] == everything


def test_the_spans_of_a_statement_stand_in_the_text(client: Client, ask: Ask) -> None:
    response = client.get("/v1/articles/joined/text")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    text = response.text
    assert text == linked(next(s for s in STORIES if s.key == "joined")).annotated.article.text
    for card in ask("/articles/joined/statements")["results"]:
        statement = ask(f"/statements/{card['key']}")
        assert {name: statement[name] for name in card} == card
        assert statement["text_sha256"] == ask("/articles/joined")["text_sha256"]
        words = {span["part"]: text[span["start"] : span["end"]] for span in statement["spans"]}
        assert words == {
            "content": statement["text"],
            "cue": statement["cue"],
            "source": statement["source_text"],
        }


def test_texts_can_be_kept_back(client: Client, world_url: str, serve: Serve) -> None:
    kept = Client(serve(world_url, article_text=ArticleText.NONE))
    response = kept.get("/v1/articles/joined/text")
    assert (response.status_code, response.json()["type"]) == (403, "/problems/text-not-available")
    assert kept.get("/v1/articles/joined").json() == client.get("/v1/articles/joined").json()
    assert kept.get("/v1/articles/nobody/text").status_code == 404


def test_every_mention_of_an_article(client: Client, ask: Ask) -> None:
    text = client.get("/v1/articles/county/text").text
    mentions = ask("/articles/county/entities")["results"]
    assert [(m["kind"], m["text"], m["role"], m["outcome"]) for m in mentions] == [
        ("place", "Boston", "dateline", "linked"),
        ("place", "Suffolk County", "mention", "linked"),
        ("place", "Harbortown", "mention", "unlinked"),
        ("person", "Cora Lind", "mention", "unlinked"),
        ("person", "Ben Díaz", "mention", "linked"),
        ("topic", "Bridge tolls", "mention", "linked"),
    ]
    for mention in mentions:
        assert text[mention["start"] : mention["end"]] == mention["text"]
        assert (mention["record"] is None) == (mention["outcome"] == "unlinked") == bool(mention["reason"])
    assert mentions[0]["record"] == {"kind": "city", "slug": "boston-ma", "name": "Boston"}
    assert mentions[1]["record"]["kind"] == "county"
    assert mentions[4]["record"] == {"kind": "speaker", "slug": "ben-diaz", "name": "Ben Díaz"}
    assert mentions[5]["record"] == {"kind": "topic", "slug": "tolls", "name": "Bridge tolls"}
    assert ask("/articles/county/entities?kind=topic")["results"] == mentions[5:]
    people = ask("/articles/county/entities?kind=person")
    assert people["results"] == mentions[3:5]
    assert people["meta"]["query"]["kind"] == ["person"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "/speakers/ana-ortega",
            {"aliases": ["Anita Ortega"], "organization": None, "statements": 5, "articles": 4},
        ),
        (
            "/speakers/border-works-agency",
            {
                "kind": "organization",
                "organization": {
                    "slug": "border-works-agency",
                    "name": "Border Works Agency",
                    "acronym": "BWA",
                },
                "statements": 2,
            },
        ),
        (
            "/organizations/border-works-agency",
            {"articles": 2, "statements": 3, "speakers": 2, "authority": True, "parent": None},
        ),
        (
            "/organizations/inspection-bureau",
            {
                "articles": 1,
                "statements": 0,
                "speakers": 0,
                "parent": {"slug": "border-works-agency", "name": "Border Works Agency", "acronym": "BWA"},
            },
        ),
        (
            "/organizations/harbor-rights-council",
            {"articles": 1, "statements": 2, "speakers": 2, "authority": False},
        ),
        (
            "/cities/boston-ma",
            {"articles": 3, "statements": 5, "speakers": 3, "aliases": ["Beantown"], "geonameid": 4930956},
        ),
        (
            "/cities/denver-co",
            {"articles": 0, "statements": 0, "speakers": 0, "first_published_at": None},
        ),
        (
            "/topics/docks",
            {
                "description": "Docks and who may use them.",
                "broader": None,
                "narrower": [
                    {"slug": "piers", "name": "Piers"},
                    {"slug": "slipways", "name": "Slipways"},
                ],
                "articles": 3,
                "statements": 4,
                "speakers": 3,
            },
        ),
        (
            "/topics/slipways",
            {"broader": {"slug": "docks", "name": "Docks"}, "narrower": [], "articles": 0, "speakers": 0},
        ),
        ("/sources/prairie-post", {"name": "Prairie Post", "articles": 3, "statements": 2}),
    ],
)
def test_a_record_with_its_counts(ask: Ask, path: str, expected: dict[str, Any]) -> None:
    record = ask(path)
    assert {name: record[name] for name in expected} == expected


@pytest.mark.parametrize("below", ["articles", "speakers", "organizations"])
def test_a_city_that_nobody_mentions_has_empty_lists(ask: Ask, below: str) -> None:
    answer = ask(f"/cities/denver-co/{below}")
    assert (answer["results"], answer["meta"]["total"]["value"]) == ([], 0)


@pytest.mark.parametrize("below", ["articles", "statements", "speakers"])
def test_a_topic_that_no_article_is_on_has_empty_lists(ask: Ask, below: str) -> None:
    answer = ask(f"/topics/slipways/{below}")
    assert (answer["results"], answer["meta"]["total"]["value"]) == ([], 0)


ABSENT = [
    "/articles/nobody",
    "/articles/nobody/statements",
    "/articles/nobody/text",
    "/articles/nobody/entities",
    "/statements/nobody",
    "/speakers/nobody",
    "/speakers/nobody/statements",
    "/speakers/nobody/roles",
    "/speakers/Ana%20Ortega",
    "/organizations/nobody",
    "/organizations/nobody/articles",
    "/organizations/bwa",
    "/organizations/works-desk",
    "/cities/nobody",
    "/cities/massachusetts",
    "/cities/nobody/speakers",
    "/topics/nobody",
    "/topics/nobody/articles",
    "/topics/bridge%20tolls",
    "/sources/nobody",
    "/speakers/a%00b",
    "/speakers/%F0%9F%98%80",
    f"/speakers/{'x' * 300}",
    f"/cities/{'9' * 40}",
]


@pytest.mark.parametrize("path", ABSENT)
def test_a_path_that_names_nothing(client: Client, path: str) -> None:
    response = client.get(f"/v1{path}")
    assert (response.status_code, response.json()["type"]) == (404, "/problems/not-found")


def test_a_near_miss_in_a_path_gets_a_hint(client: Client) -> None:
    detail = client.get("/v1/cities/bostn-ma").json()["detail"]
    assert detail == "There is no city 'bostn-ma'. Did you mean 'boston-ma'?"


def test_a_withdrawn_record_says_why(client: Client) -> None:
    response = client.get("/v1/statements/vanished")
    assert (response.status_code, response.json()["type"]) == (410, "/problems/gone")
    assert "the words no longer stand in the article" in response.json()["detail"]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/speakers/anna-ortega", "/v1/speakers/ana-ortega"),
        ("/speakers/works-desk", "/v1/speakers/border-works-agency"),
        ("/organizations/works-office", "/v1/organizations/border-works-agency"),
        (
            "/organizations/works-office/statements?limit=3",
            "/v1/organizations/border-works-agency/statements?limit=3",
        ),
        ("/speakers/anna-ortega/roles", "/v1/speakers/ana-ortega/roles"),
        (
            "/speakers/anna-ortega/statements?kind=direct&limit=3",
            "/v1/speakers/ana-ortega/statements?kind=direct&limit=3",
        ),
    ],
)
def test_a_merged_record_leads_on(client: Client, path: str, location: str) -> None:
    response = client.get(f"/v1{path}")
    assert (response.status_code, response.headers["location"]) == (308, location)
    assert client.get(location).status_code == 200
