import json
from datetime import UTC, datetime

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text
from sqlalchemy.exc import IntegrityError

from app.db.engine import writing_engine
from app.db.migrations import SchemaState, alembic_config, downgrade, schema_state, upgrade
from app.db.models.corpus import IngestionFailure
from app.db.models.statement import Statement, StatementCard
from app.domain.article import UnreadableArticle, UnreadableReason
from app.ingestion.database import upgrade_database
from app.storage.reindex import reindex
from app.storage.runs import add_failures, start_run
from tests.conftest import Templates
from tests.dump import dump

NOW = datetime(2024, 5, 1, tzinfo=UTC)
CUES = frozenset({"statements", "statement_cues", "statement_cards"})  # tried by themselves
ORIGINALS = frozenset({"articles"})  # has columns that going down below 0006 empties
STORIES = frozenset({"article_stories", "article_copies", "article_bands", "quotations"})  # as above
STATE = frozenset({"corpus_state"})


def test_models_and_migrations_agree(database_url: str) -> None:
    engine = writing_engine(database_url)
    with engine.begin() as connection:
        command.check(alembic_config(connection))
    engine.dispose()


def test_migrations_run_up_and_down_and_up_again(empty_url: str) -> None:
    engine = writing_engine(empty_url)
    with engine.begin() as connection:
        assert schema_state(connection) is SchemaState.EMPTY
        upgrade(connection)
        assert schema_state(connection) is SchemaState.CURRENT
    with engine.begin() as connection:
        downgrade(connection, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert schema_state(connection) is SchemaState.EMPTY
        upgrade(connection)
        assert schema_state(connection) is SchemaState.CURRENT
    engine.dispose()


def test_a_loaded_search_index_goes_down_and_up(templates: Templates, database_kind: str) -> None:
    url = templates.databases(database_kind).create(templates.corpus(database_kind))
    engine = writing_engine(url)
    with engine.begin() as connection:
        before = dump(connection, without=CUES | ORIGINALS | STORIES)
        assert len(before["article_search"]) > 10
        downgrade(connection, "0003")
        upgrade(connection)
        assert dump(connection, without=CUES | ORIGINALS | STORIES) == before
    engine.dispose()


def test_loaded_cues_go_down_and_up(templates: Templates, database_kind: str) -> None:
    """Classes are told by reading an article again only, words by making the index anew."""
    url = templates.databases(database_kind).create(templates.corpus(database_kind))
    engine = writing_engine(url)
    with engine.begin() as connection:
        before = dump(connection)
        assert len(before["statement_cues"]) > 10
        classes = select(Statement.cue_class).distinct()
        assert None not in set(connection.scalars(classes))
        downgrade(connection, "0004")
        upgrade(connection)
        assert set(connection.scalars(classes)) == {None}
        reindex(connection, now=NOW)
        after = dump(connection)
        assert after["statement_cues"] == before["statement_cues"]
        assert bare(after["statements"]) == bare(before["statements"])
        assert all(
            json.loads(card)["cue_class"] is None for card in connection.scalars(select(StatementCard.body))
        )
    engine.dispose()


def bare(statements: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Return the rows of statements without the classes of their cues."""
    at = list(Statement.__table__.c.keys()).index("cue_class")
    return [(*row[:at], *row[at + 1 :]) for row in statements]


def test_a_class_that_is_none_is_refused(templates: Templates, database_kind: str) -> None:
    url = templates.databases(database_kind).create(templates.corpus(database_kind))
    engine = writing_engine(url)
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.exec_driver_sql("UPDATE statements SET cue_class = 'song'")
    engine.dispose()


def test_a_reason_that_an_older_schema_lacks_becomes_another(database_url: str) -> None:
    engine = writing_engine(database_url)
    with engine.begin() as connection:
        run = start_run(connection, pipeline_version="1", report={}, now=NOW)
        nested = UnreadableArticle(origin="x", reason=UnreadableReason.BAD_STRUCTURE, detail="too deep")
        add_failures(connection, run, [nested], now=NOW)
        assert connection.scalar(select(IngestionFailure.reason)) == "bad_structure"
        downgrade(connection, "0004")
        assert connection.scalar(text("SELECT reason FROM ingestion_failures")) == "unreadable_file"
    engine.dispose()


def test_stories_of_a_loaded_corpus_are_told_when_it_is_upgraded(
    templates: Templates, database_kind: str
) -> None:
    url = templates.databases(database_kind).create(templates.corpus(database_kind))
    engine = writing_engine(url)
    with engine.begin() as connection:
        before = dump(connection, without=STATE)
        assert all(before[table] for table in STORIES - {"article_copies"})
        stories = ScriptDirectory.from_config(alembic_config()).get_revision("0008")
        downgrade(connection, str(stories.down_revision))
        assert not STORIES & {*inspect(connection).get_table_names()}
    upgrade_database(engine)
    with engine.begin() as connection:
        assert dump(connection, without=STATE) == before
    engine.dispose()


def test_tables_that_are_not_ours_are_told_apart(empty_url: str) -> None:
    engine = writing_engine(empty_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE holiday_snaps (id INTEGER)")
        assert schema_state(connection) is SchemaState.UNKNOWN
    engine.dispose()
