from alembic import command
from sqlalchemy import inspect

from app.db.engine import writing_engine
from app.db.migrations import SchemaState, alembic_config, downgrade, schema_state, upgrade
from app.ingestion.database import upgrade_database
from tests.conftest import Templates
from tests.dump import dump

STORIES = frozenset({"article_stories", "article_copies", "article_bands", "quotations"})
"""Filled from the texts by what upgrades a corpus, not by the migration."""
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
        before = dump(connection)
        assert len(before["article_search"]) > 10
        downgrade(connection, "0003")
        upgrade(connection)
        assert dump(connection, without=STORIES) == {
            table: rows for table, rows in before.items() if table not in STORIES
        }
    engine.dispose()


def test_stories_of_a_loaded_corpus_are_told_when_it_is_upgraded(
    templates: Templates, database_kind: str
) -> None:
    url = templates.databases(database_kind).create(templates.corpus(database_kind))
    engine = writing_engine(url)
    with engine.begin() as connection:
        before = dump(connection, without=STATE)
        assert all(before[table] for table in STORIES - {"article_copies"})
        downgrade(connection, "0004")
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
