"""Names that are remembered from request to request never outlive the corpus in which they were found."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, update

from app.api.recollection import MOST_REMEMBERED, Memory, Record
from app.db.engine import writing_engine
from app.db.models.place import Place
from app.db.models.speaker import Speaker
from app.domain.annotation import StatementKind
from app.storage.revision import raise_revision
from app.storage.saving import save
from tests.api.conftest import Serve
from tests.client import Client
from tests.counting import counted
from tests.queries.cast import BOSTON, ORTEGA, city
from tests.queries.stories import Said, Story, at
from tests.queries.world import NOW, build, linked

FIRST = Story("first", at(2020), places=(BOSTON,), says=(Said(StatementKind.DIRECT, (ORTEGA,)),))
KEY, BOSTON_RECORD = ("city", "Boston"), (Record(1, "boston-ma", "Boston"),)


def changed(url: str, change: Callable[[Connection], Any]) -> None:
    """Change the corpus as the job does: in one transaction with its revision."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        change(connection)
        raise_revision(connection, now=NOW)
    engine.dispose()


def save_another(connection: Connection) -> None:
    save(connection, [linked(replace(FIRST, key="another"))], now=NOW)


@pytest.fixture
def client(serve: Serve, database_url: str) -> Client:
    build(database_url, [FIRST])
    return Client(serve(database_url), follow_redirects=False)


def asked(client: Client, path: str, status: int = 200) -> dict[str, Any]:
    answer = client.get(f"/v1{path}")
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize("count", ["bounded", "exact", "none"])
def test_a_name_that_gains_a_record_means_it_too(client: Client, database_url: str, count: str) -> None:
    path = f"/articles?city=Boston&count={count}"
    assert [article["key"] for article in asked(client, path)["results"]] == ["first"]
    namesake = city("boston-ny", "Boston", "NY", 5109690)
    second = linked(Story("second", at(2021), places=(namesake,)))
    changed(database_url, lambda connection: save(connection, [second], now=NOW))
    answer = asked(client, path)
    assert [article["key"] for article in answer["results"]] == ["second", "first"]
    understood = answer["meta"]["query"]["city"][0]["records"]
    assert [record["slug"] for record in understood] == ["boston-ma", "boston-ny"]


@pytest.mark.parametrize("count", ["bounded", "exact"])
def test_a_total_is_that_of_the_page(client: Client, database_url: str, count: str) -> None:
    for number in (1, 2):
        for path in (f"/articles?count={count}", f"/articles?city=boston-ma&limit=1&count={count}"):
            for _ in range(2):
                answer = asked(client, path)
                assert answer["meta"]["total"]["value"] == number
                assert len(answer["results"]) == min(number, answer["meta"]["limit"])
        changed(database_url, save_another)


def test_a_record_with_another_name_is_told_by_it(client: Client, database_url: str) -> None:
    path = "/articles?city=boston-ma"
    asked(client, path)
    renamed = update(Place).where(Place.slug == "boston-ma").values(name="Bostontown")
    changed(database_url, lambda connection: connection.execute(renamed))
    (understood,) = asked(client, path)["meta"]["query"]["city"]
    assert understood == {"value": "boston-ma", "records": [{"slug": "boston-ma", "name": "Bostontown"}]}


def test_what_a_path_named_can_go(client: Client, database_url: str) -> None:
    path = "/speakers/ana-ortega/statements"
    assert len(asked(client, path)["results"]) == 1
    elsewhere = update(Speaker).where(Speaker.slug == "ana-ortega").values(slug="ana-ortega-1", name="Anne")
    changed(database_url, lambda connection: connection.execute(elsewhere))
    asked(client, path, 404)


def test_a_conditional_request_is_answered_by_names_of_its_own_time(
    client: Client, database_url: str
) -> None:
    path = "/v1/articles?city=Boston"
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    second = linked(replace(FIRST, key="second"))
    changed(database_url, lambda connection: save(connection, [second], now=NOW))
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert len(answer.json()["results"]) == 2


def test_a_request_whose_names_are_known_looks_none_up(client: Client, database_url: str) -> None:
    assert isinstance(client.app, FastAPI)
    numbers = []
    for query in (
        "city=Boston",
        "city=Boston&limit=1",
        "city=Boston&speaker=ana-ortega",
        "exclude_city=Boston",
    ):
        with counted(client.app) as executed:
            asked(client, f"/articles?{query}")
        numbers.append(len(executed))
    alone = 1 if database_url.startswith("postgresql") else 2  # a page and its total
    assert numbers == [alone + 1, 1, alone + 1, alone]


def test_nothing_is_recalled_that_was_not_found_at_the_same_revision() -> None:
    memory = Memory()
    assert memory.lookups().recall([KEY], revision=None) is None
    memory.keep(7, {KEY: BOSTON_RECORD})
    assert memory.lookups().recall([KEY], revision=None) == {KEY: BOSTON_RECORD}
    assert memory.lookups().recall([KEY], revision=7) == {KEY: BOSTON_RECORD}
    assert memory.lookups().recall([KEY], revision=8) is None
    assert memory.lookups().recall([KEY, ("city", "Chicago")], revision=7) is None
    memory.keep(8, {("city", "Chicago"): BOSTON_RECORD})
    assert memory.lookups().recall([KEY], revision=None) is None
    memory.keep(None, {KEY: BOSTON_RECORD})  # a corpus that nobody has committed to
    assert memory.lookups().recall([KEY], revision=None) is None


def test_only_what_was_recalled_can_mislead() -> None:
    memory = Memory()
    memory.keep(7, {KEY: BOSTON_RECORD})
    lookups = memory.lookups()
    assert not lookups.misled(8)
    lookups.recall([KEY], revision=None)
    assert (lookups.misled(7), lookups.misled(8), lookups.misled(None)) == (False, True, True)
    lookups.forget()
    assert not lookups.misled(8)
    assert lookups.recall([KEY], revision=None) is None


def test_memory_is_bounded() -> None:
    memory = Memory()
    for number in range(MOST_REMEMBERED + 1):
        memory.keep(1, {("city", str(number)): BOSTON_RECORD})
    assert memory.lookups().recall([("city", "0")], revision=1) is None
    assert memory.lookups().recall([("city", str(MOST_REMEMBERED))], revision=1) == {
        ("city", str(MOST_REMEMBERED)): BOSTON_RECORD
    }
