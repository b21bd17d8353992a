"""docs/api.md says what the API does: every route and parameter, and answers that the API gives."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Serve
from tests.conftest import Templates
from tools.write_api_docs import DOCUMENT, README, asking, fill, seed_client, with_answers, written

EXAMPLES = re.compile(r"```http\nGET (\S+)\n```\n\n```json\n\{")


@pytest.fixture
def client(templates: Templates, serve: Serve) -> Iterator[TestClient]:
    del serve  # for its care of the log handlers
    url = templates.template("sqlite", "seed", fill, base=templates.known("sqlite"))
    with seed_client(url) as made:
        yield made


def test_what_comes_from_the_code_is_up_to_date(client: TestClient) -> None:
    text = DOCUMENT.read_text("utf-8")
    assert written(text, client) == text, "run `make docs`"


def test_answers_in_the_readme_are_up_to_date(client: TestClient) -> None:
    text = README.read_text("utf-8")
    assert with_answers(text, asking(client)) == text, "run `make docs`"


def test_every_command_of_the_readme_finds_something(client: TestClient) -> None:
    paths = re.findall(r"curl 'http://127\.0\.0\.1:8000(\S.*?)'", README.read_text("utf-8"))
    assert len(paths) > 5
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert answer.json().get("results", ["a record"]) != [], path


def test_every_example_shows_something(client: TestClient) -> None:
    paths = EXAMPLES.findall(DOCUMENT.read_text("utf-8"))
    assert len(paths) > 5
    for path in paths:
        answer = client.get(path)
        assert answer.status_code in {200, 422}, path
        if answer.status_code == 200:
            assert answer.json().get("results", ["a record"]) != [], path


def test_every_route_and_parameter_stands_in_the_tables(client: TestClient) -> None:
    text = DOCUMENT.read_text("utf-8")
    for path, operations in client.get("/openapi.json").json()["paths"].items():
        if path.startswith("/v1/") and path != "/v1/status":
            assert f"| `{path}` | `{operations['get']['operationId']}` |" in text
        for parameter in operations["get"].get("parameters", []):
            if parameter["in"] == "query" and path.startswith("/v1/"):
                assert f"| `{parameter['name']}` |" in text or parameter["name"] == "sort"
