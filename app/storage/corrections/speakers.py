"""Decisions about who is who: two speakers who are one, one who is two."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select, update

from app.db.models.corpus import RecordKind
from app.db.models.links import ArticleSpeaker
from app.db.models.person import PersonMention
from app.db.models.speaker import Speaker, SpeakerAlias
from app.domain.annotation import SpeakerKind
from app.domain.corrections import Correctable, Correction, CorrectionAction, State
from app.domain.identities import target_of
from app.storage.aliases import add_aliases
from app.storage.corrections.log import make_correction
from app.storage.corrections.lookups import find_article, find_row, find_standing, names_of
from app.storage.corrections.rewriting import rewrite
from app.storage.corrections.told import CorrectionError, Told
from app.storage.merging import Target, lead_other_slugs

KIND = RecordKind.SPEAKER


def merge_speakers(connection: Connection, slug: str, into: str, told: Told) -> Correction:
    """Tell that one speaker is another one from now on, in articles to come too. Raises CorrectionError.

    A person may turn out to be an organization that speaks; what organizations are is decided among these.
    """
    one, other = find_standing(connection, KIND, slug), find_row(connection, KIND, into)
    if one.id == other.id:
        raise CorrectionError(f"speaker {slug} is {into} already")
    if one.kind is SpeakerKind.ORGANIZATION:
        raise CorrectionError(f"speaker {slug} is an organization: merge it as one, with organizations merge")
    if one.bioguide and other.bioguide and one.bioguide != other.bioguide:
        ids = f"{one.bioguide} and {other.bioguide}"
        raise CorrectionError(f"{slug} and {other.slug} are two people of public office, {ids}")
    made = make_correction(
        connection,
        of=Correctable.SPEAKER,
        subject=slug,
        action=CorrectionAction.MERGE,
        before=named(one),
        after=named(other),
        told=told,
    )
    apply_merge(connection, made, told)
    return made


def named(row: Any) -> State:  # noqa: ANN401 - a row
    """Return how a speaker or organization stands."""
    return State(slug=row.slug, name=row.name)


def apply_merge(connection: Connection, merge: Correction, told: Told) -> None:
    """Let everything of a speaker who is another one be of that one, where it stands."""
    one, other = _row(connection, merge.subject), _row(connection, target_of(merge))
    if one is None or other is None or one.kind is SpeakerKind.ORGANIZATION:
        return
    _give_ids(connection, one, other)
    names = (one.name, *names_of(connection, KIND, one.id))
    add_aliases(connection, SpeakerAlias, {other.id: names}, own={other.id: other.name_key})
    rewrite(connection, articles_of_speaker(connection, one.id), now=told.now)
    if other.kind is SpeakerKind.ORGANIZATION:  # that is nobody who could be mentioned as a person
        mentions = update(PersonMention).where(PersonMention.speaker_id == one.id)
        connection.execute(mentions.values(speaker_id=None))
    lead_other_slugs(connection, {one.slug: Target(other.id, other.slug)})


def _row(connection: Connection, slug: str) -> Any:  # noqa: ANN401 - a row
    return connection.execute(select(Speaker.__table__).where(Speaker.slug == slug)).one_or_none()


def _give_ids(connection: Connection, one: Any, other: Any) -> None:  # noqa: ANN401 - rows
    """Give the ids of public office to the one who is left, if that is a person without."""
    if one.bioguide is None and one.wikidata is None:
        return
    if other.kind is SpeakerKind.PERSON and other.bioguide is None and other.wikidata is None:
        row = update(Speaker).where(Speaker.id == other.id)
        connection.execute(row.values(bioguide=one.bioguide, wikidata=one.wikidata))


def articles_of_speaker(connection: Connection, id_: int) -> list[int]:
    """Return the ids of the articles in which somebody speaks."""
    return list(connection.scalars(select(ArticleSpeaker.article_id).where(ArticleSpeaker.speaker_id == id_)))


def articles_with_speaker(connection: Connection, id_: int) -> list[int]:
    """Return the ids of the articles in which somebody speaks or is mentioned."""
    mentioned = select(PersonMention.article_id).where(PersonMention.speaker_id == id_)
    speaks = select(ArticleSpeaker.article_id).where(ArticleSpeaker.speaker_id == id_)
    return list(connection.scalars(speaks.union(mentioned)))


def split_speaker(
    connection: Connection, slug: str, into: State, articles: Sequence[str], told: Told
) -> list[Correction]:
    """Tell that in these articles, given by key or address, a person is another one. Raises CorrectionError.

    `into` is a speaker who stands, or the slug and name of a new one.
    """
    one = find_row(connection, KIND, slug)
    if one.kind is SpeakerKind.ORGANIZATION:
        raise CorrectionError(f"speaker {slug} is an organization: correct its statements one by one")
    if one.slug == into.slug:
        raise CorrectionError(f"speaker {slug} cannot be split into itself")
    found = {row.id: row.key for row in (find_article(connection, given) for given in articles)}
    there = set(articles_with_speaker(connection, one.id))
    if absent := [key for id_, key in found.items() if id_ not in there]:
        raise CorrectionError(f"speaker {one.slug} is not in article {', '.join(absent)}")
    made = [
        make_correction(
            connection,
            of=Correctable.SPEAKER,
            subject=one.slug,
            action=CorrectionAction.SPLIT,
            article=key,
            before=named(one),
            after=into,
            told=told,
        )
        for key in found.values()
    ]
    rewrite(connection, found, now=told.now)
    return made
