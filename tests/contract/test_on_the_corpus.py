"""The description is true: every route, asked for records that there are, answers as it is described."""

import json
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from openapi_schema_validator import OAS31Validator

from tests.client import Client
from tests.contract.records import addresses, json_routes

if TYPE_CHECKING:
    from tests.contract.conftest import Route

PAGING = ("limit", "count", "sort")


@cache
def validator(described: str, path: str) -> Any:
    document = json.loads(described)
    content = document["paths"][path]["get"]["responses"]["200"]["content"]
    return OAS31Validator({**content["application/json"]["schema"], "components": document["components"]})


def test_answers_are_as_described(corpus: Client, routes: "list[Route]") -> None:
    described = corpus.get("/openapi.json").text
    for route in json_routes(corpus, routes):
        for address in addresses(corpus, route):
            answer = corpus.get(address)
            assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json"), address
            validator(described, route.template).validate(answer.json())


def test_described_defaults_change_nothing(corpus: Client, routes: "list[Route]") -> None:
    """The docs page and generated clients send them."""
    for route in json_routes(corpus, routes):
        defaults = {p["name"]: p["schema"]["default"] for p in route.parameters if p["schema"].get("default")}
        for address in addresses(corpus, route)[:1]:
            answer = corpus.get(f"{address}?{urlencode(defaults)}")
            assert answer.status_code == 200, (address, answer.text)
            assert answer.json().get("results") == corpus.get(address).json().get("results")


def test_examples_of_queries_are_true(corpus: Client, routes: "list[Route]") -> None:
    """Each example is accepted; on the list of articles it also finds some, and not all."""
    every = corpus.get("/v1/articles", params={"count": "exact"}).json()["meta"]["total"]["value"]
    for route in json_routes(corpus, routes):
        for parameter in route.parameters:
            for example in parameter["schema"].get("examples", []):
                name, address = parameter["name"], addresses(corpus, route)[0]
                answer = corpus.get(f"{address}?{urlencode({name: example}, doseq=True)}")
                assert answer.status_code == 200, (address, name, example, answer.text)
                if route.template == "/v1/articles" and name not in PAGING:
                    assert 0 < answer.json()["meta"]["total"]["value"] < every, (name, example)


def test_examples_of_paths_are_true(corpus: Client) -> None:
    for path, operations in corpus.get("/openapi.json").json()["paths"].items():
        for parameter in operations["get"].get("parameters", []):
            if parameter["in"] == "path":
                for example in parameter["schema"].get("examples", []):
                    answer = corpus.get(path.replace(f"{{{parameter['name']}}}", example))
                    assert answer.status_code == 200, (path, example, answer.text)
