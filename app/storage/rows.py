"""The rows of articles, by table: made by saving, and read back to make cards anew."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Enum, String, select, type_coerce
from sqlalchemy.sql.elements import ColumnElement

from app.db.models.article import Article, ArticleAuthor, ArticleCard, ArticleText
from app.db.models.base import Base
from app.db.models.links import (
    ArticleOrganization,
    ArticlePlace,
    ArticleSpeaker,
    ArticleTopic,
    StatementOrganization,
)
from app.db.models.organization import OrganizationMention
from app.db.models.person import PersonMention
from app.db.models.place import PlaceMention
from app.db.models.quotation import Quotation
from app.db.models.statement import Attribution, Statement, StatementCard, StatementCue, StatementSpan
from app.db.models.story import ArticleBand, ArticleStory
from app.db.models.topic import TopicMention
from app.storage.bulk import Row, among, insert_tuples


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A table and the columns that its rows here have, in their order."""

    table: type[Base]
    names: tuple[str, ...]

    @property
    def article(self) -> str:
        """The column that tells of which article a row is."""
        return "id" if self.table is Article else "article_id"


def _columns(table: type[Base]) -> Columns:
    return Columns(table, tuple(table.__table__.columns.keys()))


ARTICLES = _columns(Article)
TEXTS = _columns(ArticleText)
AUTHORS = Columns(ArticleAuthor, ("article_id", "position", "name"))
STATEMENTS = Columns(
    Statement,
    (
        "article_id",
        "ordinal",
        "key",
        "kind",
        "text",
        "cue",
        "cue_class",
        "source_text",
        "source_kind",
        "confidence",
        "review",
    ),
)
SPANS = Columns(StatementSpan, ("article_id", "ordinal", "position", "part", "start", "end"))
CUES = Columns(StatementCue, ("article_id", "ordinal", "words"))
ATTRIBUTIONS = Columns(
    Attribution,
    (
        "article_id",
        "ordinal",
        "position",
        "speaker_id",
        "organization_id",
        "title",
        "affiliation",
        "method",
        "party",
        "state",
        "role_category",
    ),
)
STATEMENT_ORGANIZATIONS = Columns(
    StatementOrganization, ("article_id", "ordinal", "organization_id", "relation")
)
ARTICLE_SPEAKERS = Columns(ArticleSpeaker, ("article_id", "speaker_id", "statements"))
ARTICLE_ORGANIZATIONS = Columns(ArticleOrganization, ("article_id", "organization_id", "relation", "count"))
ARTICLE_PLACES = Columns(ArticlePlace, ("article_id", "place_id", "mentions"))
ARTICLE_TOPICS = Columns(ArticleTopic, ("article_id", "topic_id", "mentions"))
WHERE = ("article_id", "position", "field", "start", "end", "text")
DECIDED = ("role", "outcome", "reason")
PLACE_MENTIONS = Columns(PlaceMention, (*WHERE, *DECIDED, "place_id"))
ORGANIZATION_MENTIONS = Columns(OrganizationMention, (*WHERE, *DECIDED, "organization_id"))
PERSON_MENTIONS = Columns(PersonMention, (*WHERE, "name", "person", "speaker_id"))
TOPIC_MENTIONS = Columns(TopicMention, (*WHERE, "topic_id"))
STORIES = Columns(ArticleStory, ("story_id", "article_id"))
BANDS = Columns(ArticleBand, ("band", "article_id"))
QUOTATIONS = Columns(Quotation, ("words", "article_id", "ordinal"))
ARTICLE_CARDS = Columns(ArticleCard, ("article_id", "version", "body"))
STATEMENT_CARDS = Columns(StatementCard, ("article_id", "ordinal", "version", "body"))

IN_ORDER = (
    ARTICLES,
    TEXTS,
    AUTHORS,
    STATEMENTS,
    SPANS,
    CUES,
    ATTRIBUTIONS,
    STATEMENT_ORGANIZATIONS,
    ARTICLE_SPEAKERS,
    ARTICLE_ORGANIZATIONS,
    ARTICLE_PLACES,
    ARTICLE_TOPICS,
    PLACE_MENTIONS,
    ORGANIZATION_MENTIONS,
    PERSON_MENTIONS,
    TOPIC_MENTIONS,
    STORIES,
    BANDS,
    QUOTATIONS,
    ARTICLE_CARDS,
    STATEMENT_CARDS,
)
"""All of them, those that others point at first."""

Rows = dict[Columns, list[Row]]
"""Of enums, rows hold the values: what reads and writes many of them need not ask each for its own."""


def no_rows() -> Rows:
    """Return a list for each table, to be filled."""
    return {columns: [] for columns in IN_ORDER}


def insert_all(connection: Connection, rows: Rows) -> None:
    """Insert them."""
    for columns in IN_ORDER:
        insert_tuples(connection, columns.table, columns.names, rows[columns])


def read_rows(connection: Connection, ids: Collection[int], tables: Sequence[Columns]) -> Rows:
    """Return what some tables hold of a piece of articles, by article, in the order of their names."""
    rows = no_rows()
    for columns in tables:
        values = [_as_stored(columns.table.__table__.c[name]) for name in columns.names]
        article = columns.table.__table__.c[columns.article]
        query = select(*values).where(among(connection, article, ids)).order_by(article, *values)
        rows[columns] = [tuple(row) for row in connection.execute(query)]
    return rows


def _as_stored(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return type_coerce(column, String()) if isinstance(column.type, Enum) else column
