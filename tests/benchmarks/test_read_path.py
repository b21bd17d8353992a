"""One real run, as small as it can be: servers start, load comes from another process; nothing is timed."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.databases import database
from benchmarks.questions import TITLES
from benchmarks.read_path import DOCUMENT, RESULT, document, measure
from benchmarks.suite import Plan
from tests.benchmarks.conftest import SIZE
from tests.conftest import Templates

MEASURED = {"requests", "per_second", "cpu_us", "p50_ms", "p99_ms", "body_bytes", "generator_cpu_us"}
NAIVE = {"newest", "city", "rare_city", "city_organization", "city_organization_middling", "deep"}
BODILESS = {"not_modified", "head"}


@pytest.fixture(scope="module")
def report(corpora: Path) -> dict[str, Any]:
    plan = Plan(names=list(TITLES), rounds=1, seconds=0.05, starts=1)
    return measure([SIZE], ["sqlite"], plan, folder=corpora)


def test_a_report_is_json_and_names_what_it_was_measured_on(report: dict[str, Any]) -> None:
    assert json.loads(json.dumps(report)) == report
    assert report["machine"]["cores"] > 0
    assert report["method"] == {"connections": 4, "rounds": 1, "seconds": 0.05, "starts": 1}
    assert report["databases"]["sqlite"]["version"].startswith("SQLite 3")


@pytest.mark.parametrize("name", TITLES)
def test_every_question_has_every_figure(report: dict[str, Any], name: str) -> None:
    figures = report["databases"]["sqlite"]["questions"][name][str(SIZE)]
    servers = {"product"} | ({"constant"} - BODILESS if name not in BODILESS else set())
    assert set(figures) == servers | ({"naive"} if name in NAIVE else set()) | {"database"}
    for who in set(figures) - {"database"}:
        assert set(figures[who]) == MEASURED
        assert figures[who]["requests"] > 0
        assert bool(figures[who]["body_bytes"]) == (name not in BODILESS)
    assert figures["database"]["statements"] > 0
    assert figures["database"]["database_ms"] >= 0


def test_servers_are_weighed_and_their_start_is_timed(report: dict[str, Any]) -> None:
    database = report["databases"]["sqlite"]
    assert set(database["memory_mb"][str(SIZE)]) == {"product", "constant", "naive"}
    assert all(megabytes > 0 for megabytes in database["memory_mb"][str(SIZE)].values())
    assert database["starts"]["seconds"] > 0


def test_a_corpus_is_built_once(
    templates: Templates, database_kind: str, corpora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    databases = templates.databases(database_kind)
    server = databases._server
    url = database(server, SIZE, folder=corpora)
    if server is not None:
        databases._made.append(url.rpartition("/")[2].partition("?")[0])  # to be dropped at the end
    monkeypatch.setattr("benchmarks.databases.save", None)  # nothing is saved a second time
    assert database(server, SIZE, folder=corpora) == url


def test_the_page_holds_the_tables_of_the_report_that_is_kept() -> None:
    text = DOCUMENT.read_text("utf-8")
    assert document(text, json.loads(RESULT.read_text("utf-8"))) == text, "run `make benchmark`"
