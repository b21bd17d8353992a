"""Whatever goes wrong, the answer has one shape and tells nothing internal."""

import json

import pytest
from fastapi import FastAPI

from app.api.problems import MEANINGS
from app.logging import configure_logging
from app.schemas.problem import Problem, ProblemType
from tests.client import Client


@pytest.mark.parametrize(
    ("method", "path", "status", "kind"),
    [
        ("GET", "/v1/things?x=1", 422, ProblemType.INVALID_PARAMETER),
        ("GET", "/nowhere", 404, ProblemType.NOT_FOUND),
        ("GET", "/v1/nowhere", 404, ProblemType.NOT_FOUND),
        ("GET", "/v1/things/", 404, ProblemType.NOT_FOUND),  # no redirect: one address a resource
        ("GET", "/v1/things/x", 404, ProblemType.NOT_FOUND),  # no number, so no record
        ("GET", "/v1/things%00", 404, ProblemType.NOT_FOUND),
        ("GET", "/v1/things/%FF", 404, ProblemType.NOT_FOUND),
        ("GET", "/v1/things/%0A", 404, ProblemType.NOT_FOUND),
        ("GET", "/docs/assets/..%2Fmain.py", 404, ProblemType.NOT_FOUND),
        ("GET", "/v1/gone", 410, ProblemType.GONE),
        ("POST", "/v1/things", 405, ProblemType.METHOD_NOT_ALLOWED),
        ("DELETE", "/v1/things/1", 405, ProblemType.METHOD_NOT_ALLOWED),
        ("BREW", "/healthz", 405, ProblemType.METHOD_NOT_ALLOWED),
        ("PATCH", "/docs", 405, ProblemType.METHOD_NOT_ALLOWED),
        ("DELETE", "/nowhere", 404, ProblemType.NOT_FOUND),
        ("GET", f"/v1/things?q={'x' * 8192}", 414, ProblemType.URI_TOO_LONG),
        ("GET", f"/{'x' * 8192}", 414, ProblemType.URI_TOO_LONG),
        ("GET", "/v1/failing", 500, ProblemType.INTERNAL),
        ("GET", "/v1/slow", 503, ProblemType.QUERY_TIMEOUT),
    ],
)
def test_one_shape(client: Client, method: str, path: str, status: int, kind: ProblemType) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate_json(answer.content)
    assert set(answer.json()) == set(Problem.model_fields)
    assert (problem.type, problem.status, problem.title) == (kind, status, MEANINGS[kind].title)
    assert problem.instance == answer.headers["x-request-id"]
    assert bool(problem.errors) == (kind is ProblemType.INVALID_PARAMETER)


@pytest.mark.parametrize("path", ["/nowhere", "/v1/things?x=1", "/v1/failing", "/v1/gone"])
def test_a_problem_of_head_is_that_of_get_without_its_body(client: Client, path: str) -> None:
    identified = {"X-Request-ID": "same"}
    got, head = client.get(path, headers=identified), client.head(path, headers=identified)
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert head.headers == got.headers


def test_405_lists_the_methods(client: Client) -> None:
    assert client.put("/v1/things").headers["allow"] == "GET, HEAD, OPTIONS"


def test_a_busy_server_says_when_to_come_again(client: Client) -> None:
    answer = client.get("/v1/slow")
    assert int(answer.headers["retry-after"]) > 0
    assert "2.5 seconds" in answer.json()["detail"]


def test_a_failure_is_logged_and_not_told(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level="info", as_json=True)
    answer = client.get("/v1/failing", headers={"X-Request-ID": "look-for-me"})
    assert "hunter2" not in answer.text
    assert "RuntimeError" not in answer.text
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    (line,) = (line for line in lines if line["logger"] == "app.api.error_handlers")
    assert line["request_id"] == "look-for-me"
    assert "RuntimeError: the password is hunter2" in line["exception"]


def test_an_answer_that_has_begun_is_broken_off(application: FastAPI) -> None:
    client = Client(application)
    with pytest.raises(RuntimeError, match="too late"):  # the server closes the connection
        client.get("/v1/breaking")


@pytest.mark.parametrize(
    ("word", "code", "detail", "suggestions"),
    [
        ("plain", "invalid_value", "query: is not a word", []),
        ("coded", "conflicting_parameters", "word: cannot stand here", ["x"]),
    ],
)
def test_validators_of_the_models(
    client: Client, word: str, code: str, detail: str, suggestions: list[str]
) -> None:
    error = client.get(f"/v1/refused?word={word}").json()["errors"][0]
    assert (error["code"], error["detail"], error["suggestions"]) == (code, detail, suggestions)


def test_a_required_parameter_that_is_missing(client: Client) -> None:
    error = client.get("/v1/refused").json()["errors"][0]
    assert (error["parameter"], error["detail"]) == ("word", "'word' must be given.")


def test_long_values_are_cut_in_answers(client: Client) -> None:
    assert len(client.get(f"/v1/things?limit={'x' * 5000}").content) < 1000
    assert len(client.get(f"/v1/things?{'x' * 5000}=1").content) < 1500


def test_every_type_has_its_meaning() -> None:
    assert set(MEANINGS) == set(ProblemType)
    assert json.dumps(list(ProblemType)).count("/problems/") == len(ProblemType)
