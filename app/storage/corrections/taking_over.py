"""Decisions from another corpus: kept where they are not known, and followed by the articles that stand."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.db.models.corpus import RecordKind
from app.db.models.correction import Correction as CorrectionRow
from app.domain.corrections import Correctable, Correction, CorrectionAction
from app.domain.identities import Identities, in_force
from app.domain.names import fold
from app.storage.bulk import among, pieces
from app.storage.corrections.log import add_corrections, all_in_force, corrections_where
from app.storage.corrections.lookups import KINDS, TABLES, names_of
from app.storage.corrections.organizations import apply_organization_merge
from app.storage.corrections.rewriting import rewrite
from app.storage.corrections.speakers import apply_merge
from app.storage.corrections.told import Told
from app.storage.corrections.undoing import let_go
from app.storage.reading import ids_of


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
    made = _of_the_same(connection, new.values())
    before, after = in_force(made), in_force([*made, *new.values()])
    gone = [one for concerned, one in before.items() if _is_let_go(one, after.get(concerned))]
    identities = Identities(all_in_force(connection) if gone else {})
    add_corrections(connection, new.values())
    for one in gone:
        let_go(connection, one, identities)
    came = [one for concerned, one in after.items() if before.get(concerned) != one]
    _follow(connection, sorted(came, key=lambda one: one.order), now=now)
    return True


def _of_the_same(connection: Connection, corrections: Iterable[Correction]) -> list[Correction]:
    """Return what was decided of the same subjects before."""
    found = []
    for piece in pieces({one.subject for one in corrections}):
        found += corrections_where(connection, among(connection, CorrectionRow.subject, piece))
    return found


def _is_let_go(last: Correction, now: Correction | None) -> bool:
    """Tell whether extraction has to find anew what a correction changed."""
    return now is None or (now != last and last.of is not Correctable.STATEMENT)


def _follow(connection: Connection, came: Iterable[Correction], *, now: datetime) -> None:
    """Let articles follow what has come into force."""
    for one in came:
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
