from alembic import command
from sqlalchemy import inspect

from app.db.engine import writing_engine
from app.db.migrations import SchemaState, alembic_config, downgrade, schema_state, upgrade
from tests.conftest import Templates
from tests.dump import dump


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
        assert dump(connection) == before
    engine.dispose()


def test_tables_that_are_not_ours_are_told_apart(empty_url: str) -> None:
    engine = writing_engine(empty_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE holiday_snaps (id INTEGER)")
        assert schema_state(connection) is SchemaState.UNKNOWN
    engine.dispose()
