"""The full-text index as a table to walk or to look into: one form for both databases.

On SQLite the index gives its matches in the order of their ids, so that the newest articles with a word are
a walk that ends with the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    bindparam,
    literal_column,
    select,
    table,
    type_coerce,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, String, TypeDecorator

from app.db.models.article import Article
from app.db.search_index import TABLE, Phrase
from app.queries.slots import Slot, Value, bound
from app.queries.unindexed import Unindexed


@dataclass(frozen=True, slots=True)
class Link:
    """What an article is linked to, as the index of words names it on SQLite: `place`, and the place's id."""

    name: str
    value: Value


INDEX = table(TABLE)
"""The index, as a table to select from."""

_ID = {"sqlite": "rowid", "postgresql": "article_id"}


class SearchExpression(TypeDecorator[tuple[Phrase, ...]]):
    """Phrases that all have to occur, in the query language of the database."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: tuple[Phrase, ...] | None, dialect: Dialect) -> str | None:
        """Words are letters and digits only, so that quoting them is safe."""
        if value is None:
            return None
        if dialect.name == "sqlite":
            return " AND ".join(f'"{" ".join(phrase.words)}"' for phrase in value)
        return " & ".join("(" + " <-> ".join(f"'{word}'" for word in p.words) + ")" for p in value)


class IndexedId(FunctionElement[int]):
    """The id of the article that a row of the index is about."""

    inherit_cache = True
    type = BigInteger()


class Matches(FunctionElement[Any]):
    """Whether a row of the index has every one of the phrases, its only clause."""

    inherit_cache = True
    type = NullType()  # as a Boolean it would be written `MATCH ? = 1`, which FTS5 refuses


def matches(phrases: tuple[Phrase, ...] | Slot) -> ColumnElement[bool]:
    """Return whether a row of the index has every one of the phrases."""
    return Matches(_phrases(phrases))


def _phrases(phrases: tuple[Phrase, ...] | Slot) -> ColumnElement[Any]:
    if isinstance(phrases, Slot):
        return bindparam(phrases.name, type_=SearchExpression())
    return bindparam("phrases", phrases, type_=SearchExpression(), unique=True)


def crosses(database: str) -> bool:
    """Tell whether the index of this kind of database has links beside words: there several filters meet."""
    return database == "sqlite"


def meets(links: Sequence[Sequence[Link]], phrases: tuple[Phrase, ...] | Slot | None) -> ColumnElement[bool]:
    """Return whether a row of the index has a link of each group, and every one of the phrases."""
    conditions = [_either(group) for group in links]
    if phrases:
        conditions.append([_text("("), _phrases(phrases), _text(")")])
    pieces = [piece for condition in conditions for piece in (_text(" AND "), *condition)][1:]
    return Matches(reduce(lambda written, piece: written.concat(piece), pieces))


def _either(group: Sequence[Link]) -> list[ColumnElement[str]]:
    pieces = [_text("(")]
    for place, link in enumerate(group):
        pieces.append(_text(f"{' OR ' if place else ''}{link.name}_"))
        pieces.append(type_coerce(bound(link.value, Integer()), String()))
    return [*pieces, _text(")")]


def _text(words: str) -> ColumnElement[str]:
    return literal_column(f"'{words}'", type_=String())


def among_matches(article_id: ColumnElement[int], phrases: tuple[Phrase, ...] | Slot) -> ColumnElement[bool]:
    """Return whether an article is one of those that have every one of the phrases: they are listed once.

    The id of an article in its own table is compared row by row. SQLite would else look up each match, find
    that the index of an outlet's articles ends in the id twice, and sort what it has in order.
    """
    own = article_id is Article.__table__.c.id
    asked = Unindexed(article_id) if own else article_id
    return asked.in_(select(IndexedId()).select_from(INDEX).where(matches(phrases)).correlate(None))


@compiles(IndexedId)
def _indexed_id(element: IndexedId, compiler: SQLCompiler, **_options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    del element
    return f"{TABLE}.{_ID[compiler.dialect.name]}"


@compiles(Matches, "sqlite")
def _matches_on_sqlite(element: Matches, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"{TABLE} MATCH {compiler.process(element.clauses, **options)}"


@compiles(Matches, "postgresql")
def _matches_on_postgresql(element: Matches, compiler: SQLCompiler, **options: Any) -> str:  # noqa: ANN401 - SQLAlchemy's
    return f"{TABLE}.words @@ CAST({compiler.process(element.clauses, **options)} AS tsquery)"
