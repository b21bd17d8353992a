"""How the cards of some articles show the records that these lead to."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, func, select

from app.db.models.article import Article
from app.db.models.base import Base
from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.source import Source
from app.db.models.speaker import Speaker
from app.db.models.story import ArticleStory
from app.db.models.topic import Topic
from app.domain.annotation import PlaceKind
from app.schemas.references import (
    CityReference,
    OrganizationReference,
    Output,
    SourceReference,
    SpeakerReference,
    TopicReference,
)
from app.schemas.story import StoryReference
from app.storage.bulk import among, pieces
from app.storage.organizations import StoredOrganization
from app.storage.places import StoredPlace
from app.storage.records import Records
from app.storage.rows import (
    ARTICLE_ORGANIZATIONS,
    ARTICLE_PLACES,
    ARTICLE_SPEAKERS,
    ARTICLE_TOPICS,
    ARTICLES,
    Columns,
    Rows,
)
from app.storage.sources import StoredSource
from app.storage.speakers import StoredSpeaker
from app.storage.topics import StoredTopic

Stored = TypeVar("Stored", StoredSource, StoredSpeaker, StoredOrganization, StoredPlace, StoredTopic)


@dataclass(frozen=True, slots=True)
class Named:
    """The JSON of a reference, and what orders those with equal counts: name, then slug."""

    order: tuple[str, str]
    json: str


@dataclass(frozen=True, slots=True)
class References:
    """References by the ids of the records."""

    sources: Mapping[int, SourceReference]
    speakers: Mapping[int, Named]
    organizations: Mapping[int, Named]
    cities: Mapping[int, Named]
    topics: Mapping[int, Named]
    stories: Mapping[int, StoryReference]  # by the ids of articles: of those that have copies


def references_to(records: Records) -> References:
    """Return the references to records that were just found or made, for articles without copies yet."""
    return _references(
        sources=records.sources.values(),
        speakers=records.speakers.values(),
        organizations=records.organizations.values(),
        places=records.places.values(),
        topics=records.topics.values(),
        stories={},
    )


def read_references(connection: Connection, rows: Rows) -> References:
    """Return the references to all that the rows lead to."""
    return _references(
        sources=_read(connection, StoredSource, Source, _ids(rows, ARTICLES, "source_id")),
        speakers=_read(connection, StoredSpeaker, Speaker, _ids(rows, ARTICLE_SPEAKERS, "speaker_id")),
        organizations=_read(
            connection,
            StoredOrganization,
            Organization,
            _ids(rows, ARTICLE_ORGANIZATIONS, "organization_id"),
        ),
        places=_read(connection, StoredPlace, Place, _ids(rows, ARTICLE_PLACES, "place_id")),
        topics=_read(connection, StoredTopic, Topic, _ids(rows, ARTICLE_TOPICS, "topic_id")),
        stories=_stories(connection, _ids(rows, ARTICLES, "id")),
    )


def _references(
    *,
    sources: Iterable[StoredSource],
    speakers: Iterable[StoredSpeaker],
    organizations: Iterable[StoredOrganization],
    places: Iterable[StoredPlace],
    topics: Iterable[StoredTopic],
    stories: Mapping[int, StoryReference],
) -> References:
    return References(
        sources={row.id: SourceReference.model_validate(row) for row in sources},
        speakers={row.id: _named(row, SpeakerReference) for row in speakers},
        organizations={row.id: _named(row, OrganizationReference) for row in organizations},
        cities={row.id: _named(row, CityReference) for row in places if row.kind is PlaceKind.CITY},
        topics={row.id: _named(row, TopicReference) for row in topics},
        stories=stories,
    )


def _named(
    row: StoredSpeaker | StoredOrganization | StoredPlace | StoredTopic, reference: type[Output]
) -> Named:
    return Named((row.name_key, row.slug), reference.model_validate(row).model_dump_json())


def _stories(connection: Connection, article_ids: set[int]) -> dict[int, StoryReference]:
    own, member = ArticleStory.__table__, ArticleStory.__table__.alias()
    found = {}
    for piece in pieces(article_ids):
        query = (
            select(own.c.article_id, own.c.story_id, Article.key, func.count())
            .join(member, member.c.story_id == own.c.story_id)
            .join(Article, Article.id == own.c.story_id)
            .where(among(connection, own.c.article_id, piece))
            .group_by(own.c.article_id, own.c.story_id, Article.key)
            .having(func.count() > 1)
        )
        for id_, story, key, articles in connection.execute(query):
            found[id_] = StoryReference(key=key, articles=articles, earliest=story == id_)
    return found


def _ids(rows: Rows, columns: Columns, name: str) -> set[int]:
    at = columns.names.index(name)
    return {id_ for row in rows[columns] if isinstance(id_ := row[at], int)}


def _read(connection: Connection, stored: type[Stored], table: type[Base], ids: set[int]) -> Iterator[Stored]:
    columns = [table.__table__.c[name] for name in stored._fields]
    for piece in pieces(ids):
        for row in connection.execute(select(*columns).where(among(connection, table.__table__.c.id, piece))):
            yield stored(*row)
