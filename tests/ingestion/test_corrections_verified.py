"""What verification tells of decisions: those that lost their subject, and what nobody decided."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text

from app.db.models.speaker import Speaker
from app.ingestion.decisions import Action
from app.ingestion.exporting import export_lines
from app.ingestion.job import Options, run_ingestion
from tests.ingestion.decided import FIRST, SECOND, TEXT, closing, corpus, decide, key_of, stands, store, wrong
from tests.storage.linked import bare, person, read_article, said

ORTEGA, REED = person("Ana Ortega"), person("Tom Reed")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    given = read_article(text=TEXT)
    one = bare(given, said(TEXT, FIRST, by=ORTEGA), said(TEXT, SECOND, by=REED))
    yield from closing(corpus(database_url, one))


def test_a_statement_that_is_worded_otherwise_now(engine: Engine) -> None:
    before = key_of(engine, SECOND)
    decide(engine, Action.SPEAKER, before, "ana-ortega")
    longer = said(TEXT, "“Not a day,” another said.", by=REED)
    otherwise = bare(read_article(text=TEXT), said(TEXT, FIRST, by=ORTEGA), longer)
    store(engine, replace(otherwise, annotated=replace(otherwise.annotated, pipeline_version="2")))
    now = key_of(engine, "“Not a day,” another said.")
    (told,) = wrong(engine)
    assert told.startswith(f"correction: statement {before}: it was decided (speaker), and stands no more")
    assert told.endswith(f": the words no longer stand in the article; where it stood there is {now}")
    decide(engine, Action.UNDO, before)
    assert wrong(engine) == []


def broken(engine: Engine, statement: str) -> list[str]:
    """Return what is told of decisions after a row was changed by hand."""
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount == 1
    return [each for each in wrong(engine) if each.startswith("correction")]


def test_a_review_and_speakers_that_nobody_decided(engine: Engine) -> None:
    first, second = key_of(engine, FIRST), key_of(engine, SECOND)
    decide(engine, Action.SPEAKER, second, "ana-ortega")
    assert broken(engine, "UPDATE statements SET review = 'confirmed' WHERE ordinal = 0") == [
        f"correction: statement {first}: it is confirmed, and no correction that is in force says so"
    ]
    other = "(SELECT id FROM speakers WHERE slug = 'tom-reed')"
    changed = f"UPDATE attributions SET speaker_id = {other} WHERE ordinal = 1"  # noqa: S608 - our own
    assert f"correction: statement {second}: it is by tom-reed, not by ana-ortega" in broken(engine, changed)
    retracted = "UPDATE statements SET review = 'retracted' WHERE ordinal = 1"
    assert f"correction: statement {second}: it is retracted, not corrected" in broken(engine, retracted)


def test_who_stands_again_and_who_is_not_there(engine: Engine) -> None:
    decide(engine, Action.MERGE_SPEAKERS, "tom-reed", "ana-ortega")
    with engine.begin() as connection:
        again = {"slug": "tom-reed", "name": "Tom Reed", "name_key": "tom reed", "kind": "person"}
        connection.execute(insert(Speaker).values(again))
    moved = 'UPDATE corrections SET after = \'{"slug": "nobody", "name": "Nobody"}\''
    assert broken(engine, "UPDATE speakers SET wikidata = 'Q1' WHERE slug = 'tom-reed'") == [
        "correction: speaker tom-reed: it is ana-ortega, and stands again"
    ]
    told = broken(engine, moved)
    assert told[1:] == ["correction: speaker tom-reed: it is nobody, and no speaker has that slug"]
    assert told[0].endswith("the key is not that of what it says")


def test_a_correction_of_an_export_that_says_otherwise_is_refused(engine: Engine, tmp_path: Path) -> None:
    decide(engine, Action.SPEAKER, key_of(engine, SECOND), "ana-ortega")
    lines = list(export_lines(engine))
    at = next(number for number, line in enumerate(lines) if line.startswith('{"correction"'))
    told = json.loads(lines[at])
    told["correction"]["after"]["speakers"][0]["slug"] = "tom-reed"
    path = tmp_path / "export.jsonl"
    path.write_text("\n".join([lines[0], json.dumps(told)]), "utf-8")
    options = Options(model="no_such_model", batch_size=32, max_article_chars=1_000)
    report = run_ingestion([path], engine=engine, options=replace(options, dry_run=True))
    assert report.reasons == {"bad_field": 1}
    assert stands(engine, SECOND) == ("corrected", ["ana-ortega"])


def test_a_correction_that_names_somebody_else_here_is_refused(engine: Engine, tmp_path: Path) -> None:
    decide(engine, Action.SPEAKER, key_of(engine, SECOND), "ana-ortega")
    path = tmp_path / "export.jsonl"
    lines = list(export_lines(engine))
    told = [line for line in lines if line.startswith('{"correction"')]
    path.write_text("\n".join([lines[0], *told]), "utf-8")
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM corrections"))
        renamed = (
            "UPDATE speakers SET name = 'Ines Ortega', name_key = 'ines ortega' WHERE slug = 'ana-ortega'"
        )
        connection.execute(text(renamed))
    options = Options(model="no_such_model", batch_size=32, max_article_chars=1_000)
    report = run_ingestion([path], engine=engine, options=options)
    assert report.reasons == {"saving_failed": 1}
    assert "ana-ortega is another one in this corpus" in report.failures[0]["detail"]
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM corrections")) == 0
