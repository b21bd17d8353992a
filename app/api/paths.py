"""What a path names: a record, or the reason why there is none."""

from sqlalchemy import Connection

from app.api.problems import gone, not_found
from app.api.recollection import Record
from app.api.resolution import suggest
from app.api.settling import Exchange
from app.api.validation import shown
from app.db.models.corpus import RecordKind
from app.queries.records import NAMES, record_at, redirect_of, withdrawal_of


class MovedError(Exception):
    """The path names a record that was merged into another one: it stands at `slug`."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


def at_path(connection: Connection, name: str, slug: str, exchange: Exchange) -> Record:
    """Return the record that a path names. One query, none when it is remembered from other requests.

    Raises MovedError for one that was merged, the problems `gone` for one that was withdrawn and `not_found`.
    """
    key = (f"/{name}", slug)
    recalled = exchange.recall([key])
    if recalled is not None:
        known: Record = recalled[key][0]
        return known
    row = None if "\0" in slug else connection.execute(record_at(name, slug)).one_or_none()
    if row is None:
        raise absent(connection, NAMES[name].record, str(NAMES[name].record), slug)
    record = Record(row.id, row.slug, row.name)
    exchange.lookups.found[key] = (record,)
    return record


def absent(connection: Connection, kind: RecordKind | None, name: str, slug: str) -> Exception:
    """Return why there is no record at a path: moved, gone, or never there."""
    if kind is not None and "\0" not in slug:
        target = connection.scalar(redirect_of(kind, slug))
        if target is not None:
            return MovedError(target)
        reason = connection.scalar(withdrawal_of(kind, slug))
        if reason is not None:
            return gone(f"The {name} '{shown(slug)}' stood once and was withdrawn: {reason}.")
    near = suggest(connection, name, slug) if name in NAMES else []
    hint = f" Did you mean '{near[0]}'?" if near else ""
    return not_found(f"There is no {name} '{shown(slug)}'.{hint}")
