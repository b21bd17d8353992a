"""Speakers who were two records: the slug that another name of theirs gave leads to the one that is left."""

from collections.abc import Iterable, Mapping

from sqlalchemy import CompoundSelect, Connection, delete, exists, select, update

from app.db.models.corpus import RecordKind, SlugRedirect
from app.db.models.person import PersonMention
from app.db.models.speaker import Speaker, SpeakerAlias
from app.db.models.statement import Attribution
from app.domain.links import SpeakerRecord
from app.storage.bulk import insert_rows, pieces


def lead_other_slugs(connection: Connection, records: Iterable[SpeakerRecord]) -> None:
    """Let the slugs of other names lead to the speakers.

    A record of such a slug that says nothing any more is taken out. One that still has statements keeps its
    slug until its articles are linked anew.
    """
    targets = {record.name_slug: record.slug for record in records if record.name_slug is not None}
    if not targets:
        return
    _take_out(connection, targets)
    taken = {slug for piece in pieces(targets) for slug in connection.scalars(_standing(piece))}
    rows = [
        {"kind": RecordKind.SPEAKER, "slug": slug, "target": target}
        for slug, target in targets.items()
        if slug not in taken
    ]
    insert_rows(connection, SlugRedirect, rows)


def _take_out(connection: Connection, targets: Mapping[str, str]) -> None:
    """Delete people without statements who have one of the slugs; their mentions go to the speaker."""
    silent = ~exists().where(Attribution.speaker_id == Speaker.id)
    for piece in pieces(targets):
        query = select(Speaker.id, Speaker.slug).where(
            Speaker.slug.in_(piece), Speaker.organization_id.is_(None), silent
        )
        for id_, slug in connection.execute(query).all():
            target = select(Speaker.id).where(Speaker.slug == targets[slug]).scalar_subquery()
            mentions = update(PersonMention).where(PersonMention.speaker_id == id_)
            connection.execute(mentions.values(speaker_id=target))
            connection.execute(delete(SpeakerAlias).where(SpeakerAlias.speaker_id == id_))
            connection.execute(delete(Speaker).where(Speaker.id == id_))


def _standing(slugs: list[str]) -> CompoundSelect[str]:
    """Return which of the slugs are a speaker's, or lead somewhere already."""
    led = select(SlugRedirect.slug).where(
        SlugRedirect.kind == RecordKind.SPEAKER, SlugRedirect.slug.in_(slugs)
    )
    return select(Speaker.slug).where(Speaker.slug.in_(slugs)).union(led)
