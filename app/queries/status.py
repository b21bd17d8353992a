"""How the corpus stands: its revision, what it holds, the last run of the job."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, select

from app.db.article_ids import FIRST_DATED
from app.db.models.article import Article
from app.db.models.base import Base
from app.db.models.corpus import CorpusState, IngestionRun
from app.db.models.links import ArticleOrganization, ArticlePlace, ArticleSpeaker, ArticleTopic
from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.source import Source
from app.db.models.speaker import Speaker
from app.db.models.topic import Topic
from app.domain.annotation import PlaceKind


def corpus_state() -> Select[int, datetime]:
    """Return the revision and when it was committed; no row before the first commit."""
    return select(CorpusState.revision, CorpusState.committed_at)


def state_columns() -> tuple[ColumnElement[int], ColumnElement[datetime]]:
    """Return the same as columns for another query: null before the first commit."""
    return tuple(  # type: ignore[return-value] # of two
        select(column).scalar_subquery().label(column.key)
        for column in (CorpusState.revision, CorpusState.committed_at)
    )


def last_run() -> Select[*tuple[Any, ...]]:
    """Return the run of the job that began last."""
    return (
        select(
            IngestionRun.status,
            IngestionRun.started_at,
            IngestionRun.finished_at,
            IngestionRun.pipeline_version,
            IngestionRun.report,
        )
        .order_by(IngestionRun.id.desc())
        .limit(1)
    )


def newest_article() -> Select[*tuple[Any, ...]]:
    """Return the article that was published last, of those with a date."""
    return (
        select(Article.key, Article.title, Article.published_at)
        .where(Article.id >= FIRST_DATED)
        .order_by(Article.id.desc())
        .limit(1)
    )


def article_totals() -> Select[*tuple[Any, ...]]:
    """Return articles and their statements, for each version of the pipeline; reads every article's row."""
    return (
        select(
            Article.pipeline_version,
            func.count().label("articles"),
            func.sum(Article.statements).label("statements"),
        )
        .group_by(Article.pipeline_version)
        .order_by(Article.pipeline_version)
    )


def record_totals() -> Select[*tuple[Any, ...]]:
    """Return how many speakers, organizations, cities, topics and sources have at least one article."""
    a_city = Place.kind == PlaceKind.CITY
    return select(
        _count(Speaker, exists().where(ArticleSpeaker.speaker_id == Speaker.id)).label("speakers"),
        _count(Organization, exists().where(ArticleOrganization.organization_id == Organization.id)).label(
            "organizations"
        ),
        _count(Place, a_city, exists().where(ArticlePlace.place_id == Place.id)).label("cities"),
        _count(Topic, exists().where(ArticleTopic.topic_id == Topic.id)).label("topics"),
        _count(Source, exists().where(Article.source_id == Source.id)).label("sources"),
    )


def _count(table: type[Base], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()
