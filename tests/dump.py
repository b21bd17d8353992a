"""Every row of a database, to compare two states of it."""

from sqlalchemy import Connection, select, text

from app.db.models.tables import metadata

Dump = dict[str, list[tuple[object, ...]]]


def dump(connection: Connection, *, without: frozenset[str] = frozenset()) -> Dump:
    """Return all rows of all tables by table, in an order of their own; the search index among them."""
    rows = {
        table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
        for table in metadata.sorted_tables
        if table.name not in without
    }
    if "article_search" not in without:
        indexed = "SELECT rowid, title, body, links" if connection.dialect.name == "sqlite" else "SELECT *"
        rows["article_search"] = sorted(
            (tuple(row) for row in connection.execute(text(f"{indexed} FROM article_search"))), key=repr
        )
    return rows
