"""How Alembic reaches the database: the caller's connection, else DATELINE_DATABASE_URL."""

from alembic import context
from sqlalchemy import Connection

from app.db.engine import writing_engine
from app.db.models.tables import metadata
from app.db.search_index import TABLE
from app.settings import Settings


def include_object(item: object, name: str | None, type_: str, *rest: object) -> bool:
    """Leave the search index out of comparisons: each database has its own kind, with tables of its own."""
    del item, rest
    return not (type_ in {"table", "index"} and name is not None and TABLE in name)


def run(connection: Connection) -> None:
    """Run the migrations on one connection."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        include_object=include_object,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = writing_engine(Settings().database_url)
    with engine.begin() as connection:
        run(connection)
    engine.dispose()
