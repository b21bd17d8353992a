"""From the description a kept generator makes a client that works: it walks lists and reads errors."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from openapi_python_client import generate
from openapi_python_client.config import Config, ConfigFile, MetaType

from tests.contract.serving import Server, serving

PACKAGE = "dateline_client"
LIMIT = 3


@pytest.fixture(scope="session")
def generated(application: FastAPI, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Generate the client and let it be imported; the generator must have nothing to object."""
    folder = tmp_path_factory.mktemp("client")
    description = folder / "openapi.json"
    description.write_text(json.dumps(application.openapi()), "utf-8")
    objections = generate(
        config=Config.from_sources(
            ConfigFile(post_hooks=[]),  # no formatting
            MetaType.NONE,
            document_source=description,
            file_encoding="utf-8",
            overwrite=False,
            output_path=folder / PACKAGE,
        )
    )
    assert list(objections) == []
    sys.path.insert(0, str(folder))
    yield folder / PACKAGE
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.fixture(scope="module")
def server_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Server]]:
    """Give the live server of a database: one for all tests, since starting takes longer than they do."""
    with ExitStack() as running:
        yield cache(lambda url: running.enter_context(serving(url, tmp_path_factory.mktemp("server"))))


@pytest.fixture
def client(generated: Path, corpus_url: str, server_of: Callable[[str], Server]) -> Iterator[Any]:
    """Give the generated client of a live server over the small corpus."""
    with import_module(generated.name).Client(base_url=server_of(corpus_url).address) as made:
        yield made


def call(operation: str, client: Any, **arguments: Any) -> Any:
    """Ask by the generated function of an operation; give what it has parsed."""
    tag, _, name = operation.rpartition(".")
    return import_module(f"{PACKAGE}.api.{tag}.{name}").sync(client=client, **arguments)


def model(name: str) -> Any:
    return getattr(import_module(f"{PACKAGE}.models"), name)


def test_every_operation_has_a_function(generated: Path, application: FastAPI) -> None:
    named = {
        operation["get"]["operationId"]: operation["get"]["tags"][0]
        for operation in application.openapi()["paths"].values()
    }
    assert len(named) > 20
    for name, tag in named.items():
        assert callable(import_module(f"{PACKAGE}.api.{tag}.{name}").sync), name
    assert (generated / "models" / "article_card.py").exists()


def test_it_walks_a_list_to_its_end(client: Any) -> None:
    whole = call("articles.list_articles", client, limit=200)
    keys: list[str] = []
    arguments: dict[str, Any] = {}
    while True:
        page = call("articles.list_articles", client, limit=LIMIT, **arguments)
        assert isinstance(page, model("PageArticleCard"))
        keys += [article.key for article in page.results]
        if page.links.next_ is None:
            break
        arguments = {"cursor": page.links.next_.partition("cursor=")[2]}
    assert keys == [article.key for article in whole.results]
    assert len(keys) == page.meta.total.value > LIMIT


def test_it_filters_and_reads_records(client: Any) -> None:
    kinds = model("StatementKind")
    page = call("statements.list_statements", client, city=["boston-ma"], kind=[kinds.DIRECT], limit=1)
    (card,) = page.results
    assert card.kind is kinds.DIRECT
    statement = call("statements.get_statement", client, key=card.key)
    assert (statement.text, statement.spans[0].start) == (card.text, card.spans[0].start)
    classes = model("CueClass")
    asked = {"cue_class": [classes.SPEECH], "cue": ["said"], "min_confidence": 0.5}
    page = call("speakers.list_speakers", client, **asked, limit=1)
    (speaker,) = page.results
    assert speaker.statements_by_cue_class.speech == speaker.statements > 0
    city = call("cities.get_city", client, slug="boston-ma")
    assert (city.name, city.geonameid) == ("Boston", 4930956)
    speakers = call("cities.list_city_speakers", client, slug="boston-ma", name="ma")
    assert all(speaker.statements > 0 for speaker in speakers.results)
    assert call("service.get_status", client).counts.articles > LIMIT


def test_it_reads_errors(client: Any) -> None:
    refused = call("articles.list_articles", client, city=["bostn"])
    assert isinstance(refused, model("Problem"))
    assert (refused.status, str(refused.type_)) == (422, "/problems/invalid-parameter")
    assert refused.errors[0].parameter == "city"
    assert "boston-ma" in refused.errors[0].suggestions
    absent = call("speakers.get_speaker", client, slug="nobody")
    assert (absent.status, str(absent.type_)) == (404, "/problems/not-found")
