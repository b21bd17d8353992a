"""Every answer is what its schema says, and costs the same number of queries however many rows it has."""

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import TypeAdapter

from app.api.recollection import Memory
from app.api.routers import articles, cities, organizations, sources, speakers, statements, topics
from app.storage.statement_keys import folded_words, statement_keys
from tests.client import Client
from tests.counting import counted
from tests.queries.stories import BOATS

RECORDS = {
    "articles": "feb15",
    "speakers": "ana-ortega",
    "organizations": "border-works-agency",
    "cities": "boston-ma",
    "topics": "docks",
    "sources": "harbor-herald",
    "statements": statement_keys("feb14", [folded_words(BOATS)])[0],
}
ROUTES: list[APIRoute] = [
    route
    for module in (articles, statements, speakers, organizations, cities, topics, sources)
    for route in module.router.routes
    if isinstance(route, APIRoute)
]


def filled(route: APIRoute) -> str:
    """Return the path of a route with a record that stands in the corpus."""
    key = RECORDS[route.path.split("/")[1]]
    return "/v1" + route.path.format(key=key, slug=key)


@pytest.mark.parametrize("route", ROUTES, ids=[route.name for route in ROUTES])
def test_the_bytes_are_what_the_schema_says(client: Client, route: APIRoute) -> None:
    response = client.get(filled(route))
    assert response.status_code == 200, response.text
    if route.response_model is None:
        assert response.headers["content-type"].startswith("text/plain")
        return
    adapter = TypeAdapter(route.response_model)
    answer = adapter.validate_json(response.content, strict=True)
    assert adapter.dump_json(answer) == response.content
    if route.name.startswith("list_"):
        assert answer.results


# A page, its total with the revision (on PostgreSQL one with the page), the record of the path; for a ranking
# the total of statements and the titles; for a record the revision; for a text its hash.
QUERIES = {
    "list_articles": 2,
    "get_article": 7,
    "list_article_statements": 3,
    "get_article_text": 2,
    "list_article_entities": 3,
    "list_statements": 2,
    "get_statement": 2,
    "get_statement_history": 3,
    "list_statement_occurrences": 3,
    "list_speakers": 4,
    "get_speaker": 5,
    "list_speaker_statements": 3,
    "list_speaker_roles": 4,
    "list_organizations": 3,
    "get_organization": 6,
    "list_organization_speakers": 5,
    "list_organization_statements": 3,
    "list_organization_articles": 3,
    "list_cities": 2,
    "get_city": 5,
    "list_city_articles": 3,
    "list_city_speakers": 5,
    "list_city_organizations": 4,
    "list_topics": 2,
    "get_topic": 5,
    "list_topic_articles": 3,
    "list_topic_statements": 3,
    "list_topic_speakers": 5,
    "list_sources": 2,
    "get_source": 3,
}


def expected(client: Client, name: str) -> int:
    assert isinstance(client.app, FastAPI)
    on_postgresql = client.app.state.reader._engine.dialect.name == "postgresql"
    return QUERIES[name] - (name.startswith("list_") and on_postgresql)


def cost(client: Client, address: str) -> int:
    assert isinstance(client.app, FastAPI)
    with counted(client.app) as executed:
        assert client.get(address).status_code == 200
    return len(executed)


@pytest.mark.parametrize("route", ROUTES, ids=[route.name for route in ROUTES])
def test_the_number_of_queries_is_constant(client: Client, route: APIRoute) -> None:
    path = filled(route)
    client.app.state.memory = Memory()
    assert cost(client, path) == expected(client, route.name)
    if route.name.startswith("list_"):  # the record of the path is remembered, and the total
        remembered = int("{" in route.path) + (expected(client, route.name) == QUERIES[route.name])
        for query in ("", "?limit=1", "?limit=200"):
            assert cost(client, path + query) == expected(client, route.name) - remembered


@pytest.mark.parametrize(
    "query",
    [
        "city=boston-ma",
        "city=Springfield",
        "city=boston-ma&city=Chicago&speaker=Ana Ortega&source=harbor-herald",
    ],
)
def test_names_cost_one_query_however_many_and_that_once(client: Client, query: str) -> None:
    assert cost(client, f"/v1/articles?{query}") == expected(client, "list_articles") + 1
    assert cost(client, f"/v1/articles?{query}&limit=1") == 1
