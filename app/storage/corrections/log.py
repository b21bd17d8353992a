"""The corrections as they were made: read and added, never changed."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select

from app.db.models.correction import Correction as CorrectionRow
from app.domain.corrections import Concerned, Correctable, Correction, CorrectionAction, State
from app.domain.identities import in_force
from app.storage.bulk import among, pieces
from app.storage.corrections.told import Told

ROWS_AT_ONCE = 1_000
TICK = timedelta(microseconds=1)  # the finest instant that both databases keep
FIELDS = ("key", "made_at", "made_by", "reason", "of", "subject", "action", "article")
"""Columns that hold a field of a correction as it is."""


@cache
def _states() -> TypeAdapter[State]:
    return TypeAdapter(State)


def corrections_where(connection: Connection, *conditions: ColumnElement[bool]) -> list[Correction]:
    """Return those that meet the conditions, in the order in which they count."""
    query = select(CorrectionRow.__table__).where(*conditions)
    rows = connection.execute(query.order_by(CorrectionRow.made_at, CorrectionRow.key))
    return [correction_of(row) for row in rows.mappings()]


def correction_of(row: RowMapping) -> Correction:
    """Return the correction of a row."""
    before, after = (
        None if row[name] is None else _states().validate_python(row[name]) for name in ("before", "after")
    )
    values = {name: row[name] for name in FIELDS}
    return Correction(**values, before=before, after=after)


def corrections_of(connection: Connection, of: Correctable, subject: str) -> list[Correction]:
    """Return those of one statement, speaker or organization."""
    return corrections_where(connection, CorrectionRow.of == of, CorrectionRow.subject == subject)


def made_corrections(connection: Connection, *, of: str | None = None) -> Iterator[Correction]:
    """Yield what was decided, the last first; with `of`, about the one that has this key or slug."""
    query = select(CorrectionRow.__table__)
    if of is not None:
        query = query.where(CorrectionRow.subject == of)
    ordered = query.order_by(CorrectionRow.made_at.desc(), CorrectionRow.key.desc())
    rows = connection.execute(ordered, execution_options={"yield_per": ROWS_AT_ONCE})
    yield from map(correction_of, rows.mappings())


def decided(connection: Connection, articles: Collection[str]) -> dict[Concerned, Correction]:
    """Return what is in force in these articles, by their keys, and everywhere."""
    found = corrections_where(connection, CorrectionRow.article.is_(None))
    for piece in pieces(articles):
        found += corrections_where(connection, among(connection, CorrectionRow.article, piece))
    return in_force(found)


def all_in_force(connection: Connection) -> dict[Concerned, Correction]:
    """Return all that is in force."""
    return in_force(corrections_where(connection))


def make_correction(
    connection: Connection,
    *,
    of: Correctable,
    subject: str,
    action: CorrectionAction,
    told: Told,
    article: str | None = None,
    before: State | None = None,
    after: State | None = None,
) -> Correction:
    """Add a correction that is later than all others, and return it."""
    last = connection.scalar(select(func.max(CorrectionRow.made_at)))
    at = told.now if last is None or last < told.now else last + TICK
    made = Correction(
        key="",
        made_at=at,
        made_by=told.by,
        reason=told.why,
        of=of,
        subject=subject,
        action=action,
        article=article,
        before=before,
        after=after,
    )
    made = replace(made, key=made.content_key())
    add_corrections(connection, [made])
    return made


def add_corrections(connection: Connection, corrections: Iterable[Correction]) -> None:
    """Add corrections that are not there yet, as they are."""
    rows = [
        {name: getattr(one, name) for name in FIELDS}
        | {"before": _as_json(one.before), "after": _as_json(one.after)}
        for one in corrections
    ]
    if rows:
        connection.execute(insert(CorrectionRow), rows)


def _as_json(state: State | None) -> object:
    return None if state is None else _states().dump_python(state, mode="json", exclude_defaults=True)
