"""How the values of a filter select rows: a probe for each row, a list of the rows, or their ranges."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from sqlalchemy import ColumnElement, exists, false, func, or_, true

from app.db.models.article import Article
from app.db.models.statement import Attribution, Statement
from app.queries.associations import Association, Relations, Scope, any_row
from app.queries.matching import Link
from app.queries.slots import Value, bound

MOST_RANGES = 8
"""Ranges that one page is merged from. Each costs a page's rows, so that for many of them it is cheaper to
walk all rows and to ask each whether it has one of the values.
"""


@dataclass(frozen=True, slots=True)
class Range:
    """The rows that an association links to one value in one way: they stand together, in date order."""

    association: Association
    value: Value
    relations: Relations

    def has(self, scope: Scope) -> ColumnElement[bool]:
        """Return whether the row in `scope` is in the range."""
        return self.association.probe(scope, (self.value,), self.relations)

    def conditions(self, *, of_statements: bool) -> list[ColumnElement[bool]]:
        """Return the conditions under which a row of the association's table stands in the range for a
        statement or an article, once.
        """
        return [
            *self.association.matches(self.association.table, (self.value,), self.relations),
            *self.association.firsts(of_statements=of_statements),
        ]


class Condition(Protocol):
    """How a filter's values select a row, by a probe for each row or by a list of the rows."""

    def probe(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return whether the row in `scope` has one of the values."""

    def member(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return the same, for the most selective condition of a query."""

    def ranges(self, values: Sequence[Value], relations: Relations) -> list[Range]:
        """Return the ranges of an index that list the rows of these values in date order; none when there is
        no such index, or when there are too many ranges.
        """

    def links(self, values: Sequence[Value], relations: Relations) -> list[Link]:
        """Return the links in the index of words of which a selected row has one; none when they are not in
        it.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """Satisfied through one association. `in_order`: an index lists a value's rows in date order.

    `common`: a value has so many rows that to list them is dearer than to probe for each row of a page.
    """

    association: Association
    in_order: bool = False
    common: bool = False

    def probe(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return whether the row in `scope` has one of the values."""
        return self.association.probe(scope, values, relations)

    def member(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return the same, for the most selective condition of a query."""
        ask = self.association.probe if self.common else self.association.member
        return ask(scope, values, relations)

    def ranges(self, values: Sequence[Value], relations: Relations) -> list[Range]:
        """Return a range for each value and relation."""
        linked_as = [relations]
        if self.association.relation is not None:
            linked_as = [frozenset({relation}) for relation in sorted(relations)]
        if not self.in_order or len(values) * len(linked_as) > MOST_RANGES:
            return []
        return [Range(self.association, value, relation) for value in values for relation in linked_as]

    def links(self, values: Sequence[Value], relations: Relations) -> list[Link]:
        """Return a link for each value and relation."""
        return self.association.links(values, relations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uneven:
    """Satisfied by nearly all rows for the `usual` value, and by few for all others."""

    usual: Value
    often: Condition
    seldom: Condition

    def probe(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return whether the row in `scope` has one of the values."""
        return self._for(values).probe(scope, values, relations)

    def member(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return the same, by a list where the rows are few."""
        return self._for(values).member(scope, values, relations)

    def ranges(self, values: Sequence[Value], relations: Relations) -> list[Range]:
        """Return the ranges of the rows."""
        return self._for(values).ranges(values, relations)

    def links(self, values: Sequence[Value], relations: Relations) -> list[Link]:
        """Return the links of the rows."""
        return self._for(values).links(values, relations)

    def _for(self, values: Sequence[Value]) -> Condition:
        return self.often if self.usual in values else self.seldom


class Walked:
    """Satisfied by so many rows that all are walked and each is asked: no index lists them."""

    def probe(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return whether the row in `scope` has one of the values."""
        raise NotImplementedError

    def member(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return the same: a list of the rows would be long."""
        return self.probe(scope, values, relations)

    def ranges(self, values: Sequence[Value], relations: Relations) -> list[Range]:
        """Return nothing: the rows stand in no one place."""
        del values, relations
        return []

    def links(self, values: Sequence[Value], relations: Relations) -> list[Link]:
        """Return nothing: they are not in the index of words."""
        del values, relations
        return []


class Has(StrEnum):
    """What an article or a statement can be asked to have."""

    SPEAKER = "speaker"
    CITY = "city"
    STATEMENT = "statement"
    TOPIC = "topic"


_COUNTED = {
    Has.SPEAKER: "speakers",
    Has.CITY: "cities",
    Has.STATEMENT: "statements",
    Has.TOPIC: "topics",
}
"""The columns of articles that count what they can be asked to have."""


class Existing(Walked):
    """The article or statement has one of the things at all; the counts of articles tell it."""

    def probe(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return whether the row in `scope` has one of the things."""
        del relations
        return or_(*(self._has(scope, Has(str(value))) for value in values))

    @staticmethod
    def _has(scope: Scope, what: Has) -> ColumnElement[bool]:
        if scope.ordinal is not None and what is Has.STATEMENT:
            return true()
        if scope.ordinal is not None and what is Has.SPEAKER:
            said = Attribution.__table__.alias()
            return exists().where(said.c.article_id == scope.article_id, said.c.ordinal == scope.ordinal)
        article = Article.__table__.alias()
        counted = _COUNTED[what]
        return exists().where(article.c.id == scope.article_id, article.c[counted] > 0)


class AtLeast(Walked):
    """The statement's confidence is at least the value, or that of a statement of the article is."""

    def probe(self, scope: Scope, values: Sequence[Value], relations: Relations) -> ColumnElement[bool]:
        """Return whether the row in `scope` is, or has, such a statement."""
        del relations
        (least,) = values
        if scope.table is not None:
            # As a value: PostgreSQL would look for the few that are surest in all statements.
            own: ColumnElement[float] = scope.table.c.confidence
            return func.coalesce(own >= bound(least, own.type), false())
        statement = Statement.__table__.alias()
        row = [statement.c.article_id == scope.article_id]
        if scope.ordinal is not None:
            row.append(statement.c.ordinal == scope.ordinal)
        return any_row([*row, statement.c.confidence >= bound(least, statement.c.confidence.type)])
