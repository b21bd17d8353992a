"""Every route of the application, so that a new one is held to the same contract without a word about it."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings


@dataclass(frozen=True)
class Route:
    """A route, with its path filled in by a key that no record has, and its described query parameters."""

    template: str
    path: str
    parameters: tuple[dict[str, Any], ...]

    def names(self, *, lists: bool | None = None) -> list[str]:
        """Return the names of the parameters: all, or those that may, or may not, be repeated."""
        chosen = (p for p in self.parameters if lists is None or _is_list(p["schema"]) is lists)
        return [parameter["name"] for parameter in chosen]


def _is_list(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array" or any(map(_is_list, schema.get("anyOf", [])))


@pytest.fixture
def application(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FastAPI]:
    """Give the application over a database that is not there."""
    monkeypatch.chdir(tmp_path)  # no .env of the developer's
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield create_app(Settings(database_url=f"sqlite:///{tmp_path}/absent.db"))
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def client(application: FastAPI) -> TestClient:
    """Give a client that sees failures as answers, as the network does."""
    return TestClient(application, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def routes(application: FastAPI) -> list[Route]:
    """Give every route, those of the docs included."""
    described = application.openapi()["paths"]
    found = []
    for context in iter_route_contexts(application.routes):
        assert context.path is not None
        assert context.methods == {"GET"}, f"{context.path}: the API only reads"
        operation = described.get(context.path_format, {}).get("get", {})
        query = tuple(p for p in operation.get("parameters", []) if p["in"] == "query")
        filled = "/".join("nobody" if part.startswith("{") else part for part in context.path.split("/"))
        found.append(Route(context.path, filled, query))
    assert len(found) > len(described)  # the docs page is not in its own description
    return found
