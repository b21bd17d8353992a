"""A whole corpus is found whole; each thing that is broken by hand is listed, by its kind and its record."""
# ruff: noqa: S608 - the statements are of our own

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Engine, text

from app.db.engine import writing_engine
from app.ingestion.errors import DatabaseNotReadyError
from app.ingestion.verifying import verify_corpus
from app.storage.verification.findings import Wrong
from tests.conftest import Templates
from tests.ingestion.small_corpora import corpus_of_few_places

ONE = "(SELECT min(article_id) FROM attributions)"
KEY = f"SELECT 'article ' || key FROM articles WHERE id = {ONE}"
STATEMENT = f"SELECT 'statement ' || key FROM statements WHERE article_id = {ONE} AND ordinal = 0"
WITH_PLACE = "(SELECT min(article_id) FROM article_places)"
WITH_TOPIC = "(SELECT min(article_id) FROM article_topics)"
WITH_QUOTATION = "(SELECT min(article_id) FROM quotations)"
WITH_ORGANIZATION = "(SELECT min(article_id) FROM statement_organizations)"

BROKEN = {
    "a span that moved": (
        f"UPDATE statement_spans SET start = start + 1 WHERE article_id = {ONE} AND ordinal = 0",
        {"span", "card"},
        STATEMENT,
    ),
    "a span beyond the text": (
        f'UPDATE statement_spans SET "end" = 99999999 WHERE article_id = {ONE} AND ordinal = 0',
        {"span", "card"},
        STATEMENT,
    ),
    "the words of a statement": (
        f"UPDATE statements SET text = 'Nobody said this' WHERE article_id = {ONE} AND ordinal = 0",
        {"span", "key", "card"},
        STATEMENT,
    ),
    "the key of a statement": (
        f"UPDATE statements SET key = 'mistaken' WHERE article_id = {ONE} AND ordinal = 0",
        {"key", "card"},
        "SELECT 'statement mistaken'",
    ),
    "the words of a mention": (
        f"UPDATE place_mentions SET text = 'Nowhere' WHERE article_id = {WITH_PLACE} AND position = 0",
        {"span"},
        f"SELECT 'article ' || key || ', place_mentions 0' FROM articles WHERE id = {WITH_PLACE}",
    ),
    "a text": (
        f"UPDATE article_texts SET text = text || ' More.' WHERE article_id = {ONE}",
        {"text", "counter", "search"},
        KEY,
    ),
    "a count": (f"UPDATE articles SET statements = 99 WHERE id = {ONE}", {"counter", "card"}, KEY),
    "a place that is walked": (
        f"DELETE FROM article_places WHERE article_id = {WITH_PLACE}",
        {"association"},
        f"SELECT 'article ' || key FROM articles WHERE id = {WITH_PLACE}",
    ),
    "how often a speaker speaks": (
        f"UPDATE article_speakers SET statements = 77 WHERE article_id = {ONE}",
        {"association"},
        KEY,
    ),
    "an organization that is spoken for": (
        f"DELETE FROM statement_organizations WHERE article_id = {WITH_ORGANIZATION}",
        {"association"},
        f"SELECT 'article ' || key FROM articles WHERE id = {WITH_ORGANIZATION}",
    ),
    "the words of a cue": (
        f"DELETE FROM statement_cues WHERE article_id = {ONE} AND ordinal = 0",
        {"association"},
        KEY,
    ),
    "a band of a text": (
        f"DELETE FROM article_bands WHERE article_id = {ONE}",
        {"story"},
        KEY,
    ),
    "a story": (f"DELETE FROM article_stories WHERE article_id = {ONE}", {"story"}, KEY),
    "a quotation": (
        f"DELETE FROM quotations WHERE article_id = {WITH_QUOTATION}",
        {"story"},
        f"SELECT 'article ' || key FROM articles WHERE id = {WITH_QUOTATION}",
    ),
    "a topic": (
        f"DELETE FROM article_topics WHERE article_id = {WITH_TOPIC}",
        {"counter", "card"},
        f"SELECT 'article ' || key FROM articles WHERE id = {WITH_TOPIC}",
    ),
    "the card of an article": (
        f"UPDATE article_cards SET body = '{{}}' WHERE article_id = {ONE}",
        {"card"},
        KEY,
    ),
    "a card of an older shape": (
        f"UPDATE statement_cards SET version = 0 WHERE article_id = {ONE} AND ordinal = 0",
        {"card"},
        f"SELECT 'article ' || key || ', statement 0' FROM articles WHERE id = {ONE}",
    ),
    "a title": (f"UPDATE articles SET title = 'Other' WHERE id = {ONE}", {"card", "search"}, KEY),
    "a folded name": (
        "UPDATE speakers SET name_key = 'x' WHERE id = (SELECT min(id) FROM speakers)",
        {"slug"},
        "SELECT 'speakers ' || min(id) FROM speakers",
    ),
    "a redirect": (
        "INSERT INTO slug_redirects (kind, slug, target) VALUES ('speaker', 'older', 'nobody')",
        {"slug"},
        "SELECT 'redirect older'",
    ),
    "a withdrawn key that stands": (
        f"INSERT INTO withdrawals SELECT key, 'article', 'gone', ingested_at FROM articles WHERE id = {ONE}",
        {"withdrawal"},
        KEY,
    ),
    "a date": (
        f"UPDATE articles SET published_at = '2001-01-01 00:00:00' WHERE id = {ONE}",
        {"key", "card"},
        KEY,
    ),
}


