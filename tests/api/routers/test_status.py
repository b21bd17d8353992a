"""How the corpus stands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine, Table, event, insert

from app.db.article_ids import article_id
from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.corpus import CorpusState, IngestionRun, RunStatus
from app.db.models.links import (
    ArticleOrganization,
    ArticlePlace,
    ArticleSpeaker,
    ArticleTopic,
    OrganizationRelation,
)
from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.source import Source
from app.db.models.speaker import Speaker
from app.db.models.topic import Topic
from app.domain.annotation import PlaceKind, SpeakerKind
from app.domain.links import OrganizationKind
from tests.client import Client

Serve = Callable[..., FastAPI]
NOON = datetime(2020, 2, 14, 12, tzinfo=UTC)
LATER = datetime(2020, 2, 15, tzinfo=UTC)


def article(key: str, *, published_at: datetime | None, statements: int, version: str) -> dict[str, Any]:
    return {
        "id": article_id(published_at, key),
        "key": key,
        "identity": f"text:{key}",
        "fingerprint": key,
        "source_id": 1,
        "title": f"Title of {key}",
        "published_at": published_at,
        "language": "en",
        "extracted": True,
        "words": 100,
        "statements": statements,
        "speakers": 1,
        "organizations": 1,
        "cities": 1,
        "topics": 1,
        "ingested_at": NOON,
        "updated_at": NOON,
        "pipeline_version": version,
    }


def named(id_: int, slug: str) -> dict[str, Any]:
    return {"id": id_, "slug": slug, "name": slug, "name_key": slug}


@pytest.fixture
def filled_url(database_url: str) -> str:
    """Give a database with two articles, and beside each record with evidence one without."""
    one = article("older", published_at=NOON, statements=2, version="1")
    two = article("newer", published_at=LATER, statements=1, version="2")
    undated = article("undated", published_at=None, statements=0, version="2")
    city = {"kind": PlaceKind.CITY, "country": "US"}
    organization = {"kind": OrganizationKind.AGENCY, "authority": True}
    rows: list[tuple[Any, list[dict[str, Any]]]] = [
        (Source, [named(1, "gazette"), named(2, "unread")]),
        (Article, [one, two, undated]),
        (Place, [{**named(1, "boston-ma"), **city}, {**named(2, "unmentioned"), **city}]),
        (Place, [{**named(3, "massachusetts"), "kind": PlaceKind.STATE, "country": "US"}]),
        (ArticlePlace, [{"place_id": id_, "article_id": one["id"], "mentions": 1} for id_ in (1, 3)]),
        (Organization, [{**named(id_, f"agency-{id_}"), **organization} for id_ in (1, 2)]),
        (
            ArticleOrganization,
            [
                {"organization_id": 1, "relation": relation, "article_id": two["id"], "count": 1}
                for relation in OrganizationRelation
            ],
        ),
        (Speaker, [{**named(id_, f"ana-ortega-{id_}"), "kind": SpeakerKind.PERSON} for id_ in (1, 2)]),
        (ArticleSpeaker, [{"speaker_id": 1, "article_id": i["id"], "statements": 1} for i in (one, two)]),
        (Topic, [{**named(id_, f"topic-{id_}"), "description": "Words."} for id_ in (1, 2)]),
        (ArticleTopic, [{"topic_id": 1, "article_id": i["id"], "mentions": 1} for i in (one, two)]),
        (CorpusState, [{"id": 1, "revision": 7, "committed_at": LATER}]),
        (IngestionRun, [run(1, RunStatus.FAILED), run(2, RunStatus.FINISHED)]),
    ]
    write(database_url, rows)
    return database_url


def run(id_: int, status: RunStatus) -> dict[str, Any]:
    report = {"read": 3, "new": 3, "quarantined": 0, "seconds": 1.5, "reasons": {"/home/ana/a.txt": "empty"}}
    return {
        "id": id_,
        "started_at": NOON,
        "finished_at": LATER,
        "status": status,
        "pipeline_version": "2",
        "report": report,
    }


def write(url: str, rows: list[tuple[Any, list[dict[str, Any]]]]) -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        for model, values in rows:
            table: Table = model.__table__
            connection.execute(insert(table), values)
    engine.dispose()


@contextmanager
def queries(engine: Engine) -> Iterator[list[str]]:
    """Give the statements that the engine executes meanwhile."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def test_what_it_tells(serve: Serve, filled_url: str) -> None:
    told = Client(serve(filled_url)).get("/v1/status").json()
    assert told.pop("version")
    assert "GeoNames" in told.pop("attribution")
    assert told == {
        "revision": 7,
        "committed_at": "2020-02-15T00:00:00Z",
        "counts": {
            "articles": 3,
            "statements": 3,
            "speakers": 1,
            "organizations": 1,
            "cities": 1,
            "topics": 1,
            "sources": 1,
        },
        "newest_article": {
            "key": "newer",
            "title": "Title of newer",
            "published_at": "2020-02-15T00:00:00Z",
        },
        "pipelines": [{"version": "1", "articles": 1}, {"version": "2", "articles": 2}],
        "last_run": {
            "status": "finished",
            "started_at": "2020-02-14T12:00:00Z",
            "finished_at": "2020-02-15T00:00:00Z",
            "pipeline_version": "2",
            "counts": {"read": 3, "new": 3, "quarantined": 0},
        },
    }


def test_an_empty_corpus(serve: Serve, database_url: str) -> None:
    told = Client(serve(database_url)).get("/v1/status").json()
    assert set(told["counts"].values()) == {0}
    assert (told["revision"], told["pipelines"]) == (0, [])
    assert (told["committed_at"], told["newest_article"], told["last_run"]) == (None, None, None)


def test_counting_costs_once_a_revision(serve: Serve, filled_url: str) -> None:
    app = serve(filled_url)
    client = Client(app)
    with queries(app.state.reader._engine) as first:
        before = client.get("/v1/status").json()
    with queries(app.state.reader._engine) as second:
        assert client.get("/v1/status").json() == before
    assert len(_selects(first)) == 5
    assert len(_selects(second)) == 3
    third = article("third", published_at=LATER, statements=4, version="2")
    engine = writing_engine(filled_url)
    with engine.begin() as connection:
        connection.execute(insert(Article), [third])
        connection.exec_driver_sql("UPDATE corpus_state SET revision = 8")
    engine.dispose()
    after = client.get("/v1/status").json()
    assert (after["revision"], after["counts"]["articles"], after["counts"]["statements"]) == (8, 4, 7)


def _selects(statements: list[str]) -> list[str]:
    return [statement for statement in statements if statement.lstrip().startswith("SELECT")]
