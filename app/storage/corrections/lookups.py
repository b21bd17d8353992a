"""Statements, speakers, organizations and articles by the keys and slugs that people type."""

from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, select

from app.db.models.article import Article
from app.db.models.corpus import RecordKind, Withdrawal
from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.speaker import Speaker, SpeakerAlias
from app.domain.annotation import SpeakerKind
from app.domain.corrections import Correctable
from app.domain.names import fold
from app.storage.corrections.told import CorrectionError
from app.storage.merging import targets_of

MOST_SUGGESTIONS = 3
NEAR = 0.7  # of 1: `ana-ortga` is 0.95 to `ana-ortega`

KINDS = {Correctable.SPEAKER: RecordKind.SPEAKER, Correctable.ORGANIZATION: RecordKind.ORGANIZATION}

TABLES: dict[RecordKind, Any] = {RecordKind.SPEAKER: Speaker, RecordKind.ORGANIZATION: Organization}
ALIASES: dict[RecordKind, Any] = {
    RecordKind.SPEAKER: (SpeakerAlias, SpeakerAlias.speaker_id),
    RecordKind.ORGANIZATION: (OrganizationAlias, OrganizationAlias.organization_id),
}


def find_row(connection: Connection, kind: RecordKind, slug: str) -> Any:  # noqa: ANN401 - a row of either
    """Return the row of a speaker or organization, also by a slug that leads there.

    Raises CorrectionError.
    """
    return find_standing(connection, kind, standing_slug(connection, kind, slug) or slug)


def standing_slug(connection: Connection, kind: RecordKind, slug: str) -> str | None:
    """Return the slug of the record that a slug means, null where there is none."""
    led = targets_of(connection, kind, [slug]).get(slug, slug)
    table = TABLES[kind]
    found: str | None = connection.scalar(select(table.slug).where(table.slug == led))
    return found


def find_standing(connection: Connection, kind: RecordKind, slug: str) -> Any:  # noqa: ANN401 - as above
    """Return the row of a record that has the slug itself. Raises CorrectionError."""
    table = TABLES[kind].__table__
    row = connection.execute(select(table).where(table.c.slug == slug)).one_or_none()
    if row is not None:
        return row
    led = targets_of(connection, kind, [slug])
    if slug in led:
        raise CorrectionError(f"{kind} {slug} is {led[slug]} already")
    raise CorrectionError(f"there is no {kind} {slug}{_hint(connection, kind, slug)}")


def _hint(connection: Connection, kind: RecordKind, slug: str) -> str:
    """Return which slugs may have been meant: those with the same first letter that are near."""
    table = TABLES[kind]
    begun = connection.scalars(select(table.slug).where(table.slug.startswith(slug[:1], autoescape=True)))
    near = get_close_matches(slug, begun.all(), n=MOST_SUGGESTIONS, cutoff=NEAR)
    return f": did you mean {' or '.join(near)}?" if near else ""


def names_of(connection: Connection, kind: RecordKind, id_: int) -> list[str]:
    """Return the other names of a record."""
    aliases, owner = ALIASES[kind]
    return list(connection.scalars(select(aliases.name).where(owner == id_).order_by(aliases.name_key)))


def people_named(connection: Connection, name: str) -> list[str]:
    """Return the slugs of the people who speak and have this very name."""
    query = select(Speaker.slug).where(Speaker.name_key == fold(name), Speaker.kind == SpeakerKind.PERSON)
    return list(connection.scalars(query.order_by(Speaker.slug)))


def find_article(connection: Connection, given: str) -> Any:  # noqa: ANN401 - a row
    """Return id and key of an article, by its key or its address. Raises CorrectionError."""
    query = select(Article.id, Article.key)
    for column in (Article.key, Article.url):
        found = connection.execute(query.where(column == given).limit(1)).one_or_none()
        if found is not None:
            return found
    raise CorrectionError(f"there is no article {given}{withdrawn_why(connection, given)}")


def withdrawn_why(connection: Connection, key: str) -> str:
    """Return why a key stands no more, behind a colon; nothing for one that never stood."""
    why = connection.scalar(select(Withdrawal.reason).where(Withdrawal.key == key))
    return "" if why is None else f" any more: {why}"
