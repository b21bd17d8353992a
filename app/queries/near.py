"""Names that an unknown one may stand for: those that begin like it, and those that have it inside."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, bindparam, func, literal, select, union_all

from app.db.models.links import ArticleOrganization, ArticleSpeaker, ArticleTopic
from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.speaker import Speaker
from app.db.models.topic import Topic
from app.queries.associations import Query
from app.queries.records import NAMES, beginning, in_range

SAME_BEGINNING = 2
"""Letters that a near name shares with the unknown one: fewer would be a walk through all names."""

MOST_BEGINNING = 2_000
"""Names that begin alike and are compared."""

MOST_HAVING = 20
"""Names that have the unknown one inside, the most notable first; found by a walk through all names."""


def _number(table: FromClause, column: str, id_: ColumnElement[int]) -> ColumnElement[Any]:
    return select(func.count()).select_from(table).where(table.c[column] == id_).scalar_subquery()


_POPULATION = func.coalesce(Place.__table__.c.population, 0)
WEIGHTS: Mapping[str, ColumnElement[Any]] = {
    **dict.fromkeys(("city", "county", "state", "country"), _POPULATION),
    "speaker": _number(ArticleSpeaker.__table__, "speaker_id", Speaker.__table__.c.id),
    "organization": _number(ArticleOrganization.__table__, "organization_id", Organization.__table__.c.id),
    "topic": _number(ArticleTopic.__table__, "topic_id", Topic.__table__.c.id),
}
"""What makes one of two records more notable: inhabitants, or articles."""


@cache
def names_near(name: str) -> Query:
    """Return slug, folded name and weight of records of which a name or alias is near the one that
    `near_parameters` say.
    """
    names = NAMES[name]
    table, key = names.table, names.table.c.name_key
    parts = _near(_named(name, key), key)
    if names.aliases is not None:
        alias = names.aliases.c
        named = _named(name, alias.name_key).join(names.aliases, alias[names.owner] == table.c.id)
        parts += _near(named, alias.name_key)
    found = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(found.c.slug, found.c.name_key, found.c.weight)


def near_parameters(folded: str) -> dict[str, str]:
    """Return what a folded name, which has no pattern characters, is looked up with."""
    return {**beginning(folded[:SAME_BEGINNING]), "inside": f"% {folded}%"}


def _named(name: str, key: ColumnElement[str]) -> Query:
    names = NAMES[name]
    weight = WEIGHTS.get(name, literal(0)).label("weight")
    columns = (names.table.c[names.slug].label("slug"), key.label("name_key"), weight)
    return select(*columns).select_from(names.table).where(*names.own())


def _near(named: Query, key: ColumnElement[str]) -> list[Query]:
    """Return the names that begin alike, and those that have the folded one later on."""
    alike = named.where(in_range(key)).limit(MOST_BEGINNING)
    having = named.where(key.like(bindparam("inside", type_=key.type)))
    notable = having.selected_columns["weight"].desc()
    return [alike, having.order_by(notable, key).limit(MOST_HAVING)]
