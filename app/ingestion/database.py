"""A database that the job can write: at the newest schema, with the known places and organizations in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from app.db.migrations import LOCK_KEY, SchemaState, schema_state, upgrade
from app.ingestion.errors import DatabaseNotReadyError
from app.ingestion.known import known_data, load_known, topic_teller
from app.storage.reindex import has_old_cards, reindex
from app.storage.runs import last_report
from app.storage.stories import lacks_stories

OUTDATED = "the database has an older schema: run `dateline db upgrade`"
UNKNOWN = "the database has tables that are not Dateline's, or those of a newer version: name another one"
EMPTY = "the database has no tables yet: run `dateline db upgrade`"


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which nobody else writes, and commit it. Others wait for it."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # SQLite's transaction takes the lock by itself
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK_KEY})")
        yield connection


def prepare(engine: Engine) -> None:
    """Migrate an empty database, and load known places and organizations that it does not have yet.

    Raises DatabaseNotReadyError for an outdated database and for one that is not ours.
    """
    with writing(engine) as connection:
        state = schema_state(connection)
        if state in {SchemaState.OUTDATED, SchemaState.UNKNOWN}:
            raise DatabaseNotReadyError(OUTDATED if state is SchemaState.OUTDATED else UNKNOWN)
        if state is SchemaState.EMPTY:
            upgrade(connection)
        if last_report(connection).get("linked_with") != known_data():
            load_known(connection)


def upgrade_database(engine: Engine) -> None:
    """Migrate to the newest schema, load known places and organizations, make what is older anew.

    Raises DatabaseNotReadyError for a database that is not ours.
    """
    with writing(engine) as connection:
        if schema_state(connection) is SchemaState.UNKNOWN:
            raise DatabaseNotReadyError(UNKNOWN)
        upgrade(connection)
        load_known(connection)
        if has_old_cards(connection) or lacks_stories(connection):
            reindex(connection, now=datetime.now(UTC))


def reindex_database(engine: Engine, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Make all cards and search words anew, and tell the topics; return the number of articles.

    Raises DatabaseNotReadyError.
    """
    with writing(engine) as connection:
        require_current(connection)
        return reindex(connection, now=datetime.now(UTC), tell=topic_teller(), progress=progress)


def require_current(connection: Connection) -> None:
    """Raise DatabaseNotReadyError unless the database is at the newest schema."""
    states = {SchemaState.EMPTY: EMPTY, SchemaState.OUTDATED: OUTDATED, SchemaState.UNKNOWN: UNKNOWN}
    state = schema_state(connection)
    if state in states:
        raise DatabaseNotReadyError(states[state])
