"""What links values to articles and statements, and the two ways to ask a link: probe it or list it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Select, exists, false, func, not_, select, true, tuple_

from app.db.models.links import OrganizationRelation
from app.queries.matching import Link
from app.queries.slots import Value, bound
from app.queries.unindexed import Unindexed

Query: TypeAlias = Select[*tuple[Any, ...]]
"""A select of some columns."""

Relations: TypeAlias = frozenset[OrganizationRelation]


@dataclass(frozen=True, slots=True)
class Scope:
    """The row that a condition is about: an article and, where that is asked, one of its statements.

    `table` is that of the statements, where the query has their rows at hand.
    """

    article_id: ColumnElement[int]
    ordinal: ColumnElement[int] | None = None
    table: FromClause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Association:
    """A table whose rows link a value to an article, or to a statement when `ordinal` is named.

    The others are names of columns; `relation` is the one that tells how an organization is linked. `single`:
    an article, or a statement when `ordinal` is named, has one value at most. `link` is what the index of
    words calls such a row (`app.db.search_index`). `repeated`: the columns that tell
    rows apart which link one value to one article.
    """

    table: FromClause
    value: str
    article_id: str = "article_id"
    ordinal: str | None = None
    relation: str | None = None
    single: bool = False
    link: str | None = None
    repeated: tuple[str, ...] = ()

    def links(self, values: Sequence[Value], relations: Relations) -> list[Link]:
        """Return the links in the index of words that these values stand for; none where it has none."""
        if self.link is None:
            return []
        names = [self.link]
        if self.relation is not None:
            names = [f"{self.link}_{relation}" for relation in sorted(relations)]
        return [Link(name, value) for name in names for value in values]

    def matches(
        self, table: FromClause, values: Sequence[Value], relations: Relations
    ) -> list[ColumnElement[bool]]:
        """Return the conditions under which a row of `table` links one of the values."""
        column = table.c[self.value]
        given = [bound(value, column.type) for value in values]
        conditions = [column == given[0] if len(given) == 1 else column.in_(given)]
        if self.relation is not None:
            linked_as = sorted(relations)
            column = table.c[self.relation]
            conditions.append(column == linked_as[0] if len(linked_as) == 1 else column.in_(linked_as))
        return conditions

    def firsts(self, *, of_statements: bool) -> list[ColumnElement[bool]]:
        """Return the conditions under which a row of the table is the first that links its value to its
        statement, or else to its article.
        """
        apart = [name for name in self.repeated if not of_statements or name != self.ordinal]
        if not apart:
            return []
        row, other = self.table, self.table.alias()
        shared = [self.value, self.article_id]
        if of_statements and self.ordinal is not None:
            shared.append(self.ordinal)
        same = [other.c[name] == row.c[name] for name in shared]
        place, own = (tuple_(*(table.c[name] for name in apart)) for table in (other, row))
        same.append(place < own)
        return [not_(any_row(same))]

    def probe(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return whether the row in `scope` has one of the values: one look into an index a row."""
        table = self.table.alias()
        if self.single and (self.ordinal is None or scope.ordinal is not None):
            column = table.c[self.value]
            own = self._own_value(table, scope).in_([bound(value, column.type) for value in values])
            return func.coalesce(own, false()) if column.nullable else own  # no value is none of these
        row = [table.c[self.article_id] == scope.article_id]
        if self.ordinal is not None and scope.ordinal is not None:
            row.append(table.c[self.ordinal] == scope.ordinal)
        row += self.matches(table, values, relations)
        return any_row(row) if self.repeated else exists().where(*row)

    def _own_value(self, table: FromClause, scope: Scope) -> ColumnElement[Any]:
        """Return the value of the row. PostgreSQL makes an EXISTS a join, and reads all rows for it."""
        if self.ordinal is not None and scope.table is not None:
            return Unindexed(scope.table.c[self.value])
        same = [table.c[self.article_id] == scope.article_id]
        if self.ordinal is not None:
            same.append(table.c[self.ordinal] == scope.ordinal)
        return select(table.c[self.value]).where(*same).scalar_subquery()

    def member(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return the same as `probe`, for a condition that is the most selective: the values' rows are
        listed once, and the row in `scope` is looked up among them.
        """
        table = self.table.alias()
        columns = [table.c[self.article_id]]
        asked: ColumnElement[int] | ColumnElement[tuple[int, int]] = scope.article_id
        if self.ordinal is not None and scope.ordinal is not None:
            columns.append(table.c[self.ordinal])
            asked = tuple_(scope.article_id, scope.ordinal)
        rows: Query = select(*columns).where(*self.matches(table, values, relations))
        return asked.in_(rows)


def any_row(conditions: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return whether there is a row, as a value. Where values have many rows, PostgreSQL makes an EXISTS a
    join and reads them all. That the value is true it expects of half the rows.
    """
    return func.coalesce(select(true()).where(*conditions).limit(1).scalar_subquery(), false())
