"""The real application over the small corpus, on both databases."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from httpx2 import Response

from app.api.recollection import Memory
from app.main import create_app
from app.settings import Settings
from tests.client import Client
from tests.queries.world import world_url

__all__ = ["world_url"]

Ask = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def clients() -> Iterator[dict[str, Client]]:
    """Hold a client for each database: making an application takes longer than a test."""
    made: dict[str, Client] = {}
    yield made
    for client in made.values():
        client.__exit__()


@pytest.fixture
def client(clients: dict[str, Client], world_url: str) -> Client:
    """Give a client of the API over the small corpus."""
    if world_url not in clients:
        root = logging.getLogger()
        handlers, level = root.handlers[:], root.level
        app = create_app(Settings(database_url=world_url, _env_file=None))  # no .env
        root.handlers[:], root.level = handlers, level
        clients[world_url] = Client(app, follow_redirects=False).__enter__()
    clients[world_url].app.state.memory = Memory()
    return clients[world_url]


@pytest.fixture
def ask(client: Client) -> Ask:
    """Give what asks for a path and returns the answer, which has to be a 200."""

    def asked(path: str) -> dict[str, Any]:
        response: Response = client.get(path if path.startswith("/v1/") else f"/v1{path}")
        assert response.status_code == 200, response.text
        answer: dict[str, Any] = response.json()
        return answer

    return asked
