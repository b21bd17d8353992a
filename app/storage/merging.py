"""Records that were two: the slug of the one that is gone leads to the one that is left.

A slug leads to a record that stands, never to one that leads on: paths and filters follow one step.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, SQLColumnExpression, bindparam, delete, exists, select, update

from app.db.models.corpus import RecordKind, SlugRedirect
from app.db.models.correction import Correction
from app.db.models.person import PersonMention
from app.db.models.speaker import Speaker, SpeakerAlias
from app.db.models.statement import Attribution
from app.domain.corrections import Correctable, CorrectionAction
from app.storage.bulk import among, insert_rows, pieces


class Target(NamedTuple):
    """The row of a speaker to whom a slug leads."""

    id: int
    slug: str


def lead_other_slugs(connection: Connection, targets: Mapping[str, Target]) -> None:
    """Let the slugs of other names lead to the speakers.

    A record of such a slug that says nothing any more is taken out. One that still has statements keeps its
    slug until its articles are linked anew.
    """
    if not targets:
        return
    _take_out(connection, targets)
    standing: set[str] = set()
    for piece in pieces(targets):
        standing.update(connection.scalars(select(Speaker.slug).where(Speaker.slug.in_(piece))))
    led = {slug: target.slug for slug, target in targets.items() if slug not in standing}
    lead(connection, RecordKind.SPEAKER, led)


def stand(connection: Connection, slugs: Collection[str], *, kind: RecordKind = RecordKind.SPEAKER) -> None:
    """Let slugs lead nowhere else any more: there are new records that have them."""
    for piece in pieces(slugs):
        connection.execute(
            delete(SlugRedirect).where(SlugRedirect.kind == kind, among(connection, SlugRedirect.slug, piece))
        )


def targets_of(connection: Connection, kind: RecordKind, slugs: Collection[str]) -> dict[str, str]:
    """Return where those of the slugs lead that lead to another record."""
    found: dict[str, str] = {}
    for piece in pieces(slugs):
        query = select(SlugRedirect.slug, SlugRedirect.target).where(
            SlugRedirect.kind == kind, among(connection, SlugRedirect.slug, piece)
        )
        found.update((slug, target) for slug, target in connection.execute(query))
    return found


def merged_people(connection: Connection, slugs: Collection[str]) -> set[str]:
    """Return which slugs are of people whom somebody told to be another speaker: nobody else gets them."""
    merges = select(Correction.subject).where(
        Correction.of == Correctable.SPEAKER, Correction.action == CorrectionAction.MERGE
    )
    found: set[str] = set()
    for piece in pieces(slugs):
        found.update(connection.scalars(merges.where(among(connection, Correction.subject, piece))))
    return found


def _take_out(connection: Connection, targets: Mapping[str, Target]) -> None:
    """Delete people without statements who have one of the slugs; their mentions go to the speaker."""
    silent = ~exists().where(Attribution.speaker_id == Speaker.id)
    for piece in pieces(targets):
        query = select(Speaker.id, Speaker.slug).where(
            Speaker.slug.in_(piece), Speaker.organization_id.is_(None), silent
        )
        for id_, slug in connection.execute(query).all():
            mentions = update(PersonMention).where(PersonMention.speaker_id == id_)
            connection.execute(mentions.values(speaker_id=targets[slug].id))
            connection.execute(delete(SpeakerAlias).where(SpeakerAlias.speaker_id == id_))
            connection.execute(delete(Speaker).where(Speaker.id == id_))


def lead(connection: Connection, kind: RecordKind, led: Mapping[str, str]) -> None:
    """Let slugs that nobody has lead to others, and with them what has led to these slugs until now."""
    known = targets_of(connection, kind, led)
    changed = {slug: target for slug, target in led.items() if known.get(slug) != target}
    new = [slug for slug in changed if slug not in known]
    insert_rows(
        connection,
        SlugRedirect,
        [{"kind": kind, "slug": slug, "target": changed[slug]} for slug in new],
    )
    again = {slug: changed[slug] for slug in changed.keys() & known.keys()}
    _turn(connection, kind, SlugRedirect.slug, again)
    _turn(connection, kind, SlugRedirect.target, changed)


def _turn(
    connection: Connection, kind: RecordKind, column: SQLColumnExpression[str], targets: Mapping[str, str]
) -> None:
    """Give the redirects with one of the slugs in the column another target."""
    if targets:
        redirects = update(SlugRedirect).where(SlugRedirect.kind == kind, column == bindparam("led"))
        rows = [{"led": slug, "to": target} for slug, target in targets.items()]
        connection.execute(redirects.values(target=bindparam("to")), rows)
