"""From filters to the selected articles or statements: where the query starts, and its conditions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, FromClause, exists, literal_column, not_, select, union_all

from app.db.models.article import Article
from app.db.models.statement import Statement
from app.db.models.story import ArticleStory
from app.domain.review import Review
from app.queries.associations import Query, Scope, any_row
from app.queries.conditions import Condition, Has, Range
from app.queries.filters import FILTERS, Filters, Group
from app.queries.matching import INDEX, IndexedId, among_matches, matches, meets
from app.queries.periods import published_before
from app.queries.slots import Slot, bound

_ORDER = {name: place for place, name in enumerate(FILTERS)}


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the selected rows: a table to select from, the columns that identify a row, conditions."""

    table: FromClause
    scope: Scope
    conditions: tuple[ColumnElement[bool], ...] = ()

    def where(self, *conditions: ColumnElement[bool]) -> "Part":
        """Return the rows that meet these conditions too."""
        return replace(self, conditions=(*self.conditions, *conditions))

    def rows(self) -> Query:
        """Return the ids of the rows: articles, or articles and ordinals of statements."""
        columns = [self.scope.article_id.label("article_id")]
        if self.scope.ordinal is not None:
            columns.append(self.scope.ordinal.label("ordinal"))
        return select(*columns).select_from(self.table).where(*self.conditions)

    def ones(self) -> Query:
        """Return a one for each row, for counting."""
        return select(literal_column("1").label("one")).select_from(self.table).where(*self.conditions)


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected rows, in parts that have no row in common.

    `in_order`: a walk along a part's table has its rows in date order; else they may have to be sorted.
    """

    parts: tuple[Part, ...]
    in_order: bool = True

    def rows(self) -> Query:
        """Return the ids of the selected rows."""
        return together([part.rows() for part in self.parts])

    def ones(self) -> Query:
        """Return a one for each selected row, for counting."""
        return together([part.ones() for part in self.parts])


def together(parts: Sequence[Query]) -> Query:
    """Return the rows of all parts."""
    return parts[0] if len(parts) == 1 else select(union_all(*parts).subquery())


@dataclass(frozen=True, slots=True)
class Start:
    """Where a query begins: in the ranges of the group that leads, in the index of words, or in a table.

    `met` are the groups whose rows alone are there.
    """

    parts: tuple[Part, ...]
    met: tuple[Group, ...] = ()
    by_words: bool = False


def select_articles(filters: Filters) -> Selection:
    """Return the articles that the filters select."""
    groups = _in_order(filters.wanted)
    alone = sum(map(_is_of_statement, groups)) == 1
    start = _crossing(groups, filters) or _start(groups, filters, of_statements=False)
    groups = [each for each in groups if each not in start.met or not (alone or not _is_of_statement(each))]
    of_one = [] if alone else [group for group in groups if _is_of_statement(group)]
    separate = [group for group in groups if group not in of_one]
    parts = []
    for part in start.parts:
        first = not start.met and not start.by_words
        found = part.where(*_conditions(separate, filters, part.scope, first=first))
        if of_one:
            found = found.where(_one_statement(of_one, filters, part.scope))
        found = found.where(*_common(filters, part.scope, by_words=start.by_words))
        parts.append(_collapsed(found, filters))
    return Selection(tuple(parts))


def select_statements(filters: Filters) -> Selection:
    """Return the statements that the filters select."""
    filters = _few_instead(filters)
    groups = _in_order(filters.wanted)
    start = _start(groups, filters, of_statements=True)
    groups = [each for each in groups if each not in start.met]
    parts = [
        _collapsed(
            part.where(
                *_conditions(groups, filters, part.scope, first=not start.met),
                *_common(filters, part.scope, by_words=False),
            ),
            filters,
        )
        for part in start.parts
    ]
    return Selection(tuple(parts), in_order=bool(start.met) or not groups)


def _few_instead(filters: Filters) -> Filters:
    """Return the same filters of statements: those that are not unreviewed are asked for as what they are,
    since each statement has one review.
    """
    without = {group: _others(group) for group in filters.unwanted if group.filter == "review"}
    few = {group: others for group, others in without.items() if others.is_few}
    return replace(
        filters,
        wanted=(*filters.wanted, *few.values()),
        unwanted=tuple(group for group in filters.unwanted if group not in few),
    )


def _others(group: Group) -> Group:
    return Group(group.filter, tuple(each for each in Review if each not in group.values))


def _collapsed(part: Part, filters: Filters) -> Part:
    """Return the rows of which no earlier article of the same story is selected too, or has a statement that
    is; all rows when that is not asked.
    """
    if not filters.collapsed:
        return part
    own, earlier = ArticleStory.__table__.alias(), ArticleStory.__table__.alias()
    told = [own.c.article_id == part.scope.article_id, earlier.c.story_id == own.c.story_id]
    told.append(published_before(earlier.c.article_id, own.c.article_id))
    article = Scope(earlier.c.article_id)
    if part.scope.ordinal is None:
        selected = _selects(filters, article)
    else:
        statement = Statement.__table__.alias()
        inner = Scope(statement.c.article_id, statement.c.ordinal, statement)
        holds = _conditions(_in_order(filters.wanted), filters, inner, first=False)
        holds += _common(filters, inner, by_words=False)
        selected = [exists().where(statement.c.article_id == article.article_id, *holds)]
    return part.where(not_(any_row([*told, *selected])))


def _selects(filters: Filters, scope: Scope) -> list[ColumnElement[bool]]:
    """Return the conditions under which the filters select the article in `scope`, wherever it comes from."""
    groups = _in_order(filters.wanted)
    of_one = [group for group in groups if _is_of_statement(group)]
    if len(of_one) == 1:
        of_one = []
    conditions = _conditions([g for g in groups if g not in of_one], filters, scope, first=False)
    if of_one:
        conditions.append(_one_statement(of_one, filters, scope))
    return [*conditions, *_common(filters, scope, by_words=False)]


def _in_order(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (not group.is_few, _ORDER[group.filter]))


def _is_of_statement(group: Group) -> bool:
    """Tell whether this condition and others of its sort have to hold for one statement."""
    if group.filter == "has":
        return Has.SPEAKER in group.values
    return FILTERS[group.filter].of_statement


def _condition(group: Group, *, of_statements: bool) -> Condition:
    found = FILTERS[group.filter]
    return found.statement if of_statements else found.article


def _crossing(groups: Sequence[Group], filters: Filters) -> Start | None:
    """Return a start in the index of words where two conditions or more are in it, or one that has too many
    values for ranges; null where another start is as good.
    """
    if not filters.crossing or any(group.is_few for group in groups):
        return None
    links = {
        group: _condition(group, of_statements=False).links(group.values, filters.relations)
        for group in groups
    }
    met = [group for group in groups if links[group]]
    phrases = None if filters.search is None else filters.search.wanted
    if not met or (len(met) == 1 and not phrases and _has_ranges(met[0], filters)):
        return None
    condition = meets([links[group] for group in met], phrases)
    part = Part(INDEX, Scope(IndexedId()), (condition,))
    return Start((part,), met=tuple(met), by_words=bool(phrases))


def _has_ranges(group: Group, filters: Filters) -> bool:
    return bool(_condition(group, of_statements=False).ranges(group.values, filters.relations))


def _start(groups: Sequence[Group], filters: Filters, *, of_statements: bool) -> Start:
    """Return where the query begins.

    The first group whose index lists its rows in date order leads, so that newest first needs no sort;
    without one, all rows are walked in date order, or those articles that have the words searched for.
    """
    for group in groups:
        ranges = _condition(group, of_statements=of_statements).ranges(group.values, filters.relations)
        if ranges:
            return Start(tuple(_disjoint(ranges, of_statements=of_statements)), met=(group,))
    if of_statements:
        columns = Statement.__table__.c
        return Start(
            (Part(Statement.__table__, Scope(columns.article_id, columns.ordinal, Statement.__table__)),)
        )
    if filters.search is not None and filters.search.wanted:
        part = Part(INDEX, Scope(IndexedId()), (matches(filters.search.wanted),))
        return Start((part,), by_words=True)
    return Start((Part(Article.__table__, Scope(Article.__table__.c.id)),))


def _disjoint(ranges: Sequence[Range], *, of_statements: bool) -> Iterable[Part]:
    """Return a part for each range, without the rows that an earlier one has."""
    for place, each in enumerate(ranges):
        table, association = each.association.table, each.association
        article_id = table.c[association.article_id]
        if of_statements and association.ordinal is not None:
            part = Part(table, Scope(article_id, table.c[association.ordinal]))
        else:
            part = _part(table, article_id, of_statements=of_statements)
        earlier = [] if association.single else ranges[:place]
        conditions = each.conditions(of_statements=of_statements)
        yield part.where(*conditions, *(not_(before.has(part.scope)) for before in earlier))


def _part(table: FromClause, article_id: ColumnElement[int], *, of_statements: bool) -> Part:
    """Return the articles of a table, or their statements."""
    if not of_statements:
        return Part(table, Scope(article_id))
    statements = Statement.__table__
    joined = table.join(statements, statements.c.article_id == article_id)
    return Part(joined, Scope(article_id, statements.c.ordinal, statements))


def _conditions(
    groups: Sequence[Group], filters: Filters, scope: Scope, *, first: bool
) -> list[ColumnElement[bool]]:
    """Return a condition for each group; the first one lists its rows when no other leads the query."""
    conditions = []
    for place, group in enumerate(groups):
        condition = _condition(group, of_statements=scope.ordinal is not None)
        ask = condition.member if first and place == 0 else condition.probe
        conditions.append(ask(scope, group.values, filters.relations))
    return conditions


def _one_statement(groups: Sequence[Group], filters: Filters, scope: Scope) -> ColumnElement[bool]:
    """Return whether one and the same statement of the article satisfies all groups."""
    statement = Statement.__table__.alias()
    inner = Scope(statement.c.article_id, statement.c.ordinal, statement)
    conditions = _conditions(groups, filters, inner, first=False)
    return exists().where(statement.c.article_id == scope.article_id, *conditions)


def _common(filters: Filters, scope: Scope, *, by_words: bool) -> list[ColumnElement[bool]]:
    """Return what every selection has: dates, words, and what is left out."""
    conditions = [
        not_(condition) for condition in _conditions(_in_order(filters.unwanted), filters, scope, first=False)
    ]
    if filters.published is not None:
        conditions.append(scope.article_id >= bound(filters.published.first, scope.article_id.type))
        conditions.append(scope.article_id < bound(filters.published.end, scope.article_id.type))
    if filters.search is not None:
        if filters.search.wanted and not by_words:
            conditions.append(among_matches(scope.article_id, filters.search.wanted))
        unwanted = (each if isinstance(each, Slot) else (each,) for each in filters.search.unwanted)
        conditions += [not_(among_matches(scope.article_id, phrases)) for phrases in unwanted]
    return conditions