@pytest.fixture
def engine(templates: Templates, database_kind: str) -> Iterator[Engine]:
    template = corpus_of_few_places(templates, database_kind)
    with templates.databases(database_kind).created(template) as url:
        made = writing_engine(url)
        yield made
        made.dispose()


def test_a_corpus_as_the_job_makes_it_is_whole(engine: Engine) -> None:
    verified = verify_corpus(engine, shown=5)
    assert (verified.counts, verified.findings) == ({}, [])


def test_a_database_without_articles_is_whole(database_url: str) -> None:
    empty = writing_engine(database_url)
    assert verify_corpus(empty, shown=5).findings == []
    empty.dispose()


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_broken_is_listed(engine: Engine, what: str) -> None:
    statement, kinds, where = BROKEN[what]
    with engine.begin() as connection:
        record = connection.scalar(text(where))
        assert connection.execute(text(statement)).rowcount > 0
    verified = verify_corpus(engine, shown=50)
    assert kinds <= set(verified.counts)
    assert any(found["where"] == record for found in verified.findings if found["wrong"] in kinds)
    assert sum(verified.counts.values()) == len(verified.findings)


def test_words_that_the_index_lost_are_listed(engine: Engine) -> None:
    column, value = ("body", "x") if engine.dialect.name == "sqlite" else ("words", "'x':1")
    id_ = "rowid" if engine.dialect.name == "sqlite" else "article_id"
    with engine.begin() as connection:
        changed = f"UPDATE article_search SET {column} = :value WHERE {id_} = {ONE}"
        connection.execute(text(changed), {"value": value})
        key = connection.scalar(text(KEY))
    verified = verify_corpus(engine, shown=5)
    assert [(found["wrong"], found["where"]) for found in verified.findings] == [("search", key)]
    with engine.begin() as connection:
        connection.execute(text(f"DELETE FROM article_search WHERE {id_} = {ONE}"))
    assert verify_corpus(engine, shown=5).counts == {"search": 1}


def test_a_row_that_leads_nowhere_is_listed(engine: Engine) -> None:
    statements = [f"UPDATE articles SET source_id = 987654 WHERE id = {ONE}"]
    if engine.dialect.name == "postgresql":
        statements.insert(0, "ALTER TABLE articles DROP CONSTRAINT fk_articles_source_id_sources")
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    else:
        with closing(sqlite3.connect(engine.url.database or "")) as unchecked:
            unchecked.execute(statements[0])
            unchecked.commit()
    first = verify_corpus(engine, shown=5).findings[0]
    assert (first["wrong"], first["detail"]) == ("foreign_key", "leads to no row of sources")
    assert "source_id 987654" in first["where"]


def test_of_each_kind_the_first_are_listed_and_all_are_counted(engine: Engine) -> None:
    with engine.begin() as connection:
        broken = connection.execute(text("UPDATE statement_cards SET body = '{}'")).rowcount
        connection.execute(text("UPDATE articles SET words = 0"))
    verified = verify_corpus(engine, shown=2)
    assert verified.counts[Wrong.CARD] >= broken > 2
    assert len([found for found in verified.findings if found["wrong"] == "card"]) == 2
    assert len([found for found in verified.findings if found["wrong"] == "counter"]) == 2


def test_small_pieces_find_the_same(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE article_cards SET version = 0"))
        connection.execute(text("UPDATE speakers SET name_key = 'x'"))
    whole = verify_corpus(engine, shown=1_000)
    monkeypatch.setattr("app.storage.verification.corpus.AT_ONCE", 3)
    monkeypatch.setattr("app.storage.verification.corpus.ROWS_AT_ONCE", 2)
    pieces = verify_corpus(engine, shown=1_000)
    assert pieces.counts == whole.counts
    assert sorted(map(str, pieces.findings)) == sorted(map(str, whole.findings))


def test_a_database_of_another_schema_is_not_verified(empty_url: str) -> None:
    empty = writing_engine(empty_url)
    with pytest.raises(DatabaseNotReadyError, match="db upgrade"):
        verify_corpus(empty, shown=1)
    empty.dispose()
