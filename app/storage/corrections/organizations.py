"""Decisions about organizations: two that are one."""

from typing import Any

from sqlalchemy import Connection, delete, select, update

from app.db.models.corpus import RecordKind
from app.db.models.links import ArticleSpeaker
from app.db.models.organization import Organization, OrganizationAlias, OrganizationMention
from app.db.models.speaker import Speaker, SpeakerAlias
from app.db.models.statement import Attribution
from app.domain.corrections import Correctable, Correction, CorrectionAction, State
from app.domain.identities import target_of
from app.domain.links import OrganizationRecord
from app.storage.aliases import add_aliases
from app.storage.corrections.log import make_correction
from app.storage.corrections.lookups import find_row, find_standing, names_of
from app.storage.corrections.records import speaking
from app.storage.corrections.rewriting import rewrite
from app.storage.corrections.told import CorrectionError, Told
from app.storage.merging import lead
from app.storage.organizations import ensure_organizations
from app.storage.speakers import ensure_speakers, speaker_key

KIND = RecordKind.ORGANIZATION


def merge_organizations(connection: Connection, slug: str, into: str, told: Told) -> Correction:
    """Tell that one organization is another one from now on, also as a speaker. Raises CorrectionError.

    One of the authority file can take others in, but not go: the file would bring it back.
    """
    one, other = find_standing(connection, KIND, slug), find_row(connection, KIND, into)
    if one.id == other.id:
        raise CorrectionError(f"organization {slug} is {into} already")
    if one.authority:
        way = f"merge {other.slug} into it" if not other.authority else "both are, so they stay two"
        raise CorrectionError(f"organization {slug} is of the authority file: {way}")
    made = make_correction(
        connection,
        of=Correctable.ORGANIZATION,
        subject=slug,
        action=CorrectionAction.MERGE,
        before=State(slug=one.slug, name=one.name, kind=one.kind),
        after=State(slug=other.slug, name=other.name, kind=other.kind),
        told=told,
    )
    apply_organization_merge(connection, made, told)
    return made


def apply_organization_merge(connection: Connection, merge: Correction, told: Told) -> None:
    """Let everything of an organization that is another one be of that one, where it stands."""
    one, other = _row(connection, merge.subject), _row(connection, target_of(merge))
    if one is None or other is None or one.authority:
        return
    names = (one.name, *names_of(connection, KIND, one.id))
    add_aliases(connection, OrganizationAlias, {other.id: names}, own={other.id: other.name_key})
    _move_children(connection, one, other)
    rewrite(connection, articles_with_organization(connection, one.id), now=told.now)
    _move_speaker(connection, one, other)
    connection.execute(delete(OrganizationAlias).where(OrganizationAlias.organization_id == one.id))
    connection.execute(delete(Organization).where(Organization.id == one.id))
    lead(connection, KIND, {one.slug: other.slug})


def _row(connection: Connection, slug: str) -> Any:  # noqa: ANN401 - a row
    query = select(Organization.__table__).where(Organization.slug == slug)
    return connection.execute(query).one_or_none()


def _move_children(connection: Connection, one: Any, other: Any) -> None:  # noqa: ANN401 - rows
    if other.parent_id == one.id:
        child = update(Organization).where(Organization.id == other.id)
        connection.execute(child.values(parent_id=one.parent_id))
    children = update(Organization).where(Organization.parent_id == one.id)
    connection.execute(children.values(parent_id=other.id))


def articles_with_organization(connection: Connection, id_: int) -> list[int]:
    """Return the ids of the articles in which an organization is mentioned or somebody speaks for it."""
    mentioned = select(OrganizationMention.article_id).where(OrganizationMention.organization_id == id_)
    spoken_for = select(Attribution.article_id).where(Attribution.organization_id == id_)
    speaks = (
        select(ArticleSpeaker.article_id)
        .join(Speaker, Speaker.id == ArticleSpeaker.speaker_id)
        .where(Speaker.organization_id == id_)
    )
    return list(connection.scalars(mentioned.union(spoken_for, speaks)))


def _move_speaker(connection: Connection, one: Any, other: Any) -> None:  # noqa: ANN401 - rows
    """Let the speaker that an organization was be the one that the other is."""
    was = connection.execute(select(Speaker.__table__).where(Speaker.organization_id == one.id)).one_or_none()
    if was is None:
        return
    body = OrganizationRecord(slug=other.slug, name=other.name, kind=other.kind, authority=other.authority)
    speaker = speaking(body)
    made = ensure_speakers(connection, [speaker], organizations=ensure_organizations(connection, [body]))
    now = made[speaker_key(speaker)]
    names = (was.name, *names_of(connection, RecordKind.SPEAKER, was.id))
    add_aliases(connection, SpeakerAlias, {now.id: names}, own={now.id: now.name_key})
    connection.execute(delete(SpeakerAlias).where(SpeakerAlias.speaker_id == was.id))
    connection.execute(delete(Speaker).where(Speaker.id == was.id))
    lead(connection, RecordKind.SPEAKER, {was.slug: now.slug})
