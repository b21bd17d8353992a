"""Bring a database to the newest schema, or tell how far it is."""

from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

import app

LOCK_KEY = 7_283_442  # any number of our own: jobs that start at once migrate one after the other


class SchemaState(StrEnum):
    """How a database's schema stands to the one that this version needs."""

    EMPTY = "empty"
    OUTDATED = "outdated"
    CURRENT = "current"
    UNKNOWN = "unknown"  # a revision of a newer version, or tables that are not ours


def script_location() -> Path:
    """Return the folder of the migrations: inside the installed package, or beside it in a clone."""
    package = Path(app.__file__).parent
    shipped = package / "migrations"
    return shipped if shipped.is_dir() else package.parent / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration; with a connection, migrations run in its transaction."""
    config = Config()
    config.set_main_option("script_location", str(script_location()).replace("%", "%%"))
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def head() -> str:
    """Return the newest revision that this version knows."""
    revision = ScriptDirectory.from_config(alembic_config()).get_current_head()
    if revision is None:
        raise RuntimeError(f"no migrations in {script_location()}")
    return revision


def schema_state(connection: Connection) -> SchemaState:
    """Tell how the database stands to this version."""
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None:
        tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        return SchemaState.UNKNOWN if tables else SchemaState.EMPTY
    if current == head():
        return SchemaState.CURRENT
    known = {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}
    return SchemaState.OUTDATED if current in known else SchemaState.UNKNOWN


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Migrate up to `revision`, in the connection's transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK_KEY})")
    command.upgrade(alembic_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Migrate down to `revision`, in the connection's transaction."""
    command.downgrade(alembic_config(connection), revision)
