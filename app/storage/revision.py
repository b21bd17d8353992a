"""The corpus revision: raised by every commit that changes what the API shows."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from app.db.models.corpus import CorpusState

ROW = 1


def raise_revision(connection: Connection, *, now: datetime) -> int:
    """Count one change of the corpus and return the new revision."""
    change = update(CorpusState).where(CorpusState.id == ROW)
    changed = connection.execute(change.values(revision=CorpusState.revision + 1, committed_at=now))
    if changed.rowcount == 0:
        connection.execute(insert(CorpusState).values(id=ROW, revision=1, committed_at=now))
    return connection.execute(select(CorpusState.revision).where(CorpusState.id == ROW)).scalar_one()
