"""Look-ups of records by what people write: slugs, external ids, codes, names and aliases."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    bindparam,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import CompoundSelect

from app.db.models.article import Article
from app.db.models.corpus import RecordKind, SlugRedirect, Withdrawal
from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.place import Place, PlaceAlias
from app.db.models.quotation import Quotation
from app.db.models.source import Source
from app.db.models.speaker import Speaker, SpeakerAlias
from app.db.models.statement import Statement
from app.db.models.story import ArticleStory
from app.db.models.topic import Topic
from app.domain.annotation import PlaceKind
from app.queries.associations import Query
from app.queries.slots import KEPT

LARGEST_INTEGER = 2**31 - 1
"""What a column of whole numbers holds; PostgreSQL refuses to compare with a larger one."""

NO_EXTERNAL_ID = -1
"""No record has it."""

AFTER_ALL_LETTERS = "\U0010ffff"
"""Behind every letter in code point order: ends the range of names that begin alike."""


@dataclass(frozen=True, slots=True)
class External:
    """A kind of id that others gave: how it is written before the colon and behind it, and its column.

    The ids of two kinds of one filter look different, so that one can be looked up in both columns.
    """

    scheme: str
    column: str
    form: re.Pattern[str]
    described: str  # "... is followed by <this>"


_DIGITS = re.compile(r"[0-9]+")
GEONAMES = External("geonames", "geonameid", _DIGITS, "digits")
FIPS = External("fips", "county_fips", _DIGITS, "digits")
BIOGUIDE = External("bioguide", "bioguide", re.compile(r"[A-Z]0[0-9]{5}"), "a letter and six digits")
WIKIDATA = External("wikidata", "wikidata", re.compile(r"Q[1-9][0-9]*"), "Q and digits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Where the records of one filter stand, and by what they can be named."""

    table: FromClause
    slug: str = "slug"
    name: str = "name"
    record: RecordKind | None = None
    place: PlaceKind | None = None
    aliases: FromClause | None = None
    owner: str = ""  # the alias's column with the record's id
    code: str | None = None
    external: tuple[External, ...] = ()

    def own(self) -> list[ColumnElement[bool]]:
        """Return what keeps to the records of this filter."""
        return [] if self.place is None else [self.table.c.kind == self.place]


def _places(
    kind: PlaceKind,
    *,
    record: RecordKind | None = None,
    code: str | None = None,
    external: External = GEONAMES,
) -> Names:
    return Names(
        table=Place.__table__,
        record=record,
        place=kind,
        aliases=PlaceAlias.__table__,
        owner="place_id",
        code=code,
        external=(external,),
    )


_TOLD = (
    select(ArticleStory.story_id.label("id"), Article.key, Article.title)
    .join(Article, Article.id == ArticleStory.article_id)
    .subquery("told")
)
"""The stories by the keys of their articles: whichever of them is named."""

NO_WORDS = -1
"""No quotation has it: what is said in a statement that is none, or too short a one."""

_QUOTED = (
    select(
        func.coalesce(Quotation.words, NO_WORDS).label("id"),
        Statement.key,
        cast(null(), String).label("name"),
    )
    .outerjoin(
        Quotation,
        and_(Quotation.article_id == Statement.article_id, Quotation.ordinal == Statement.ordinal),
    )
    .subquery("quoted")
)
"""The words of quotations by the keys of the statements."""

NAMES: dict[str, Names] = {
    "city": _places(PlaceKind.CITY, record=RecordKind.CITY),
    "county": _places(PlaceKind.COUNTY, external=FIPS),
    "state": _places(PlaceKind.STATE, code="state"),
    "country": _places(PlaceKind.COUNTRY, code="country"),
    "organization": Names(
        table=Organization.__table__,
        record=RecordKind.ORGANIZATION,
        aliases=OrganizationAlias.__table__,
        owner="organization_id",
    ),
    "speaker": Names(
        table=Speaker.__table__,
        record=RecordKind.SPEAKER,
        aliases=SpeakerAlias.__table__,
        owner="speaker_id",
        external=(BIOGUIDE, WIKIDATA),
    ),
    "topic": Names(table=Topic.__table__, record=RecordKind.TOPIC),
    "source": Names(table=Source.__table__, record=RecordKind.SOURCE),
    "article": Names(table=Article.__table__, slug="key", name="title", record=RecordKind.ARTICLE),
    "story": Names(table=_TOLD, slug="key", name="title"),
    "quotation": Names(table=_QUOTED, slug="key", record=RecordKind.STATEMENT),
}
"""The filters whose values name records."""


