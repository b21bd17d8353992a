"""The one filter vocabulary: what is asked, and a table that says how each filter selects."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import ColumnElement, or_, select

from app.db.models.article import Article
from app.db.models.links import (
    ArticleOrganization,
    ArticlePlace,
    ArticleSpeaker,
    ArticleTopic,
    OrganizationRelation,
    StatementOrganization,
)
from app.db.models.quotation import Quotation
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution, Statement, StatementCue
from app.db.models.story import ArticleStory
from app.domain.review import Review
from app.queries.associations import Association, Relations, Scope
from app.queries.conditions import MOST_RANGES, AtLeast, Condition, Existing, Linked, Range, Uneven
from app.queries.matching import Link
from app.queries.periods import IdRange
from app.queries.search import OpenSearch, Search
from app.queries.slots import Slot, Value

MENTIONED = frozenset({OrganizationRelation.MENTIONED})
SAID = frozenset({OrganizationRelation.SPEAKER, OrganizationRelation.AFFILIATION})


@dataclass(frozen=True, slots=True)
class Group:
    """One condition: the filter is satisfied by any of the values."""

    filter: str
    values: tuple[Value, ...]

    @property
    def is_few(self) -> bool:
        """Whether the values have so few rows that it is quickest to list these, whatever else is asked."""
        return self.filter in _FEW or (self.filter == "review" and Review.UNREVIEWED not in self.values)


_FEW = frozenset({"article", "story", "quotation"})
_CLOSED = frozenset({"has", "review"})
"""Filters whose values tell how to ask: each value of `has` is a condition of its own, and nearly all rows
have one of those of `review`.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Everything that is asked, as plain values: records are ids already.

    A row is selected when every group of `wanted` holds and none of `unwanted` would select it alone.
    `crossing`: articles are looked for in the index of words, where several conditions are in it.
    `collapsed`: of the articles of one story that are selected the earliest alone stays, with its statements.
    """

    wanted: tuple[Group, ...] = ()
    unwanted: tuple[Group, ...] = ()
    relations: Relations = MENTIONED
    published: IdRange | None = None
    search: Search | OpenSearch | None = None
    crossing: bool = False
    collapsed: bool = False

    def shape(self, *, crossing: bool = False) -> tuple["Filters", dict[str, object]]:
        """Return the same filters with slots for their values, and the values of these slots.

        What is asked for different values has one shape, and so one statement (see `app.queries.slots`).
        `crossing` is what `app.queries.matching.crosses` says of the database.
        """
        values: dict[str, object] = {}

        def slot(value: object) -> Slot:
            made = Slot(f"value_{len(values)}")
            values[made.name] = value
            return made

        def open_(group: Group) -> Group:
            if group.filter in _CLOSED:
                return group
            return Group(group.filter, tuple(map(slot, group.values)))

        shape = Filters(
            wanted=tuple(map(open_, self.wanted)),
            unwanted=tuple(map(open_, self.unwanted)),
            relations=self.relations,
            published=self.published and IdRange(slot(self.published.first), slot(self.published.end)),
            search=self.search.shape(slot) if isinstance(self.search, Search) else self.search,
            crossing=crossing,
            collapsed=self.collapsed,
        )
        return shape, values


class OfStatementOrganization:
    """A statement is by the organization or for it, or its article mentions it."""

    def probe(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return whether one of the relations holds."""
        return or_(*(c.probe(scope, values, r) for c, r in self._parts(relations)))

    def member(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return the same, by lists."""
        return or_(*(c.member(scope, values, r) for c, r in self._parts(relations)))

    def ranges(self, values: Sequence[Value], relations: Relations) -> list[Range]:
        """Return the ranges of all relations, when they are few enough together."""
        found = [condition.ranges(values, part) for condition, part in self._parts(relations)]
        together = list(chain.from_iterable(found))
        return together if all(found) and len(together) <= MOST_RANGES else []

    def links(self, values: Sequence[Value], relations: Relations) -> list[Link]:
        """Return nothing: the index is of articles."""
        del values, relations
        return []

    @staticmethod
    def _parts(relations: Relations) -> list[tuple[Linked, Relations]]:
        said, mentioned = relations & SAID, relations & MENTIONED
        both = ((STATEMENT_ORGANIZATIONS, said), (ARTICLE_ORGANIZATIONS, mentioned))
        return [(condition, part) for condition, part in both if part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """How one filter selects an article, and a statement.

    `of_statement`: on articles, all filters of this sort have to hold for one and the same statement.
    """

    name: str
    article: Condition
    statement: Condition
    of_statement: bool = False


def _everywhere(name: str, condition: Condition) -> Filter:
    return Filter(name=name, article=condition, statement=condition)


def _of_statement(name: str, association: Association) -> Filter:
    return Filter(
        name=name,
        article=Linked(association=association, common=True),  # not in order: it has several of one value
        statement=Linked(association=association, in_order=True, common=True),
        of_statement=True,
    )


def _in_statement(name: str, association: Association) -> Filter:
    condition = Linked(association=association, in_order=True, common=True)
    return Filter(name=name, article=condition, statement=condition, of_statement=True)


ARTICLES = Association(table=Article.__table__, value="id", article_id="id")
SOURCES = Association(table=Article.__table__, value="source_id", article_id="id", single=True, link="source")
PLACES = Association(table=ArticlePlace.__table__, value="place_id", link="place")
TOPICS = Association(table=ArticleTopic.__table__, value="topic_id", link="topic")
ARTICLE_SPEAKERS = Association(table=ArticleSpeaker.__table__, value="speaker_id", link="speaker")
ATTRIBUTIONS = Association(table=Attribution.__table__, value="speaker_id", ordinal="ordinal")
KINDS = Association(table=Statement.__table__, value="kind", ordinal="ordinal", single=True)
SPEAKER_KINDS = Association(
    table=select(Attribution.article_id, Attribution.ordinal, Attribution.position, Speaker.kind)
    .join(Speaker, Speaker.id == Attribution.speaker_id)
    .subquery(),
    value="kind",
    ordinal="ordinal",
    repeated=("ordinal", "position"),
)
STORIES = Association(table=ArticleStory.__table__, value="story_id", single=True)
QUOTATIONS = Association(table=Quotation.__table__, value="words", ordinal="ordinal", repeated=("ordinal",))
CUE_CLASSES = Association(table=Statement.__table__, value="cue_class", ordinal="ordinal", single=True)
REVIEWS = Association(table=Statement.__table__, value="review", ordinal="ordinal", single=True)
REVIEWED_IN = Association(table=Statement.__table__, value="review", ordinal="ordinal", repeated=("ordinal",))
CUES = Association(table=StatementCue.__table__, value="words", ordinal="ordinal", repeated=("ordinal",))
PARTIES, ROLE_CATEGORIES = (
    Association(table=Attribution.__table__, value=name, ordinal="ordinal", repeated=("ordinal", "position"))
    for name in ("party", "role_category")
)
ARTICLE_ORGANIZATIONS = Linked(
    association=Association(
        table=ArticleOrganization.__table__,
        value="organization_id",
        relation="relation",
        link="organization",
    ),
    in_order=True,
)
STATEMENT_ORGANIZATIONS = Linked(
    association=Association(
        table=StatementOrganization.__table__,
        value="organization_id",
        relation="relation",
        ordinal="ordinal",
    ),
    in_order=True,
)

_IN_PLACE = Linked(association=PLACES, in_order=True)

FILTERS: dict[str, Filter] = {
    each.name: each
    for each in (  # in the order in which they are asked to lead a query: few rows first
        _everywhere("article", Linked(association=ARTICLES, in_order=True)),
        _everywhere("story", Linked(association=STORIES, in_order=True)),
        Filter(
            name="quotation",
            article=Linked(association=QUOTATIONS, in_order=True),
            statement=Linked(association=QUOTATIONS, in_order=True),
            of_statement=True,
        ),
        Filter(
            name="speaker",
            article=Linked(association=ARTICLE_SPEAKERS, in_order=True),
            statement=Linked(association=ATTRIBUTIONS, in_order=True),
            of_statement=True,
        ),
        _everywhere("city", _IN_PLACE),
        _everywhere("county", _IN_PLACE),
        Filter(name="organization", article=ARTICLE_ORGANIZATIONS, statement=OfStatementOrganization()),
        _everywhere("state", _IN_PLACE),
        _everywhere("country", _IN_PLACE),
        _everywhere("topic", Linked(association=TOPICS, in_order=True)),
        _everywhere("source", Linked(association=SOURCES, in_order=True)),
        _in_statement("party", PARTIES),
        _in_statement("role_category", ROLE_CATEGORIES),
        _in_statement("cue", CUES),
        _of_statement("cue_class", CUE_CLASSES),
        _of_statement("kind", KINDS),
        Filter(
            name="review",
            article=Uneven(
                usual=Review.UNREVIEWED,
                often=Linked(association=REVIEWS, common=True),
                seldom=Linked(association=REVIEWED_IN, in_order=True),
            ),
            statement=Linked(association=REVIEWS, in_order=True, common=True),
            of_statement=True,
        ),
        Filter(
            name="speaker_kind",
            article=Linked(association=SPEAKER_KINDS, common=True),
            statement=Linked(association=SPEAKER_KINDS, common=True),
            of_statement=True,
        ),
        Filter(name="min_confidence", article=AtLeast(), statement=AtLeast(), of_statement=True),
        Filter(name="has", article=Existing(), statement=Existing(), of_statement=True),
    )
}
"""Every filter by its name."""
