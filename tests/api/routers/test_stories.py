"""Stories and occurrences as the API shows them; which rows they select stands in `test_filters`."""

import pytest

from app.storage.statement_keys import folded_words, statement_keys
from tests.api.routers.conftest import Ask
from tests.client import Client
from tests.queries.stories import BOATS

(SAID,), (REPORTED,) = (statement_keys(key, [folded_words(BOATS)]) for key in ("feb14", "county"))


@pytest.mark.parametrize(
    ("key", "story"),
    [
        ("feb14", {"key": "feb14", "articles": 3, "earliest": True}),
        ("undated", {"key": "feb14", "articles": 3, "earliest": False}),
        ("leap", {"key": "leap", "articles": 1, "earliest": True}),
    ],
)
def test_an_article_and_its_card_show_the_story(ask: Ask, key: str, story: dict[str, object]) -> None:
    (card,) = ask(f"/articles?article={key}")["results"]
    assert card["story"] == ask(f"/articles/{key}")["story"] == story


def test_the_answer_says_what_it_collapsed(ask: Ask) -> None:
    echo = ask("/articles?collapse=story&story=undated")["meta"]["query"]
    assert echo["collapse"] == "story"
    assert echo["story"] == [{"value": "undated", "records": [{"slug": "undated", "name": "Notes"}]}]
    assert "collapse" not in ask("/articles")["meta"]["query"]


@pytest.mark.parametrize(
    ("path", "slug", "once", "each"),
    [
        ("sources", "harbor-herald", 2, 4),
        ("cities", "boston-ma", 2, 3),
        ("topics", "tolls", 2, 2),
        ("organizations", "border-works-agency", 2, 2),
    ],
)
def test_rankings_count_a_story_once(ask: Ask, path: str, slug: str, once: int, each: int) -> None:
    def articles(query: str) -> int:
        (number,) = [row["articles"] for row in ask(f"/{path}?{query}")["results"] if row["slug"] == slug]
        assert isinstance(number, int)
        return number

    assert (articles("collapse=story"), articles("")) == (once, each)


def test_shares_are_of_the_statements_that_count(ask: Ask) -> None:
    ranked = {row["slug"]: row for row in ask("/speakers?collapse=story")["results"]}
    total = ask("/statements?collapse=story")["meta"]["total"]["value"]
    assert ranked["ana-ortega"]["statements"] == 3  # of five, two of them in copies
    assert ranked["ana-ortega"]["share"] == round(3 / total, 4)


def test_occurrences_of_what_is_no_quotation_are_none(ask: Ask) -> None:
    answer = ask(f"/statements/{REPORTED}/occurrences")
    assert (answer["results"], answer["meta"]["total"]["value"]) == ([], 0)


def test_outlets_that_printed_a_quotation(ask: Ask) -> None:
    found = {row["slug"]: row["articles"] for row in ask(f"/sources?quotation={SAID}")["results"]}
    assert found == {"harbor-herald": 2, "prairie-post": 1}


@pytest.mark.parametrize(("key", "status"), [("nothing", 404), ("vanished", 410), (SAID, 200)])
def test_occurrences_of_a_statement_that_is_not_there(client: Client, key: str, status: int) -> None:
    assert client.get(f"/v1/statements/{key}/occurrences").status_code == status


@pytest.mark.parametrize(
    "query", ["story=nothing", "quotation=nothing", "exclude_story=x", "collapse=source"]
)
def test_what_is_not_known_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"/v1/statements?{query}")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == query.partition("=")[0]
