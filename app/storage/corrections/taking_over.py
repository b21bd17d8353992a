"""Decisions from another corpus: kept where they are not known, and followed by the articles that stand."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.db.models.corpus import RecordKind
from app.db.models.correction import Correction as CorrectionRow
from app.domain.corrections import Concerned, Correctable, Correction, CorrectionAction
from app.domain.identities import Identities
from app.domain.names import fold
from app.storage.bulk import among, pieces
from app.storage.corrections.decisions import Told
from app.storage.corrections.log import add_corrections, all_in_force
from app.storage.corrections.lookups import TABLES, names_of
from app.storage.corrections.organizations import apply_organization_merge
from app.storage.corrections.rewriting import rewrite
from app.storage.corrections.speakers import apply_merge
from app.storage.corrections.undoing import let_go
from app.storage.reading import ids_of

KINDS = {Correctable.SPEAKER: RecordKind.SPEAKER, Correctable.ORGANIZATION: RecordKind.ORGANIZATION}


def take_over(connection: Connection, corrections: Sequence[Correction], *, now: datetime) -> bool:
    """Add those that are not known yet, and let what stands follow; tell whether there were any."""
    known: set[str] = set()
    for piece in pieces([one.key for one in corrections]):
        known.update(
            connection.scalars(select(CorrectionRow.key).where(among(connection, CorrectionRow.key, piece)))
        )
    new = {one.key: one for one in corrections if one.key not in known}
    if not new:
        return False
    before = all_in_force(connection)
    add_corrections(connection, new.values())
    _follow(connection, before, all_in_force(connection), now=now)
    return True


def _follow(
    connection: Connection,
    before: dict[Concerned, Correction],
    after: dict[Concerned, Correction],
    *,
    now: datetime,
) -> None:
    """Let articles follow what is in force now and was not before."""
    for concerned, last in before.items():
        if after.get(concerned) != last and (concerned not in after or last.of is not Correctable.STATEMENT):
            let_go(connection, last, Identities(before))
    came = [one for concerned, one in after.items() if before.get(concerned) != one]
    for one in sorted(came, key=lambda one: one.order):
        told = Told(by=one.made_by, why=one.reason, now=now)
        if one.action is not CorrectionAction.MERGE:
            rewrite(connection, ids_of(connection, [one.article or ""]), now=now)
        elif one.of is Correctable.SPEAKER:
            apply_merge(connection, one, told)
        else:
            apply_organization_merge(connection, one, told)


def named_otherwise(connection: Connection, correction: Correction) -> str | None:
    """Return a slug that the correction names and that is a record of another name here, null for none."""
    for kind, slug, name in _named(correction):
        table = TABLES[kind]
        row = connection.execute(select(table.__table__).where(table.slug == slug)).one_or_none()
        if row is None or row.name_key == fold(name) or _is_of_a_file(kind, row):
            continue
        if fold(name) not in map(fold, names_of(connection, kind, row.id)):
            return slug
    return None


def _is_of_a_file(kind: RecordKind, row: Any) -> bool:  # noqa: ANN401 - a row of either
    """Tell whether the authority file may have given a record another name since."""
    if kind is RecordKind.ORGANIZATION:
        return bool(row.authority)
    return row.organization_id is not None


def _named(correction: Correction) -> Iterator[tuple[RecordKind, str, str]]:
    for state in (correction.before, correction.after):
        if state is None:
            continue
        for one in state.speakers:
            yield RecordKind.SPEAKER, one.slug, one.name
        if state.slug is not None and state.name is not None:
            yield KINDS[correction.of], state.slug, state.name
