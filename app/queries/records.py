"""Look-ups of records by what people write: slugs, external ids, codes, names and aliases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, String, and_, func, literal, or_, select, union_all
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
    external: tuple[str, str] | None = None  # the scheme of external ids, and their column
    weight: str | None = None  # the column that tells the more notable of two alike

    def own(self) -> list[ColumnElement[bool]]:
        """Return what keeps to the records of this filter."""
        return [] if self.place is None else [self.table.c.kind == self.place]


def _places(
    kind: PlaceKind,
    *,
    record: RecordKind | None = None,
    code: str | None = None,
    external: tuple[str, str] = ("geonames", "geonameid"),
) -> Names:
    return Names(
        table=Place.__table__,
        record=record,
        place=kind,
        aliases=PlaceAlias.__table__,
        owner="place_id",
        code=code,
        external=external,
        weight="population",
    )


NAMES: dict[str, Names] = {
    "city": _places(PlaceKind.CITY, record=RecordKind.CITY),
    "county": _places(PlaceKind.COUNTY, external=("fips", "county_fips")),
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
    ),
    "source": Names(table=Source.__table__, record=RecordKind.SOURCE),
    "article": Names(table=Article.__table__, slug="key", name="title", record=RecordKind.ARTICLE),
}
"""The filters whose values name records."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked up for one filter."""

    slugs: Sequence[str] = ()
    codes: Sequence[str] = ()  # upper-case
    names: Sequence[str] = ()  # folded
    external: Sequence[str] = ()  # digits


def find_records(asked: Mapping[str, Terms]) -> CompoundSelect[*tuple[Any, ...]]:
    """Return every record that one of the terms names: filter, how, term, id, slug, name.

    `how` is slug, code, name or the scheme of an external id. A merged record's slug leads to its target.
    """
    return union_all(*(part for name, terms in asked.items() for part in _parts(name, NAMES[name], terms)))


def _parts(name: str, names: Names, terms: Terms) -> list[Query]:
    table = names.table
    parts = [_found(name, "slug", names, table.c[names.slug]).where(table.c[names.slug].in_(terms.slugs))]
    if names.record is not None:
        parts.append(_redirected(name, names, terms.slugs))
    if names.code is not None:
        code = table.c[names.code]
        parts.append(_found(name, "code", names, code).where(code.in_(terms.codes)))
    if names.slug == "slug":
        key = table.c.name_key
        parts.append(_found(name, "name", names, key).where(key.in_(terms.names)))
    if names.aliases is not None:
        key, owner = names.aliases.c.name_key, names.aliases.c[names.owner]
        named = _found(name, "name", names, key).join(names.aliases, owner == table.c.id)
        parts.append(named.where(key.in_(terms.names)))
    if names.external is not None:
        scheme, column_name = names.external
        column = table.c[column_name]
        ids = _values(column, terms.external)
        parts.append(_found(name, scheme, names, column.cast(String)).where(column.in_(ids)))
    return parts


def _values(column: ColumnElement[Any], digits: Sequence[str]) -> list[int] | list[str]:
    if isinstance(column.type, String):
        return list(digits)
    return [number for number in map(int, digits) if number <= LARGEST_INTEGER]


def _found(name: str, how: str, names: Names, term: ColumnElement[Any]) -> Query:
    table = names.table
    return select(
        literal(name).label("filter"),
        literal(how).label("how"),
        term.label("term"),
        table.c.id.label("id"),
        table.c[names.slug].label("slug"),
        table.c[names.name].label("name"),
    ).where(*names.own())


def _redirected(name: str, names: Names, slugs: Sequence[str]) -> Query:
    old = SlugRedirect.__table__
    target = names.table.c[names.slug] == old.c.target
    return (
        _found(name, "slug", names, old.c.slug)
        .join(old, target)
        .where(old.c.kind == names.record, old.c.slug.in_(slugs))
    )


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
    own = _in_range(names.table.c.name_key, beginning)
    if names.aliases is None:
        return own
    owners = select(names.aliases.c[names.owner]).where(_in_range(names.aliases.c.name_key, beginning))
    return or_(own, names.table.c.id.in_(owners))


def names_near(name: str, beginning: str, most: int) -> Query:
    """Return up to `most` slugs, folded names and weights, of records whose name or alias begins so."""
    names = NAMES[name]
    table = names.table
    weight = literal(0) if names.weight is None else func.coalesce(table.c[names.weight], 0)
    parts = [
        select(table.c[names.slug].label("slug"), table.c.name_key.label("name_key"), weight.label("weight"))
        .where(_in_range(table.c.name_key, beginning), *names.own())
        .limit(most)
    ]
    if names.aliases is not None:
        key, owner = names.aliases.c.name_key, names.aliases.c[names.owner]
        parts.append(
            select(table.c[names.slug].label("slug"), key.label("name_key"), weight.label("weight"))
            .join(names.aliases, owner == table.c.id)
            .where(_in_range(key, beginning), *names.own())
            .limit(most)
        )
    found = union_all(*(select(part.subquery()) for part in parts)).subquery()
    return select(found.c.slug, found.c.name_key, found.c.weight)


def _in_range(key: ColumnElement[str], beginning: str) -> ColumnElement[bool]:
    return and_(key >= beginning, key < beginning + AFTER_ALL_LETTERS)
