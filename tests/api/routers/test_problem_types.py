"""The types of errors are explained where their addresses lead, and in the documentation."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.api.problems import MEANINGS
from app.schemas.problem import ParameterCode, ProblemType
from tests.client import Client

Serve = Callable[..., FastAPI]
DOCUMENTED = Path(__file__).parents[3] / "docs" / "errors.md"


@pytest.fixture
def client(serve: Serve) -> Client:
    """Give a client without a database, which no explanation needs."""
    return Client(serve("sqlite:///absent/absent.db"))


def test_every_type_leads_to_its_explanation(client: Client) -> None:
    listed = client.get("/problems").json()["results"]
    assert [kind["type"] for kind in listed] == list(ProblemType)
    for kind in listed:
        assert client.get(kind["type"]).json() == kind


def test_another_name_is_not_found(client: Client) -> None:
    answer = client.get("/problems/bad-luck")
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_the_documentation_has_the_same_list() -> None:
    text = DOCUMENTED.read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line[:3] == "| `"
    ]
    documented = {row[0].strip("`"): row[1:] for row in rows}
    assert set(documented) == {*ProblemType, *ParameterCode}
    for kind, meaning in MEANINGS.items():
        assert documented[kind] == [str(meaning.status), meaning.title, meaning.advice]


def test_the_example_of_the_documentation_is_what_happens(client: Client) -> None:
    text = DOCUMENTED.read_text("utf-8")
    asked = re.search(r"`GET (/v1/\S+)` answers (\d+):\n\n```json\n(.*?)\n```", text, re.DOTALL)
    assert asked is not None
    expected = json.loads(asked[3])
    answer = client.get(asked[1], headers={"X-Request-ID": expected["instance"]})
    assert (str(answer.status_code), answer.json()) == (asked[2], expected)
