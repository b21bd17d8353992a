"""From filters to the selected articles or statements: where the query starts, and its conditions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, exists, literal_column, not_, select

from app.db.models.article import Article
from app.db.models.statement import Statement
from app.db.search_index import SearchMatch
from app.queries.associations import Association, Query, Scope
from app.queries.filters import FILTERS, Condition, Filters, Group, Has

_ORDER = {name: place for place, name in enumerate(FILTERS)}


@dataclass(frozen=True, slots=True)
class Selection:
    """The selected rows: a table to select from, its conditions, and the columns that identify a row.

    `in_order`: a walk along the table has them in date order; else they may have to be sorted.
    """

    table: FromClause
    scope: Scope
    conditions: tuple[ColumnElement[bool], ...]
    in_order: bool = True

    def rows(self) -> Query:
        """Return the ids of the selected rows: articles, or articles and ordinals of statements."""
        columns = [self.scope.article_id.label("article_id")]
        if self.scope.ordinal is not None:
            columns.append(self.scope.ordinal.label("ordinal"))
        return select(*columns).select_from(self.table).where(*self.conditions)

    def ones(self) -> Query:
        """Return a row for each selected row, for counting."""
        return select(literal_column("1")).select_from(self.table).where(*self.conditions)


def select_articles(filters: Filters) -> Selection:
    """Return the articles that the filters select."""
    groups = _in_order(filters.wanted)
    alone = sum(map(_is_of_statement, groups)) == 1
    led, table, scope, conditions = _start(groups, filters, of_statements=False)
    if led is not None and (alone or not _is_of_statement(led)):
        groups.remove(led)
    together = [] if alone else [group for group in groups if _is_of_statement(group)]
    separate = [group for group in groups if group not in together]
    conditions += _conditions(separate, filters, scope, first=led is None)
    if together:
        conditions.append(_one_statement(together, filters, scope))
    return Selection(table, scope, (*conditions, *_common(filters, scope)))


def select_statements(filters: Filters) -> Selection:
    """Return the statements that the filters select."""
    groups = _in_order(filters.wanted)
    led, table, scope, conditions = _start(groups, filters, of_statements=True)
    if led is not None:
        groups.remove(led)
    conditions += _conditions(groups, filters, scope, first=led is None)
    in_order = led is not None or not groups
    return Selection(table, scope, (*conditions, *_common(filters, scope)), in_order)


def _in_order(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: _ORDER[group.filter])


def _is_of_statement(group: Group) -> bool:
    """Tell whether this condition and others of its sort have to hold for one statement."""
    if group.filter == "has":
        return Has.SPEAKER in group.values
    return FILTERS[group.filter].of_statement


def _condition(group: Group, *, of_statements: bool) -> Condition:
    found = FILTERS[group.filter]
    return found.statement if of_statements else found.article


def _start(
    groups: Sequence[Group], filters: Filters, *, of_statements: bool
) -> tuple[Group | None, FromClause, Scope, list[ColumnElement[bool]]]:
    """Return the group that leads, its table, and the condition there: the first whose index lists its rows
    in date order, so that newest first needs no sort. Without one, all rows are walked in date order.
    """
    for group in groups:
        walked = _condition(group, of_statements=of_statements).walk(group.values, filters.relations)
        if walked is not None:
            conditions = walked.matches(walked.table, group.values, filters.relations)
            table, scope = _joined(walked) if of_statements else (walked.table, _article(walked))
            return group, table, scope, conditions
    table = Statement.__table__ if of_statements else Article.__table__
    scope = Scope(table.c.article_id, table.c.ordinal) if of_statements else Scope(table.c.id)
    return None, table, scope, []


def _article(walked: Association) -> Scope:
    return Scope(walked.table.c[walked.article_id])


def _joined(walked: Association) -> tuple[FromClause, Scope]:
    """Return a table of statements: the walked one itself, or the statements of its articles."""
    article_id = walked.table.c[walked.article_id]
    if walked.ordinal is not None:
        return walked.table, Scope(article_id, walked.table.c[walked.ordinal])
    statements = Statement.__table__
    table = walked.table.join(statements, statements.c.article_id == article_id)
    return table, Scope(article_id, statements.c.ordinal)


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
    inner = Scope(statement.c.article_id, statement.c.ordinal)
    conditions = _conditions(groups, filters, inner, first=False)
    return exists().where(statement.c.article_id == scope.article_id, *conditions)


def _common(filters: Filters, scope: Scope) -> list[ColumnElement[bool]]:
    """Return what every selection has: dates, words, and what is left out."""
    conditions = [
        not_(condition) for condition in _conditions(_in_order(filters.unwanted), filters, scope, first=False)
    ]
    if filters.published is not None:
        conditions.append(scope.article_id >= filters.published.first)
        conditions.append(scope.article_id < filters.published.end)
    if filters.search is not None:
        if filters.search.wanted:
            conditions.append(SearchMatch(scope.article_id, filters.search.wanted))
        conditions.extend(not_(SearchMatch(scope.article_id, (p,))) for p in filters.search.unwanted)
    return conditions
