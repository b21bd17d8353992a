"""Standing articles saved again, so that rows, cards, counts and the search index follow a decision."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from app.storage.annotations import read_annotated
from app.storage.copying import known_records, linked_copy
from app.storage.saving import replace_always, save

AT_ONCE = 100  # articles, with all their annotations, that memory holds


def rewrite(connection: Connection, article_ids: Collection[int], *, now: datetime) -> int:
    """Save articles again as they are stored, in the caller's transaction; return how many there are."""
    ids = sorted(article_ids)
    for start in range(0, len(ids), AT_ONCE):
        stored = read_annotated(connection, ids[start : start + AT_ONCE])
        known = known_records(connection, stored)
        copies = [linked_copy(one, known) for one in stored]
        save(connection, copies, now=now, decide=replace_always)
    return len(ids)
