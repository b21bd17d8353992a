"""Decisions that hold no more: what extraction finds holds again, so the articles are to be extracted anew.

Until that is done, an article stands as it was decided, under a version of the pipeline that is none: so
`reextract` takes it, and so does an input or an export that holds it.
"""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from app.db.models.article import Article
from app.db.models.organization import Organization
from app.db.models.speaker import Speaker
from app.domain.annotation import SpeakerKind
from app.domain.corrections import Correctable, Correction, CorrectionAction, State
from app.domain.identities import Identities, in_force
from app.domain.links import OrganizationKind
from app.domain.names import fold
from app.storage.bulk import among, pieces
from app.storage.corrections.log import all_in_force, corrections_of, make_correction
from app.storage.corrections.lookups import ALIASES, KINDS, TABLES, find_article
from app.storage.corrections.organizations import articles_with_organization
from app.storage.corrections.speakers import articles_with_speaker
from app.storage.corrections.told import CorrectionError, Told
from app.storage.merging import lead, stand
from app.storage.people import link_earlier_mentions
from app.storage.revision import raise_revision
from app.storage.speakers import stored_people

UNDONE = "+undone"
"""What the version of an article's pipeline ends in while it waits for extraction."""


class Undone(NamedTuple):
    """The decision, and the keys of the articles that wait for extraction because of it."""

    correction: Correction
    articles: list[str]


def undo_statement(connection: Connection, key: str, told: Told) -> Undone:
    """Undo what is in force of a statement, standing or not. Raises CorrectionError."""
    last = in_force(corrections_of(connection, Correctable.STATEMENT, key)).get(
        (Correctable.STATEMENT, key, None)
    )
    if last is None:
        raise CorrectionError(f"of statement {key} no correction is in force: there is nothing to undo")
    return _undo(connection, last, told)


def undo_split(connection: Connection, slug: str, article: str, told: Told) -> Undone:
    """Undo that a person is another one in an article, given by key or address. Raises CorrectionError."""
    found = in_force(corrections_of(connection, Correctable.SPEAKER, slug))
    splits = {one.article for one in found.values() if one.article is not None}
    key = article if article in splits else find_article(connection, article).key
    if key not in splits:
        raise CorrectionError(f"speaker {slug} is not split in article {key}")
    return _undo(connection, found[Correctable.SPEAKER, slug, key], told)


def undo_merge(connection: Connection, of: Correctable, slug: str, told: Told) -> Undone:
    """Undo that a speaker or an organization is another one. Raises CorrectionError."""
    found = in_force(corrections_of(connection, of, slug))
    merge = found.get((of, slug, None))
    if merge is None:
        splits = sorted(one.article for one in found.values() if one.article is not None)
        hint = f"; it is split in article {', '.join(splits)}: name these" if splits else ""
        raise CorrectionError(f"{of} {slug} is not merged into another one{hint}")
    return _undo(connection, merge, told)


def _undo(connection: Connection, last: Correction, told: Told) -> Undone:
    before = Identities(all_in_force(connection))
    made = make_correction(
        connection,
        of=last.of,
        subject=last.subject,
        action=CorrectionAction.UNDO,
        article=last.article,
        before=last.after,
        told=told,
    )
    affected = let_go(connection, last, before)
    raise_revision(connection, now=told.now)
    return Undone(made, _keys(connection, affected))


def let_go(connection: Connection, last: Correction, before: Identities) -> list[int]:
    """Let a correction that is in force no more have no effect; return the ids of articles that now wait.

    `before` tells who was who when it was.
    """
    affected = _affected(connection, last, before)
    if last.action is CorrectionAction.MERGE:
        _forget_name(connection, last, before)
        _let_stand(connection, last)
    wait_for_extraction(connection, affected)
    return affected


def _keys(connection: Connection, article_ids: Collection[int]) -> list[str]:
    keys: list[str] = []
    for piece in pieces(article_ids):
        keys.extend(connection.scalars(select(Article.key).where(among(connection, Article.id, piece))))
    return sorted(keys)


def _affected(connection: Connection, last: Correction, identities: Identities) -> list[int]:
    """Return the ids of the articles that a correction may have changed."""
    if last.action is not CorrectionAction.MERGE:
        return list(connection.scalars(select(Article.id).where(Article.key == last.article)))
    now = identities.now(last.of, last.subject)
    if last.of is Correctable.ORGANIZATION:
        id_ = connection.scalar(select(Organization.id).where(Organization.slug == now))
        return [] if id_ is None else articles_with_organization(connection, id_)
    id_ = connection.scalar(select(Speaker.id).where(Speaker.slug == now))
    return [] if id_ is None else articles_with_speaker(connection, id_)


def _forget_name(connection: Connection, merge: Correction, before: Identities) -> None:
    """Take the name of the one who was merged from the other; where articles do call it so, they add it."""
    kind, name = KINDS[merge.of], merge.before and merge.before.name
    aliases, owner = ALIASES[kind]
    own = select(TABLES[kind].id).where(TABLES[kind].slug == before.now(merge.of, merge.subject))
    connection.execute(delete(aliases).where(owner.in_(own), aliases.name_key == fold(name or "")))


def _let_stand(connection: Connection, merge: Correction) -> None:
    """Let a record stand again that was merged into another one, and lead there who was merged into it."""
    kind, slug = KINDS[merge.of], merge.subject
    stand(connection, [slug], kind=kind)
    before = merge.before or State(slug=slug)
    _make(connection, merge.of, slug, before)
    identities = Identities(all_in_force(connection))
    led = {
        one.subject: identities.now(one.of, one.subject)
        for one in identities.in_force.values()
        if one.of is merge.of and one.action is CorrectionAction.MERGE
    }
    lead(connection, kind, {subject: now for subject, now in led.items() if now == slug})


def _make(connection: Connection, of: Correctable, slug: str, before: State) -> None:
    """Make the row of a record that is gone, as it was known."""
    table = Organization if of is Correctable.ORGANIZATION else Speaker
    if connection.scalar(select(table.id).where(table.slug == slug)) is not None:
        return
    name = before.name or slug
    values: dict[str, object] = {"slug": slug, "name": name, "name_key": fold(name)}
    if table is Organization:
        values |= {"kind": before.kind or OrganizationKind.OTHER, "authority": False}
    else:
        values |= {"kind": SpeakerKind.PERSON}
    connection.execute(insert(table).values(values))
    if table is Speaker:
        link_earlier_mentions(connection, stored_people(connection, [slug]))


def wait_for_extraction(connection: Connection, article_ids: Collection[int]) -> None:
    """Let articles be of no version of the pipeline, so that they are extracted anew."""
    for piece in pieces(article_ids):
        old = update(Article).where(
            among(connection, Article.id, piece), ~Article.pipeline_version.endswith(UNDONE)
        )
        connection.execute(old.values(pipeline_version=Article.pipeline_version + UNDONE))
