"""What every route inherits, tried on every route there is."""

from typing import TYPE_CHECKING

import pytest
from httpx2 import Response

from app.schemas.problem import Problem, ProblemType
from tests.client import Client

if TYPE_CHECKING:
    from tests.contract.conftest import Route, Serve

SHORTEST_RECOGNISED = 2  # one letter more is another word to `q`
WRITING = ("POST", "PUT", "PATCH", "DELETE")


def problem_of(answer: Response) -> Problem:
    assert answer.headers["content-type"] == "application/problem+json", answer.request.url
    assert set(answer.json()) == set(Problem.model_fields), answer.request.url
    problem = Problem.model_validate_json(answer.content)
    assert (problem.status, problem.instance) == (answer.status_code, answer.headers["x-request-id"])
    assert answer.headers["cache-control"] == "no-store"
    return problem


def refused(client: Client, path: str, query: str) -> list[tuple[str, str]]:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 422, (path, query, answer.text)
    problem = problem_of(answer)
    assert problem.type is ProblemType.INVALID_PARAMETER
    return [(error.parameter, error.code) for error in problem.errors]


def test_an_unknown_parameter_is_refused(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        assert ("unheard_of", "unknown_parameter") in refused(client, route.path, "unheard_of=1")


def test_a_misspelt_parameter_is_recognised(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        misspelt = {name + name[-1]: name for name in route.names() if len(name) > SHORTEST_RECOGNISED}
        if misspelt:
            problem = problem_of(client.get(route.path, params=dict.fromkeys(misspelt, "1")))
            suggested = {error.parameter: error.suggestions for error in problem.errors}
            for wrong, right in misspelt.items():
                assert right in suggested[wrong], (route.template, wrong)


def test_a_repeated_scalar_is_refused(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        if scalars := route.names(lists=False):
            found = refused(client, route.path, "&".join(f"{name}=1&{name}=1" for name in scalars))
            assert found == [(name, "duplicate_parameter") for name in scalars]


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "empty_value"),
        ("%20", "empty_value"),
        ("%00", "invalid_value"),
        ("a%00b", "invalid_value"),
        ("a%0D%0Ab", "invalid_value"),
        ("%FF", "invalid_value"),
        ("%ED%A0%80", "invalid_value"),
    ],
)
def test_a_value_that_is_no_text_is_refused(
    client: Client, routes: "list[Route]", value: str, code: str
) -> None:
    for route in routes:
        if names := route.names():
            found = refused(client, route.path, "&".join(f"{name}={value}" for name in names))
            assert found == [(name, code) for name in names]


def test_an_address_that_is_too_long_is_refused(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        answer = client.get(f"{route.path}?q={'x' * 8192}")
        assert problem_of(answer).type is ProblemType.URI_TOO_LONG


def test_a_path_that_is_no_text_names_nothing(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        for wrong in ("%00", "%0A", "%FF", "%ED%A0%80"):
            assert problem_of(client.get(route.path + wrong)).type is ProblemType.NOT_FOUND


def test_a_slash_that_is_written_otherwise_divides_nothing(client: Client, routes: "list[Route]") -> None:
    """Caches and proxies take it for another address."""
    for route in routes:
        for slash in ("%2F", "%2f"):
            address = (
                route.path[:1] + route.path[1:].replace("/", slash) + ("" if "/" in route.path[1:] else slash)
            )
            problem = problem_of(client.get(address))
            assert (problem.type, "%2F" in problem.detail) == (ProblemType.NOT_FOUND, True)


def test_a_trailing_slash_is_another_address(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        if route.path != "/":
            assert problem_of(client.get(route.path + "/")).type is ProblemType.NOT_FOUND


def test_only_reading_is_possible(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        for method in WRITING:
            answer = client.request(method, route.path)
            assert problem_of(answer).type is ProblemType.METHOD_NOT_ALLOWED
            assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_options_and_preflight(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        answer = client.options(route.path)
        assert (answer.status_code, answer.headers["allow"]) == (204, "GET, HEAD, OPTIONS")
        asked = {"Origin": "https://frontend.example", "Access-Control-Request-Method": "GET"}
        answer = client.options(route.path, headers=asked)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "*"


def test_an_empty_corpus_is_no_error(serve: "Serve", database_url: str, routes: "list[Route]") -> None:
    served = Client(serve(database_url), raise_server_exceptions=False, follow_redirects=False)
    for route in routes:
        got, head = served.get(route.path), served.head(route.path)
        expected = {404} if "{" in route.template else {200, 307}
        assert got.status_code in expected, (route.template, got.text)
        assert (head.status_code, head.content) == (got.status_code, b"")


def test_a_database_that_is_not_there_is_unavailable(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        if route.path.startswith("/v1/") or route.path == "/readyz":
            answer = client.get(route.path)
            assert problem_of(answer).type is ProblemType.UNAVAILABLE, route.template
            assert int(answer.headers["retry-after"]) > 0
