"""What the lists of speakers, organizations, cities and sources share: counts and dates over a selection."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Subquery, case, func, literal_column, select

from app.db.article_ids import EPOCH, FIRST_DATED, HASH_BITS
from app.db.models.statement import Statement
from app.domain.annotation import CueClass
from app.queries.associations import Query
from app.queries.ordering import Listing, Order, Rows, Sort
from app.queries.records import Names, begins_with


def dates(article_id: ColumnElement[int]) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """Return the ids of the first and the last dated article of a group, null when none has a date."""
    dated = case((article_id >= FIRST_DATED, article_id))
    return func.min(dated).label("first_id"), func.max(dated).label("last_id")


def statement_counts() -> tuple[ColumnElement[int], ...]:
    """Return how many statements a group has, and how many of each class of cue, by the class's name."""
    of_class = Statement.__table__.c.cue_class
    apart = (func.count(case((of_class == each, 1))).label(each.value) for each in CueClass)
    return func.count(literal_column("1")).label("statements"), *apart


def published_at(article_id: int | None) -> datetime | None:
    """Return the instant of publication that a dated article's id stands for, to the second."""
    return None if article_id is None else EPOCH + timedelta(seconds=article_id >> HASH_BITS)


def orders(table: FromClause, ranked: Subquery, *, by: str) -> Mapping[str, Order]:
    """Return the orders of a ranked list: by the count `by`, by name, by last date; the slug decides ties."""
    slug, name = Sort(table.c.slug), table.c.name_key
    counted, last = ranked.c[by], func.coalesce(ranked.c.last_id, 0)
    return {
        f"-{by}": (Sort(counted, descending=True), slug),
        by: (Sort(counted), slug),
        "name": (Sort(name), slug),
        "-name": (Sort(name, descending=True), Sort(table.c.slug, descending=True)),
        "-last_published_at": (Sort(last, descending=True), slug),
    }


def listing(rows: Query, names: Names, ranked: Subquery, *, by: str, named: bool) -> Listing:
    """Return the list of the ranked records; when it is `named`, of those only whose name or an alias begins
    as `name_parameters` say.
    """
    table = names.table
    counted: Query = select(literal_column("1")).select_from(table.join(ranked, ranked.c.id == table.c.id))
    own = [*names.own(), *([begins_with(names)] if named else [])]
    return Listing(parts=(Rows(rows.where(*own), orders(table, ranked, by=by)),), counted=counted.where(*own))
