"""The list of articles as it is commonly written: entities with relationships, loaded with `selectinload`,
turned into JSON by a response model; a session as a dependency; offset, limit and an exact total.

Same tables, same indexes, same fields, same order as the product's list. BENCHMARK_DATABASE_URL names the
database.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Query, Request
from pydantic import BaseModel, Field
from sqlalchemy import FromClause, Select, create_engine, func, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, joinedload, relationship, selectinload

from app.db.models.links import OrganizationRelation
from app.db.models.tables import metadata
from app.domain.annotation import PlaceKind
from app.schemas.article import ArticleCard
from app.schemas.references import CityReference, OrganizationReference, SpeakerReference, TopicReference

VARIABLE = "BENCHMARK_DATABASE_URL"
_TABLES = metadata.tables
_PLACES, _ORGANIZATIONS = _TABLES["article_places"], _TABLES["article_organizations"]
_SPEAKERS, _TOPICS = _TABLES["article_speakers"], _TABLES["article_topics"]
_STORIES, _ARTICLES = _TABLES["article_stories"], _TABLES["articles"]


def _by_name(table: FromClause, first: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a column
    return first.desc(), table.c.name_key, table.c.slug


class _Base(DeclarativeBase):
    metadata = metadata


class Source(_Base):
    """An outlet."""

    __table__ = _TABLES["sources"]


class Speaker(_Base):
    """A speaker."""

    __table__ = _TABLES["speakers"]


class Organization(_Base):
    """An organization."""

    __table__ = _TABLES["organizations"]


class Place(_Base):
    """A place."""

    __table__ = _TABLES["places"]


class Topic(_Base):
    """A topic."""

    __table__ = _TABLES["topics"]


class Author(_Base):
    """A byline name."""

    __table__ = _TABLES["article_authors"]


class Article(_Base):
    """An article with what its card shows. `counts` are columns of its own."""

    __table__ = _TABLES["articles"]

    source: Mapped[Source | None] = relationship()
    author_rows: Mapped[list[Author]] = relationship(order_by=Author.__table__.c.position)
    speaker_rows: Mapped[list[Speaker]] = relationship(
        secondary=_SPEAKERS, order_by=_by_name(Speaker.__table__, _SPEAKERS.c.statements), viewonly=True
    )
    organization_rows: Mapped[list[Organization]] = relationship(
        secondary=_ORGANIZATIONS,
        secondaryjoin=(_ORGANIZATIONS.c.organization_id == Organization.__table__.c.id)
        & (_ORGANIZATIONS.c.relation == OrganizationRelation.MENTIONED),
        order_by=_by_name(Organization.__table__, _ORGANIZATIONS.c.count),
        viewonly=True,
    )
    city_rows: Mapped[list[Place]] = relationship(
        secondary=_PLACES,
        secondaryjoin=(_PLACES.c.place_id == Place.__table__.c.id)
        & (Place.__table__.c.kind == PlaceKind.CITY),
        order_by=_by_name(Place.__table__, _PLACES.c.mentions),
        viewonly=True,
    )

    earliest: Mapped["Article"] = relationship(
        secondary=_STORIES,
        primaryjoin=_ARTICLES.c.id == _STORIES.c.article_id,
        secondaryjoin=_ARTICLES.c.id == _STORIES.c.story_id,
        viewonly=True,
    )
    copies: Mapped[list["Article"]] = relationship(
        secondary=_STORIES,
        primaryjoin=_ARTICLES.c.id == _STORIES.c.story_id,
        secondaryjoin=_ARTICLES.c.id == _STORIES.c.article_id,
        viewonly=True,
    )
    topic_rows: Mapped[list[Topic]] = relationship(
        secondary=_TOPICS, order_by=_by_name(Topic.__table__, _TOPICS.c.mentions), viewonly=True
    )

    @property
    def authors(self) -> list[Any]:
        """The byline names."""
        return [row.__dict__["name"] for row in self.author_rows]

    @property
    def story(self) -> dict[str, object]:
        """The story that it tells, with its earliest article and its copies."""
        key = self.earliest.__dict__["key"]
        return {"key": key, "articles": len(self.earliest.copies), "earliest": self.earliest is self}

    @property
    def counts(self) -> "Article":
        """The counts are read from the article's own columns."""
        return self


class Card(ArticleCard):
    """The product's card, read from an entity."""

    speakers: list[SpeakerReference] = Field(validation_alias="speaker_rows")
    organizations: list[OrganizationReference] = Field(validation_alias="organization_rows")
    cities: list[CityReference] = Field(validation_alias="city_rows")
    topics: list[TopicReference] = Field(validation_alias="topic_rows")


class Page(BaseModel):
    """A page of cards."""

    results: list[Card]
    total: int
    limit: int
    offset: int


def create_app() -> FastAPI:
    """Return an application with the one route."""
    app = FastAPI()
    app.state.engine = create_engine(os.environ[VARIABLE])
    app.get("/articles", response_model=Page)(list_articles)
    return app


def get_session(request: Request) -> Iterator[Session]:
    """Give the session of a request."""
    with Session(request.app.state.engine) as session:
        yield session


def list_articles(
    session: Annotated[Session, Depends(get_session)],
    city: Annotated[str | None, Query()] = None,
    organization: Annotated[str | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 25,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> dict[str, object]:
    """List articles, newest first."""
    query = _selected(city, organization)
    total = session.scalar(select(func.count()).select_from(query.subquery()))
    loaded = query.options(
        joinedload(Article.source),
        selectinload(Article.author_rows),
        selectinload(Article.speaker_rows),
        selectinload(Article.organization_rows),
        selectinload(Article.city_rows),
        selectinload(Article.topic_rows),
        selectinload(Article.earliest).selectinload(Article.copies),
    )
    newest: Sequence[Article] = session.scalars(
        loaded.order_by(Article.__table__.c.id.desc()).limit(limit).offset(offset)
    ).all()
    return {"results": newest, "total": total, "limit": limit, "offset": offset}


def _selected(city: str | None, organization: str | None) -> Select[Article]:
    query = select(Article)
    if city is not None:
        query = query.join(Article.city_rows).where(Place.__table__.c.slug == city)
    if organization is not None:
        query = query.join(Article.organization_rows).where(Organization.__table__.c.slug == organization)
    return query
