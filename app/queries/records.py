"""Look-ups of records by what people write: slugs, external ids, codes, names and aliases."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    bindparam,
    cast,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.sql.selectable import CompoundSelect

from app.db.models.article import Article
from app.db.models.corpus import RecordKind, SlugRedirect, Withdrawal
from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.place import Place, PlaceAlias
from app.db.models.source import Source
from app.db.models.speaker import Speaker, SpeakerAlias
from app.domain.annotation import PlaceKind
from app.queries.associations import Query

LARGEST_INTEGER = 2**31 - 1
"""What a column of whole numbers holds; PostgreSQL refuses to compare with a larger one."""

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
    "source": Names(table=Source.__table__, record=RecordKind.SOURCE),
    "article": Names(table=Article.__table__, slug="key", name="title", record=RecordKind.ARTICLE),
}
"""The filters whose values name records."""


class How(StrEnum):
    """By what a value can name a record, the surest first."""

    SLUG = "slug"
    CODE = "code"
    NAME = "name"  # folded
    EXTERNAL = "external"  # what stands behind the scheme


@cache
def find_records(filters: tuple[str, ...]) -> CompoundSelect[*tuple[Any, ...]]:
    """Return what finds every record that is named for one of the filters: filter, how, term, id, slug, name.

    The terms are given as `parameters` when it is executed. A merged record's slug leads to its target.
    """
    return union_all(*(part for name in filters for part in _parts(name, NAMES[name])))


def parameters(terms: Mapping[tuple[str, How], Sequence[str]], filters: Sequence[str]) -> dict[str, Any]:
    """Return the parameters of `find_records`: the terms of each filter, by how they name a record."""
    found: dict[str, Any] = {f"{name}_{how}": terms.get((name, how), ()) for name in filters for how in How}
    for name in filters:
        columns = [NAMES[name].table.c[external.column] for external in NAMES[name].external]
        if any(not isinstance(column.type, String) for column in columns):
            digits = map(int, found[f"{name}_{How.EXTERNAL}"])
            found[f"{name}_{How.EXTERNAL}"] = [number for number in digits if number <= LARGEST_INTEGER]
    return found


def _parts(name: str, names: Names) -> list[Query]:
    table = names.table
    slug = table.c[names.slug]
    parts = [_found(name, How.SLUG, slug)]
    if names.record is not None:
        old = SlugRedirect.__table__
        merged = _found(name, How.SLUG, old.c.slug).join(old, slug == old.c.target)
        parts.append(merged.where(old.c.kind == names.record))
    if names.code is not None:
        parts.append(_found(name, How.CODE, table.c[names.code]))
    if names.slug == "slug":
        parts.append(_found(name, How.NAME, table.c.name_key))
    if names.aliases is not None:
        owner = names.aliases.c[names.owner]
        named = _found(name, How.NAME, names.aliases.c.name_key)
        parts.append(named.join(names.aliases, owner == table.c.id))
    parts += [_found(name, How.EXTERNAL, table.c[external.column]) for external in names.external]
    return parts


def _found(name: str, how: How, term: ColumnElement[Any]) -> Query:
    names = NAMES[name]
    table = names.table
    return select(
        literal(name).label("filter"),
        literal(how.value).label("how"),
        cast(term, String).label("term"),
        table.c.id.label("id"),
        table.c[names.slug].label("slug"),
        table.c[names.name].label("name"),
    ).where(term.in_(bindparam(f"{name}_{how}", expanding=True)), *names.own())


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


def begins_with(names: Names, beginning: str) -> ColumnElement[bool]:
    """Return whether a record's name or an alias begins with the folded `beginning`."""
    own = in_range(names.table.c.name_key, beginning)
    if names.aliases is None:
        return own
    owners = select(names.aliases.c[names.owner]).where(in_range(names.aliases.c.name_key, beginning))
    return or_(own, names.table.c.id.in_(owners))


def in_range(key: ColumnElement[str], beginning: str) -> ColumnElement[bool]:
    """Return whether a folded name begins so, as a range that an index answers."""
    return and_(key >= beginning, key < beginning + AFTER_ALL_LETTERS)
