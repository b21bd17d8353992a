"""How SQLite answers pages: by walking one index in date order, without a sort.

Such a page costs the same in a corpus of a thousand articles and of a million. The rows are generated.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count as numbers

import pytest
from sqlalchemy import Connection, insert
from sqlalchemy.sql.compiler import SQLCompiler

from app.db.article_ids import article_id, first_id
from app.db.engine import reading_engine, writing_engine
from app.db.models.article import Article, ArticleCard
from app.db.models.links import ArticleOrganization, ArticlePlace, ArticleSpeaker
from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.source import Source
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution, Statement, StatementCard
from app.queries.articles import list_articles
from app.queries.filters import SAID, Filters, Group
from app.queries.ordering import Listing, page
from app.queries.ordering import Place as At
from app.queries.periods import parse_period, published_between
from app.queries.statements import list_statements
from tests.conftest import Templates

ARTICLES = 3_000
RECORDS = 20
BEGINNING = datetime(2015, 1, 1, tzinfo=UTC)
MIDDLE = first_id(datetime(2018, 1, 1, tzinfo=UTC))


def fill(url: str) -> None:
    engine = writing_engine(url)
    with engine.begin() as connection:
        named = [
            {"id": n, "slug": f"r{n}", "name": f"r{n}", "name_key": f"r{n}"} for n in range(1, RECORDS + 1)
        ]
        connection.execute(insert(Source), named)
        connection.execute(insert(Place), [{**row, "kind": "city", "country": "US"} for row in named])
        connection.execute(
            insert(Organization), [{**row, "kind": "agency", "authority": False} for row in named]
        )
        connection.execute(insert(Speaker), [{**row, "kind": "person"} for row in named])
        rows = [row for number in range(ARTICLES) for row in of_article(number)]
        for table in dict.fromkeys(table for table, _ in rows):
            connection.execute(insert(table), [row for of, row in rows if of is table])
    engine.dispose()


def of_article(number: int) -> Iterator[tuple[type, dict[str, object]]]:
    published, key = BEGINNING + timedelta(days=number), f"key{number}"
    id_ = article_id(published, key)
    record = number % RECORDS + 1
    counts = dict.fromkeys(("words", "statements", "speakers", "organizations", "cities"), 1)
    yield (
        Article,
        {
            **counts,
            "id": id_,
            "key": key,
            "identity": key,
            "fingerprint": key,
            "source_id": record,
            "published_at": published,
            "published_precision": "day",
            "language": "en",
            "extracted": True,
            "ingested_at": published,
            "updated_at": published,
            "pipeline_version": "1",
        },
    )
    yield ArticleCard, {"article_id": id_, "version": 1, "body": "{}"}
    yield ArticlePlace, {"place_id": record, "article_id": id_, "mentions": 1}
    yield (
        ArticleOrganization,
        {"organization_id": record, "relation": "mentioned", "article_id": id_, "count": 1},
    )
    yield ArticleSpeaker, {"speaker_id": record, "article_id": id_, "statements": 2}
    for ordinal, kind in zip(numbers(), ("direct", "indirect")):
        at = {"article_id": id_, "ordinal": ordinal}
        yield Statement, {**at, "key": f"{key}-{ordinal}", "kind": kind, "text": "x", "confidence": 1.0}
        yield StatementCard, {**at, "version": 1, "body": "{}"}
        yield Attribution, {**at, "position": 0, "speaker_id": record, "method": "name"}


@pytest.fixture
def filled(templates: Templates) -> Iterator[Connection]:
    url = templates.template("sqlite", "plans", fill, base=templates.migrated("sqlite"))
    engine = reading_engine(url, timeout_seconds=5, connections=1)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def plan(connection: Connection, listing: Listing, place: At | None) -> list[str]:
    query = page(listing, "-published_at", place, 25)
    compiled = query.compile(dialect=connection.dialect, compile_kwargs={"render_postcompile": True})
    assert isinstance(compiled, SQLCompiler)
    parameters = compiled.construct_params(escape_names=False)
    values = tuple(parameters[name] for name in compiled.positiontup or ())
    return [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)]


PAGES: list[tuple[Filters, str, str]] = [
    (Filters(), "articles", "statements USING COVERING INDEX sqlite_autoindex_statements_1"),
    (
        Filters(wanted=(Group("city", (3,)),)),
        "article_places USING COVERING INDEX sqlite_autoindex_article_places_1 (place_id=?",
        "article_places USING COVERING INDEX sqlite_autoindex_article_places_1 (place_id=?",
    ),
    (
        Filters(wanted=(Group("city", (3,)), Group("kind", ("direct",)), Group("source", (3,)))),
        "article_places USING COVERING INDEX",
        "article_places USING COVERING INDEX",
    ),
    (
        Filters(wanted=(Group("organization", (3,)),)),
        "article_organizations USING COVERING INDEX",
        "article_organizations USING COVERING INDEX",
    ),
    (
        Filters(wanted=(Group("speaker", (3,)),)),
        "article_speakers USING COVERING INDEX",
        "attributions USING COVERING INDEX ix_attributions_speaker_id_article_id_ordinal (speaker_id=?",
    ),
    (
        Filters(wanted=(Group("speaker", (3,)), Group("kind", ("direct",)))),
        "article_speakers USING COVERING INDEX",
        "attributions USING COVERING INDEX ix_attributions_speaker_id_article_id_ordinal (speaker_id=?",
    ),
    (
        Filters(wanted=(Group("source", (3,)),)),
        "articles USING COVERING INDEX ix_articles_source_id_id (source_id=?",
        "articles USING COVERING INDEX ix_articles_source_id_id (source_id=?",
    ),
    (
        Filters(wanted=(Group("kind", ("direct",)),)),
        "articles",
        "statements USING COVERING INDEX ix_statements_kind_article_id_ordinal (kind=?",
    ),
    (
        Filters(wanted=(Group("kind", ("direct", "mixed")), Group("speaker_kind", ("person",)))),
        "articles",
        "statements USING COVERING INDEX sqlite_autoindex_statements_1",
    ),
    (Filters(unwanted=(Group("city", (3,)),)), "articles", "statements USING COVERING INDEX"),
    (
        Filters(
            wanted=(Group("city", (3,)),),
            published=published_between(parse_period("2016"), parse_period("2019")),
        ),
        "article_places USING COVERING INDEX sqlite_autoindex_article_places_1 (place_id=? AND article_id>?",
        "article_places USING COVERING INDEX sqlite_autoindex_article_places_1 (place_id=? AND article_id>?",
    ),
]


@pytest.mark.parametrize(("filters", "articles", "statements"), PAGES)
def test_a_page_is_a_walk_along_one_index(
    filled: Connection, filters: Filters, articles: str, statements: str
) -> None:
    for listing, key, first in (
        (list_articles(filters), (MIDDLE,), articles),
        (list_statements(filters), (MIDDLE, 1), statements),
    ):
        for place in (None, At(key), At(key, backwards=True)):
            steps = walk(plan(filled, listing, place))
            assert first in steps[0]
            assert not [step for step in steps if "TEMP B-TREE" in step or "LIST SUBQUERY" in step], steps
            assert [step for step in steps[1:] if step.startswith("SCAN")] == []


def walk(steps: list[str]) -> list[str]:
    """Return the steps that find a page, without those that fetch the cards of one that was found."""
    if steps[0] != "MATERIALIZE page":
        return steps
    return steps[1 : steps.index("SCAN page")]


def test_cards_are_fetched_for_the_page_alone(filled: Connection) -> None:
    listing = list_statements(Filters(wanted=(Group("organization", (3,)),), relations=SAID))
    steps = plan(filled, listing, None)
    assert "statement_cards" not in " ".join(walk(steps))
    assert "statement_cards" in " ".join(steps)


def test_a_cursor_is_where_the_walk_begins(filled: Connection) -> None:
    listing = list_articles(Filters(wanted=(Group("city", (3,)),)))
    (first, *_) = plan(filled, listing, At((MIDDLE,)))
    assert "(place_id=? AND article_id<?)" in first


def test_several_records_of_one_name_are_not_sorted(filled: Connection) -> None:
    listing = list_articles(Filters(wanted=(Group("city", (3, 4, 5)),)))
    steps = plan(filled, listing, None)
    assert "TEMP B-TREE" not in " ".join(steps)
    keys = [row.key_0 for row in filled.execute(page(listing, "-published_at", None, 200))]
    assert keys == sorted(set(keys), reverse=True)
    assert len(keys) == 201
