"""Nothing in a query is ignored, and one answer names everything that is wrong."""

from typing import Any

import pytest

from tests.client import Client

# query -> (parameter, code, first suggestion) of every error, in order
REFUSED = [
    ("citty=boston-ma", [("citty", "unknown_parameter", "city")]),
    ("City=boston-ma", [("City", "unknown_parameter", "city")]),
    ("from=2020", [("from", "unknown_parameter", "published_from")]),
    ("offset=10", [("offset", "unknown_parameter", None)]),
    ("=x", [("", "unknown_parameter", None)]),
    ("%FF=x", [("\\udcff", "unknown_parameter", None)]),
    ("a%00b=x", [("a\\x00b", "unknown_parameter", None)]),
    ("limit=1&limit=2", [("limit", "duplicate_parameter", None)]),
    ("limit=1&limit=1", [("limit", "duplicate_parameter", None)]),
    ("q=", [("q", "empty_value", None)]),
    ("q", [("q", "empty_value", None)]),
    ("q=%20+", [("q", "empty_value", None)]),
    ("city=boston-ma&city=", [("city", "empty_value", None)]),
    ("q=%00", [("q", "invalid_value", None)]),
    ("q=a%0Ab", [("q", "invalid_value", None)]),
    ("q=%C2%85", [("q", "invalid_value", None)]),  # a C1 control character
    ("q=%FF", [("q", "invalid_value", None)]),
    ("q=%ED%A0%80", [("q", "invalid_value", None)]),  # a surrogate, encoded
    ("city=a&city=b&city=%C3", [("city", "invalid_value", None)]),
    ("limit=0", [("limit", "out_of_range", None)]),
    ("limit=201", [("limit", "out_of_range", None)]),
    ("limit=ten", [("limit", "invalid_value", None)]),
    ("limit=99999999999999999999999", [("limit", "out_of_range", None)]),
    ("shade=drak", [("shade", "invalid_value", "dark")]),
    ("city=a&city=b&city=c&city=d", [("city", "out_of_range", None)]),
    (f"q={'x' * 51}", [("q", "out_of_range", None)]),
    (
        "citty=x&limit=1&limit=2&q=&shade=grey&city=a",
        [
            ("citty", "unknown_parameter", "city"),
            ("limit", "duplicate_parameter", None),
            ("q", "empty_value", None),
            ("shade", "invalid_value", "light"),
        ],
    ),
    ("limit=0&shade=grey", [("shade", "invalid_value", "light"), ("limit", "out_of_range", None)]),
]


@pytest.mark.parametrize(("query", "expected"), REFUSED)
def test_refused(client: Client, query: str, expected: list[tuple[str, str, str | None]]) -> None:
    answer = client.get(f"/v1/things?{query}")
    assert answer.status_code == 422
    assert answer.json()["type"] == "/problems/invalid-parameter"
    found = [(e["parameter"], e["code"], next(iter(e["suggestions"]), None)) for e in answer.json()["errors"]]
    assert found == expected


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("", {}),
        ("city=boston-ma&city=Chicago", {"city": ["boston-ma", "Chicago"]}),
        ("shade=light&shade=dark&limit=200", {"shade": ["light", "dark"], "limit": 200}),
        ("q=Bogot%C3%A1+%22news%22", {"q": 'Bogotá "news"'}),
        ("q=%EF%BF%BD", {"q": "\ufffd"}),  # the replacement character itself is text
        ("q=0", {"q": "0"}),
    ],
)
def test_accepted(client: Client, query: str, understood: dict[str, Any]) -> None:
    answer = client.get(f"/v1/things?{query}")
    assert answer.status_code == 200
    assert answer.json().items() >= understood.items()


@pytest.mark.parametrize(
    "path", ["/healthz", "/docs", "/", "/openapi.json", "/docs/assets/docs.js", "/v1/gone"]
)
def test_a_route_without_parameters_takes_none(client: Client, path: str) -> None:
    answer = client.get(f"{path}?city=boston-ma")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "unknown_parameter"


def test_parameters_outside_a_model_are_known_too(client: Client) -> None:
    assert client.get("/v1/things/1?loud=true").json() == {"number": 1, "loud": True}
    assert client.get("/v1/things/1?loud=true&loud=true").json()["errors"][0]["code"] == "duplicate_parameter"
    assert client.get("/v1/things/1?lou=true").json()["errors"][0]["suggestions"] == ["loud"]


def test_raw_bytes_are_not_read_as_another_encoding(client: Client) -> None:
    """A server hands on what came over the wire; a client of ours would have encoded it."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/v1/things",
        "raw_path": b"/v1/things",
        "query_string": "q=é".encode("latin-1"),
        "headers": [],
    }
    assert _status(client, scope) == 422


def _status(client: Client, scope: dict[str, Any]) -> int:
    import asyncio  # noqa: PLC0415 - for this one call below the client

    messages: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        messages.append(message)

    asyncio.run(client.app(scope, receive, send))  # type: ignore[arg-type] # plain dicts are scopes
    status: int = messages[0]["status"]
    return status
