"""Speakers who were two records: the slug that another name of theirs gave leads to the one that is left.

A slug leads to a record that stands, never to one that leads on: paths and filters follow one step.
"""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, SQLColumnExpression, bindparam, delete, exists, select, update

from app.db.models.corpus import RecordKind, SlugRedirect
from app.db.models.person import PersonMention
from app.db.models.speaker import Speaker, SpeakerAlias
from app.db.models.statement import Attribution
from app.storage.bulk import among, insert_rows, pieces

_OF_SPEAKERS = SlugRedirect.kind == RecordKind.SPEAKER


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
    _lead(connection, {slug: target.slug for slug, target in targets.items() if slug not in standing})


def stand(connection: Connection, slugs: Collection[str]) -> None:
    """Let slugs lead nowhere else any more: there are new records that have them."""
    for piece in pieces(slugs):
        connection.execute(
            delete(SlugRedirect).where(_OF_SPEAKERS, among(connection, SlugRedirect.slug, piece))
        )


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


def _lead(connection: Connection, led: Mapping[str, str]) -> None:
    """Let slugs that nobody has lead to others, and with them what has led to these slugs until now."""
    known: dict[str, str] = {}
    for piece in pieces(led):
        query = select(SlugRedirect.slug, SlugRedirect.target)
        rows = connection.execute(query.where(_OF_SPEAKERS, SlugRedirect.slug.in_(piece)))
        known.update({row.slug: row.target for row in rows})
    changed = {slug: target for slug, target in led.items() if known.get(slug) != target}
    new = [slug for slug in changed if slug not in known]
    insert_rows(
        connection,
        SlugRedirect,
        [{"kind": RecordKind.SPEAKER, "slug": slug, "target": changed[slug]} for slug in new],
    )
    _turn(connection, SlugRedirect.slug, {slug: changed[slug] for slug in changed.keys() & known.keys()})
    _turn(connection, SlugRedirect.target, changed)


def _turn(connection: Connection, column: SQLColumnExpression[str], targets: Mapping[str, str]) -> None:
    """Give the redirects with one of the slugs in the column another target."""
    if targets:
        redirects = update(SlugRedirect).where(_OF_SPEAKERS, column == bindparam("led"))
        rows = [{"led": slug, "to": target} for slug, target in targets.items()]
        connection.execute(redirects.values(target=bindparam("to")), rows)
