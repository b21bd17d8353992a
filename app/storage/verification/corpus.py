"""Verification of a whole corpus: articles in pieces, then what no article leads to."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, ForeignKeyConstraint, Select, Table, and_, exists, select
from sqlalchemy import text as sql

from app.db.models.article import Article
from app.db.models.corpus import RecordKind, SlugRedirect, Withdrawal
from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.person import PersonMention
from app.db.models.place import Place, PlaceAlias
from app.db.models.source import Source
from app.db.models.speaker import Speaker, SpeakerAlias
from app.db.models.statement import Statement
from app.db.models.tables import metadata
from app.db.models.topic import Topic
from app.domain.annotation import SpeakerKind
from app.domain.names import fold
from app.storage.reading import next_ids
from app.storage.verification.articles import check_articles
from app.storage.verification.corrections import check_corrections
from app.storage.verification.findings import Finding, Wrong

AT_ONCE = 100  # articles, with all their rows, that memory holds
ROWS_AT_ONCE = 1_000

NAMED = (Source, Organization, Speaker, Place, Topic, OrganizationAlias, SpeakerAlias, PlaceAlias)
"""Tables with a name and its folded form."""

REDIRECTED: dict[RecordKind, type[Speaker | Organization]] = {
    RecordKind.SPEAKER: Speaker,
    RecordKind.ORGANIZATION: Organization,
}
"""Tables of which a slug may lead to another one."""

UNINDEXED = {
    "sqlite": "SELECT rowid FROM article_search WHERE rowid NOT IN (SELECT id FROM articles)",
    "postgresql": "SELECT article_id FROM article_search s "
    "WHERE NOT EXISTS (SELECT 1 FROM articles WHERE id = s.article_id)",
}


def verify(connection: Connection) -> Iterator[Finding]:
    """Yield everything that is wrong, of one state of the corpus, in an order that is always the same."""
    yield from _foreign_keys(connection)
    after = ""
    while ids := next_ids(connection, after=after, limit=AT_ONCE):
        yield from check_articles(connection, ids)
        after = connection.scalars(select(Article.key).where(Article.id == ids[-1])).one()
    yield from _index_of_nothing(connection)
    yield from _names(connection)
    yield from _speakers(connection)
    yield from _redirects(connection)
    yield from _withdrawals(connection)
    yield from check_corrections(connection)


def _foreign_keys(connection: Connection) -> Iterator[Finding]:
    for table in metadata.sorted_tables:
        for constraint in sorted(table.foreign_key_constraints, key=lambda each: str(each.name)):
            for row in _rows(connection, _leads_nowhere(table, constraint)):
                values = ", ".join(f"{name} {value}" for name, value in row._asdict().items())
                detail = f"leads to no row of {constraint.referred_table.name}"
                yield Finding(Wrong.FOREIGN_KEY, f"{table.name}: {values}", detail)


def _leads_nowhere(table: Table, constraint: ForeignKeyConstraint) -> Select[*tuple[Any, ...]]:
    referred = constraint.referred_table.alias()
    pairs = [(element.parent, referred.c[element.column.name]) for element in constraint.elements]
    there = exists().where(and_(*(column == target for column, target in pairs)))
    named = dict.fromkeys((*table.primary_key.columns, *(column for column, _ in pairs)))
    return select(*named).where(*(column.is_not(None) for column, _ in pairs), ~there)


def _index_of_nothing(connection: Connection) -> Iterator[Finding]:
    for (id_,) in connection.execute(sql(UNINDEXED[connection.dialect.name])):
        yield Finding(Wrong.SEARCH, f"article_search {id_}", "there is no such article")


def _names(connection: Connection) -> Iterator[Finding]:
    for table in NAMED:
        for id_, name, key in _rows(connection, select(table.id, table.name, table.name_key)):
            if fold(name) != key:
                where = f"{table.__tablename__} {id_}"
                yield Finding(Wrong.SLUG, where, "the folded name is not that of the name")


def _speakers(connection: Connection) -> Iterator[Finding]:
    """Yield organizations that speak as persons, persons that are organizations, and forgotten mentions."""
    an_organization = Speaker.kind == SpeakerKind.ORGANIZATION
    query = select(Speaker.slug).where(an_organization == Speaker.organization_id.is_(None))
    for (slug,) in _rows(connection, query):
        yield Finding(Wrong.SLUG, f"speaker {slug}", "the kind does not fit the organization")
    waiting = (
        select(PersonMention.person)
        .join(Speaker, and_(Speaker.slug == PersonMention.person, Speaker.kind == SpeakerKind.PERSON))
        .where(PersonMention.speaker_id.is_(None))
        .distinct()
    )
    for (slug,) in _rows(connection, waiting):
        yield Finding(Wrong.ASSOCIATION, f"speaker {slug}", "mentions do not lead to the speaker")


def _redirects(connection: Connection) -> Iterator[Finding]:
    for kind, table in REDIRECTED.items():
        own = SlugRedirect.kind == kind
        there = exists().where(table.slug == SlugRedirect.target).correlate(SlugRedirect)
        nowhere = select(SlugRedirect.slug).where(own, ~there)
        for (slug,) in _rows(connection, nowhere):
            yield Finding(Wrong.SLUG, f"redirect {slug}", f"leads to no {kind}")
        standing = select(SlugRedirect.slug).join(table, table.slug == SlugRedirect.slug).where(own)
        for (slug,) in _rows(connection, standing):
            yield Finding(Wrong.SLUG, f"redirect {slug}", f"a {kind} stands under the slug")


def _withdrawals(connection: Connection) -> Iterator[Finding]:
    for table, kind in ((Article, RecordKind.ARTICLE), (Statement, RecordKind.STATEMENT)):
        query = select(Withdrawal.key).join(table, table.key == Withdrawal.key).where(Withdrawal.kind == kind)
        for (key,) in _rows(connection, query):
            yield Finding(Wrong.WITHDRAWAL, f"{kind} {key}", "the withdrawn key stands")


def _rows(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    """Yield rows as they come: there may be as many as the table has."""
    yield from connection.execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
