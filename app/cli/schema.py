"""`dateline db` and `dateline reindex`: the schema, and what is derived from the rows."""

import typer

from app.cli.jobs import patiently
from app.cli.running import errors_in_words, open_engine, read_settings
from app.db.sqlite_files import database_exists

database = typer.Typer(help="The database's schema.", no_args_is_help=True)


@database.command()
def upgrade() -> None:
    """Bring the database to the newest schema and load known places and organizations."""
    from app.ingestion.database import upgrade_database  # noqa: PLC0415 - loads storage

    with errors_in_words():
        patiently(upgrade_database, repeatable=True)
    typer.echo("The database is at the newest schema.", err=True)


@database.command()
def current() -> None:
    """Tell how the database's schema stands to this version: empty, outdated, current or unknown."""
    from app.db.migrations import SchemaState, schema_state  # noqa: PLC0415 - loads Alembic

    with errors_in_words():
        state = SchemaState.EMPTY
        with open_engine(read_settings(), writing=False) as engine:
            if database_exists(engine.url):
                with engine.connect() as connection:
                    state = schema_state(connection)
    typer.echo(str(state))


def reindex() -> None:
    """Make all cards and search words anew, after an upgrade that says so."""
    from app.ingestion.database import reindex_database  # noqa: PLC0415 - loads storage

    with errors_in_words():
        done = patiently(reindex_database, repeatable=True)
    typer.echo(f"{done:,} articles reindexed.", err=True)
