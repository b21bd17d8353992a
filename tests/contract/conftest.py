"""Every route of the application, so that a new one is held to the same contract without a word about it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from app.main import create_app
from app.settings import Settings
from tests.client import Client

PATIENCE_SECONDS = 300
"""For a query: of what is answered, not when, on a machine that does other things as well."""


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

    def sorts(self) -> list[str]:
        """Return the orders of a list."""
        return [sort for p in self.parameters if p["name"] == "sort" for sort in p["schema"]["enum"]]


def _is_list(schema: dict[str, Any]) -> bool:
    return schema.get("type") == "array" or any(map(_is_list, schema.get("anyOf", [])))


def _resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Return a schema with what it refers to in place of the reference."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return {**document["components"]["schemas"][name], **schema} if name else schema


Serve: TypeAlias = Callable[[str], FastAPI]


@pytest.fixture(scope="session")
def serve() -> Iterator[Serve]:
    """Give what makes the application over a database, and leave the log handlers as they were."""
    made: list[FastAPI] = []

    def application(database_url: str) -> FastAPI:
        root = logging.getLogger()
        handlers, level = root.handlers[:], root.level
        settings = Settings(
            database_url=database_url,
            query_timeout_seconds=PATIENCE_SECONDS,
            _env_file=None,  # not the developer's
        )
        made.append(create_app(settings))
        # No setting and no database enters the description, which takes a second to make.
        made[-1].openapi_schema = made[0].openapi()
        root.handlers[:] = handlers
        root.setLevel(level)
        return made[-1]

    yield application
    for app in made:
        app.state.reader.close()


@pytest.fixture(scope="session")
def application(serve: Serve) -> FastAPI:
    """Give the application over a database that is not there: what is refused is refused before."""
    return serve("sqlite:///absent/absent.db")


@pytest.fixture
def client(application: FastAPI) -> Client:
    """Give a client that sees failures as answers, as the network does."""
    return Client(application, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="session")
def corpora() -> dict[str, FastAPI]:
    """Hold an application for each kind of database: making and describing one takes longer than a test."""
    return {}


@pytest.fixture
def corpus_application(corpora: dict[str, FastAPI], serve: Serve, corpus_url: str) -> FastAPI:
    """Give the application over the small corpus."""
    if corpus_url not in corpora:
        corpora[corpus_url] = serve(corpus_url)
    return corpora[corpus_url]


@pytest.fixture
def corpus(corpus_application: FastAPI) -> Client:
    """Give a client of the application over the small corpus."""
    return Client(corpus_application, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture(scope="session")
def routes(application: FastAPI) -> list[Route]:
    """Give every route, those of the docs included."""
    document = application.openapi()
    described = document["paths"]
    found = []
    for context in iter_route_contexts(application.routes):
        assert context.path is not None
        assert context.methods == {"GET"}, f"{context.path}: the API only reads"
        operation = described.get(context.path_format, {}).get("get", {})
        query = tuple(
            {**parameter, "schema": _resolved(parameter["schema"], document)}
            for parameter in operation.get("parameters", [])
            if parameter["in"] == "query"
        )
        filled = "/".join("nobody" if part.startswith("{") else part for part in context.path.split("/"))
        found.append(Route(context.path, filled, query))
    assert len(found) > len(described)  # the docs page is not in its own description
    return found
