"""Other names of records, each kept once per record by its folded form."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sqlalchemy import Connection, select

from app.db.models.organization import OrganizationAlias
from app.db.models.place import PlaceAlias
from app.db.models.speaker import SpeakerAlias
from app.domain.names import fold
from app.storage.bulk import among, insert_rows, pieces

OWNERS = {
    OrganizationAlias: OrganizationAlias.organization_id,
    SpeakerAlias: SpeakerAlias.speaker_id,
    PlaceAlias: PlaceAlias.place_id,
}

_fold = lru_cache(maxsize=50_000)(fold)  # the same names come with batch after batch


def add_aliases(
    connection: Connection,
    table: type[OrganizationAlias | SpeakerAlias | PlaceAlias],
    names: Mapping[int, Iterable[str]],
    *,
    own: Mapping[int, str],
) -> bool:
    """Add the names that a record does not have yet, and tell whether there were any.

    `names` and `own`, the folded form of the record's own name, are by the record's id.
    """
    owner = OWNERS[table]
    folded = {
        id_: {key: name for name in given if (key := _fold(name)) and key != own[id_]}
        for id_, given in names.items()
    }
    asked = [id_ for id_, given in folded.items() if given]
    known: set[tuple[int, str]] = set()
    for piece in pieces(asked):
        query = select(owner, table.name_key).where(among(connection, owner, piece))
        known.update((id_, key) for id_, key in connection.execute(query))
    rows = [
        {owner.key: id_, "name": name, "name_key": key}
        for id_ in asked
        for key, name in folded[id_].items()
        if (id_, key) not in known
    ]
    insert_rows(connection, table, rows)
    return bool(rows)
