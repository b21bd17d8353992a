"""Topics: those of the taxonomy, loaded before the first article."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from app.db.models.topic import Topic as TopicRow
from app.domain.links import Topic
from app.domain.names import fold
from app.storage.bulk import Loaded, insert_rows

COLUMNS = ("slug", "name", "name_key", "description")


class StoredTopic(NamedTuple):
    """The row of a topic."""

    id: int
    slug: str
    name: str
    name_key: str


def load_topics(connection: Connection, topics: Collection[Topic]) -> Loaded:
    """Make the rows of the taxonomy's topics equal to it; those that it no longer has stay."""
    columns = [getattr(TopicRow, name) for name in COLUMNS]
    stored = {row.slug: tuple(row) for row in connection.execute(select(*columns))}
    rows = {topic.slug: _row(topic) for topic in topics}
    new = [row for slug, row in rows.items() if slug not in stored]
    changed = [row for slug, row in rows.items() if slug in stored and tuple(row.values()) != stored[slug]]
    insert_rows(connection, TopicRow, new)
    if changed:
        values: dict[str, object] = {name: bindparam(f"new_{name}") for name in COLUMNS}
        change = update(TopicRow).where(TopicRow.slug == bindparam("row")).values(values)
        connection.execute(
            change, [{f"new_{name}": row[name] for name in COLUMNS} | {"row": row["slug"]} for row in changed]
        )
    moved = _set_broader(connection, topics)
    return Loaded(added=bool(new), changed=bool(changed or moved & stored.keys()))


def _row(topic: Topic) -> dict[str, object]:
    return {
        "slug": topic.slug,
        "name": topic.name,
        "name_key": fold(topic.name),
        "description": topic.description,
    }


def _set_broader(connection: Connection, topics: Collection[Topic]) -> set[str]:
    """Point at the broader topics; return the slugs of those that pointed elsewhere."""
    ids = {slug: topic.id for slug, topic in stored_topics(connection).items()}
    stored = dict(connection.execute(select(TopicRow.slug, TopicRow.broader_id)).all())
    wanted = {topic.slug: ids[topic.broader] if topic.broader else None for topic in topics}
    moved = {slug for slug, broader in wanted.items() if stored[slug] != broader}
    if moved:
        change = update(TopicRow).where(TopicRow.slug == bindparam("row"))
        rows = [{"row": slug, "broader": wanted[slug]} for slug in sorted(moved)]
        connection.execute(change.values(broader_id=bindparam("broader")), rows)
    return moved


def stored_topics(connection: Connection) -> dict[str, StoredTopic]:
    """Return all topics by slug."""
    columns = [TopicRow.__table__.c[name] for name in StoredTopic._fields]
    return {row.slug: StoredTopic(*row) for row in connection.execute(select(*columns))}
