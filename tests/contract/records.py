"""Routes filled in with keys of records that there are."""

from functools import cache
from typing import TYPE_CHECKING

from starlette.applications import Starlette

from tests.client import Client

if TYPE_CHECKING:
    from tests.contract.conftest import Route

RECORDS = 3  # of each kind: enough for an article without statements, a city without organizations


def addresses(client: Client, route: "Route") -> list[str]:
    """Return the route's path, filled in with keys of records that a list has shown."""
    before, brace, after = route.template.partition("{")
    if not brace:
        return [route.template]
    if before == "/problems/":
        return ["/problems/gone"]
    return [before + key + after.partition("}")[2] for key in _keys(client.app, before.rstrip("/"))]


@cache
def _keys(app: Starlette, path: str) -> list[str]:
    """Return the keys of the first records of a list, which no test changes."""
    shown = Client(app).get(path, params={"limit": RECORDS}).json()["results"]
    keys = [record.get("slug") or record["key"] for record in shown]
    assert len(keys) == RECORDS, path
    return keys


def json_routes(client: Client, routes: "list[Route]") -> "list[Route]":
    """Leave out the docs page, and the text, which is no JSON."""
    paths = client.get("/openapi.json").json()["paths"]
    with_json = {
        path
        for path, operations in paths.items()
        if "application/json" in operations["get"]["responses"]["200"].get("content", {})
    }
    return [route for route in routes if route.template in with_json]
