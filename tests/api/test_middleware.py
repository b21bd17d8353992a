"""What surrounds every request."""

import json
from collections.abc import Callable

import pytest
from fastapi import FastAPI

from app.logging import configure_logging
from tests.client import Client


def test_head_is_get_without_its_body(client: Client) -> None:
    identified = {"X-Request-ID": "same"}
    for path in ("/v1/things?city=x", "/healthz", "/docs", "/openapi.json", "/"):
        got, head = client.get(path, headers=identified), client.head(path, headers=identified)
        assert (head.status_code, head.content, head.headers) == (got.status_code, b"", got.headers)


def test_options_lists_the_methods(client: Client) -> None:
    answer = client.options("/v1/things")
    assert (answer.status_code, answer.headers["allow"], answer.content) == (204, "GET, HEAD, OPTIONS", b"")
    assert client.options("/nowhere").status_code == 404


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("abc-123_X.y", True),
        ("0f8fad5b-d9cb-469f-a165-70867728950e", True),
        ("", False),
        ("x" * 65, False),
        ("a b", False),
        ("../etc", False),
        ("<script>", False),
        ("a:b", False),
    ],
)
def test_request_ids(client: Client, given: str, kept: bool) -> None:  # noqa: FBT001 - a table's column
    answered = client.get("/healthz", headers={"X-Request-ID": given}).headers["x-request-id"]
    assert (answered == given) is kept
    assert answered


def test_every_answer_forbids_guessing_its_type(client: Client) -> None:
    for path in ("/healthz", "/nowhere", "/v1/failing", "/docs/assets/swagger-ui.css"):
        assert client.get(path).headers["x-content-type-options"] == "nosniff"


def test_the_log_line_has_no_query(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(level="info", as_json=True)
    client.get("/v1/things?city=boston-ma", headers={"X-Request-ID": "line"})
    client.get("/healthz")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    (line,) = (line for line in lines if line["logger"] == "app.api.middleware")
    told = {key: line[key] for key in ("event", "method", "path", "status", "request_id")}
    assert told == {
        "event": "request",
        "method": "GET",
        "path": "/v1/things",
        "status": 200,
        "request_id": "line",
    }
    assert line["ms"] >= 0
    assert "boston-ma" not in str(line)


def test_a_page_of_any_origin_may_read(client: Client) -> None:
    answer = client.get("/v1/things", headers={"Origin": "https://frontend.example"})
    assert answer.headers["access-control-allow-origin"] == "*"
    exposed = answer.headers["access-control-expose-headers"]
    assert all(name in exposed for name in ("Link", "ETag", "Retry-After", "X-Request-ID"))
    failed = client.get("/v1/failing", headers={"Origin": "https://frontend.example"})
    assert failed.headers["access-control-allow-origin"] == "*"


def test_preflight(client: Client) -> None:
    asked = {
        "Origin": "https://frontend.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match, x-request-id",
    }
    answer = client.options("/v1/things", headers=asked)
    assert answer.status_code == 200
    assert "GET" in answer.headers["access-control-allow-methods"]
    assert int(answer.headers["access-control-max-age"]) > 0


def test_origins_can_be_limited_or_refused(serve: Callable[..., FastAPI]) -> None:
    listed, foreign = {"Origin": "https://a.example"}, {"Origin": "https://b.example"}
    some = Client(serve("sqlite:///absent.db", cors_origins=["https://a.example"]))
    assert some.get("/healthz", headers=listed).headers["access-control-allow-origin"] == listed["Origin"]
    assert "access-control-allow-origin" not in some.get("/healthz", headers=foreign).headers
    none = Client(serve("sqlite:///absent.db", cors_origins=[]))
    assert "access-control-allow-origin" not in none.get("/healthz", headers=listed).headers
    preflight = none.options("/healthz", headers={**listed, "Access-Control-Request-Method": "GET"})
    assert "access-control-allow-methods" not in preflight.headers


def test_a_path_prefix_is_honoured(serve: Callable[..., FastAPI]) -> None:
    client = Client(serve("sqlite:///absent.db", root_path="/dateline"), follow_redirects=False)
    assert client.get("/dateline/").headers["location"] == "/dateline/docs"  # the proxy hands the prefix on
    assert client.get("/").headers["location"] == "/dateline/docs"  # or takes it off
    assert client.get("/dateline/healthz").json() == client.get("/healthz").json()
    assert client.get("/openapi.json").json()["servers"] == [{"url": "/dateline"}]


def test_a_refused_preflight_is_plain_text_as_the_documentation_says(client: Client) -> None:
    asked = {"Origin": "https://frontend.example", "Access-Control-Request-Method": "DELETE"}
    answer = client.options("/healthz", headers=asked)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")