class How(StrEnum):
    """By what a value can name a record, the surest first."""

    SLUG = "slug"
    CODE = "code"
    NAME = "name"  # folded
    EXTERNAL = "external"  # what stands behind the scheme


Terms: TypeAlias = Mapping[tuple[str, How], Sequence[str]]
"""What is looked up: for a filter, and a way of naming its records, the terms."""


def find_records(terms: Terms) -> tuple[CompoundSelect[*tuple[Any, ...]], dict[str, Any]]:
    """Return what finds every record that the terms name: filter, how, term, id, slug, name; and its
    parameters. A merged record's slug leads to its target.
    """
    parameters = {}
    for (name, how), given in terms.items():
        for place, term in enumerate(given):
            parameters[_term(name, how, place)] = _external(name, term) if how is How.EXTERNAL else term
    return _find(tuple((name, how, len(given)) for (name, how), given in terms.items())), parameters


@lru_cache(KEPT)
def _find(numbers: tuple[tuple[str, How, int], ...]) -> CompoundSelect[*tuple[Any, ...]]:
    return union_all(*(part for name, how, number in numbers for part in _parts(name, how, number)))


def _term(name: str, how: How, place: int) -> str:
    return f"{name}_{how}_{place}"


def _external(name: str, given: str) -> str | int:
    """Return an external id as its columns hold it; none is larger than the largest whole number."""
    columns = (NAMES[name].table.c[external.column] for external in NAMES[name].external)
    if all(isinstance(column.type, String) for column in columns):
        return given
    number = int(given)
    return number if number <= LARGEST_INTEGER else NO_EXTERNAL_ID


def _parts(name: str, how: How, number: int) -> Iterator[Query]:
    """Yield what finds the records of so many terms: by each column that such a term can stand in."""
    names = NAMES[name]
    table = names.table
    slug = table.c[names.slug]
    if how is How.SLUG:
        yield _found(name, how, slug, number)
        if names.record is not None:
            old = SlugRedirect.__table__
            merged = _found(name, how, old.c.slug, number).join(old, slug == old.c.target)
            yield merged.where(old.c.kind == names.record)
    elif how is How.NAME:
        yield _found(name, how, table.c.name_key, number)
        if names.aliases is not None:
            owner = names.aliases.c[names.owner]
            named = _found(name, how, names.aliases.c.name_key, number)
            yield named.join(names.aliases, owner == table.c.id)
    elif how is How.CODE and names.code is not None:
        yield _found(name, how, table.c[names.code], number)
    elif how is How.EXTERNAL:
        for external in names.external:
            yield _found(name, how, table.c[external.column], number)


def _found(name: str, how: How, column: ColumnElement[Any], number: int) -> Query:
    names = NAMES[name]
    table = names.table
    terms = [bindparam(_term(name, how, place), type_=column.type) for place in range(number)]
    return select(
        literal(name).label("filter"),
        literal(how.value).label("how"),
        cast(column, String).label("term"),
        table.c.id.label("id"),
        table.c[names.slug].label("slug"),
        table.c[names.name].label("name"),
    ).where(column == terms[0] if number == 1 else column.in_(terms), *names.own())


def record_at(name: str, slug: str) -> Query:
    """Return id, slug and name of the record that has exactly this slug or key."""
    names = NAMES[name]
    table = names.table
    return select(table.c.id, table.c[names.slug].label("slug"), table.c[names.name].label("name")).where(
        table.c[names.slug] == slug, *names.own()
    )


def redirect_of(kind: RecordKind, slug: str) -> Query:
    """Return the slug of the record that the one with this slug was merged into."""
    return select(SlugRedirect.target).where(SlugRedirect.kind == kind, SlugRedirect.slug == slug)


def withdrawal_of(kind: RecordKind, key: str) -> Query:
    """Return why the record with this key stands no more."""
    return select(Withdrawal.reason).where(Withdrawal.kind == kind, Withdrawal.key == key)


def begins_with(names: Names) -> ColumnElement[bool]:
    """Return whether a record's name or an alias begins as `beginning` says, which is given when it is
    executed.
    """
    own = in_range(names.table.c.name_key)
    if names.aliases is None:
        return own
    owners = select(names.aliases.c[names.owner]).where(in_range(names.aliases.c.name_key))
    return or_(own, names.table.c.id.in_(owners))


def in_range(key: ColumnElement[str]) -> ColumnElement[bool]:
    """Return whether a folded name begins so, as a range that an index answers."""
    return and_(key >= bindparam("beginning", type_=key.type), key < bindparam("end", type_=key.type))


def beginning(folded: str) -> dict[str, str]:
    """Return the values of `in_range` for names that begin with the folded text."""
    return {"beginning": folded, "end": folded + AFTER_ALL_LETTERS}
