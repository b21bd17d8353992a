"""The description is valid, complete and makes clean clients."""

import json
import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from openapi_spec_validator import OpenAPIV31SpecValidator

from app.api.problems import MEANINGS
from app.schemas.problem import Problem
from tests.client import Client

PROBLEM = {"$ref": "#/components/schemas/Problem"}


@pytest.fixture
def described(client: Client) -> dict[str, Any]:
    """Give the description as it is served."""
    answer = client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    described: dict[str, Any] = answer.json()
    return described


def operations(described: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    found = [(path, item["get"]) for path, item in described["paths"].items()]
    assert found
    assert all(set(item) == {"get"} for item in described["paths"].values())
    return found


def test_it_is_valid(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(described).validate()


def test_operation_ids_are_unique_and_make_clean_clients(described: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, operation in operations(described)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"(list|get)_[a-z_]+", id_) for id_ in ids), ids


def test_everything_is_explained(described: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in described["tags"]}
    for path, operation in operations(described):
        assert operation["description"].endswith((".", ":", "`")), path
        assert operation["tags"], path
        assert set(operation["tags"]) <= tags, path
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), (path, parameter["name"])
    for name, schema in described["components"]["schemas"].items():
        for key, field in schema.get("properties", {}).items():
            assert field.get("description") or "$ref" in field, (name, key)


def test_every_key_of_an_answer_is_required(described: dict[str, Any]) -> None:
    for name, schema in described["components"]["schemas"].items():
        assert set(schema.get("required", [])) == set(schema.get("properties", {})), name


def test_errors_have_one_schema(described: dict[str, Any]) -> None:
    assert not {"HTTPValidationError", "ValidationError"} & set(described["components"]["schemas"])
    for path, operation in operations(described):
        errors = {status for status in operation["responses"] if int(status) >= 400}
        assert {"414", "422", "500"} <= errors, path
        assert ("404" in errors) == ("{" in path), path
        assert ("308" in operation["responses"]) == ("{slug}" in path), path
        assert ("503" in errors) == (path.startswith("/v1/") or path == "/readyz"), path
        for status in errors:
            name = operation["responses"][status]["$ref"].rpartition("/")[2]
            response = described["components"]["responses"][name]
            assert list(response["content"]) == ["application/problem+json"]
            assert response["content"]["application/problem+json"]["schema"] == PROBLEM


def test_what_may_be_kept_is_declared(described: dict[str, Any]) -> None:
    for path, operation in operations(described):
        live = path in {"/healthz", "/readyz", "/v1/status"}
        assert ("304" not in operation["responses"]) == live, path
        assert ("ETag" not in operation["responses"]["200"].get("headers", {})) == live, path


def test_the_examples_of_errors_are_errors(described: dict[str, Any]) -> None:
    kinds = [
        Problem.model_validate_json(json.dumps(example["value"])).type
        for response in described["components"]["responses"].values()
        for example in response["content"]["application/problem+json"]["examples"].values()
    ]
    assert len(set(kinds)) == len(kinds) > 5


def test_every_route_of_the_api_is_described(application: FastAPI, described: dict[str, Any]) -> None:
    hidden = {"/", "/docs", "/docs/assets/{name}", "/openapi.json"}

    paths = {context.path for context in iter_route_contexts(application.routes)}
    assert paths - set(described["paths"]) == hidden


def test_no_parameter_can_be_null(described: dict[str, Any]) -> None:
    for path, operation in operations(described):
        for parameter in operation.get("parameters", []):
            assert '"null"' not in json.dumps(parameter["schema"]), (path, parameter["name"])


def test_every_problem_is_declared_somewhere(described: dict[str, Any]) -> None:
    declared = {int(status) for _, operation in operations(described) for status in operation["responses"]}
    possible = {meaning.status for meaning in MEANINGS.values()} - {405}  # which no operation has
    assert possible <= declared
    assert "403" in described["paths"]["/v1/articles/{key}/text"]["get"]["responses"]
