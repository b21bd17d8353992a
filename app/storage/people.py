"""Mentions of people from before they spoke: what is stored does not depend on the order of the articles."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select, update

from app.db.models.person import PersonMention
from app.storage.bulk import pieces


def link_earlier_mentions(connection: Connection, people: Mapping[str, int]) -> None:
    """Give the mentions that no speaker has yet to these speakers: ids by the slug that linking gives."""
    waiting: list[str] = []
    for piece in pieces(people):
        query = select(PersonMention.person).distinct()
        # A value each: given as one, SQLite would walk all mentions without a speaker instead.
        found = connection.scalars(
            query.where(PersonMention.person.in_(piece), PersonMention.speaker_id.is_(None))
        )
        waiting.extend(slug for slug in found if slug is not None)
    if waiting:
        mentions = PersonMention.__table__
        connection.execute(
            update(mentions)  # type: ignore[arg-type] # a Table, typed as FromClause
            .where(mentions.c.person == bindparam("slug"), mentions.c.speaker_id.is_(None))
            .values(speaker_id=bindparam("speaker")),
            [{"slug": slug, "speaker": people[slug]} for slug in waiting],
        )
