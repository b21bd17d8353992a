"""What a watch knows of its inputs: kept when a run has taken them in."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, delete, select

from app.db.models.watched import WatchedInput
from app.storage.bulk import among, insert_rows, pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """An input as it was last taken in; `WatchedInput` says what each field is."""

    origin: str
    version: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    failures: int = 0
    next_at: datetime | None = None


def watched_inputs(connection: Connection, origins: Collection[str]) -> dict[str, Watched]:
    """Return what is known of these inputs, by origin."""
    known: dict[str, Watched] = {}
    columns = [getattr(WatchedInput, each.name) for each in fields(Watched)]
    for piece in pieces(origins):
        query = select(*columns).where(among(connection, WatchedInput.origin, piece))
        known.update((row["origin"], Watched(**row)) for row in connection.execute(query).mappings())
    return known


def keep_watched(connection: Connection, inputs: Sequence[Watched]) -> None:
    """Keep what is known of these inputs, in place of what was, in the caller's transaction."""
    for piece in pieces([each.origin for each in inputs]):
        connection.execute(delete(WatchedInput).where(among(connection, WatchedInput.origin, piece)))
    insert_rows(connection, WatchedInput, [asdict(each) for each in inputs])
