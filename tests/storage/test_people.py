"""Mentions of people lead to the speaker, whichever article is saved first."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Connection, event, select

from app.db.models.article import Article
from app.db.models.person import PersonMention as Row
from app.db.models.speaker import Speaker
from app.domain.annotation import Field, Person, PersonMention, SpeakerKind
from app.domain.links import LinkedArticle, SpeakerRecord
from app.storage.saving import save
from tests.storage.linked import AGENCY, TEXT, bare, person, read_article, said, spans

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
ORTEGA = person("Ana Ortega")
NAMESAKE = person("Border Works Agency")  # its slug is that of the agency of the authority file


def mentioning(name: str, printed: str, record: SpeakerRecord | None) -> LinkedArticle:
    """Return an article that names a person who says nothing in it."""
    linked = bare(read_article(name))
    found = Person(
        name=printed,
        title=None,
        affiliation=None,
        mentions=(PersonMention(field=Field.TEXT, span=spans(TEXT, "Ana Ortega")[0]),),
    )
    return replace(linked, annotated=replace(linked.annotated, people=(found,)), people=(record,))


def speaking(name: str, record: SpeakerRecord) -> LinkedArticle:
    return bare(read_article(name), said(TEXT, "We will not wait,", by=record))


def links(connection: Connection) -> set[tuple[str, str, str | None]]:
    query = (
        select(Article.key, Row.name, Speaker.slug)
        .join(Article, Article.id == Row.article_id)
        .outerjoin(Speaker, Speaker.id == Row.speaker_id)
    )
    return {(key, name, slug) for key, name, slug in connection.execute(query)}


BEFORE = mentioning("a", "Ana Ortega", ORTEGA)
OTHER_FORM = mentioning("b", "Ana J. Ortega", person("Ana J. Ortega", slug="ana-ortega"))
SILENT = mentioning("c", "Tom Reed", person("Tom Reed"))
NOT_FULL = mentioning("d", "Ortega", None)


@pytest.mark.parametrize("order", [*permutations(range(3))])
@pytest.mark.parametrize("batched", [True, False])
def test_links_do_not_depend_on_the_order_of_articles(
    connection: Connection, order: Sequence[int], *, batched: bool
) -> None:
    articles = [BEFORE, OTHER_FORM, speaking("e", ORTEGA)]
    given = [*(articles[at] for at in order), SILENT, NOT_FULL]
    for batch in [given] if batched else [[linked] for linked in given]:
        save(connection, batch, now=NOW)
    assert links(connection) == {
        ("keya", "Ana Ortega", "ana-ortega"),
        ("keyb", "Ana J. Ortega", "ana-ortega"),
        ("keyc", "Tom Reed", None),
        ("keyd", "Ortega", None),
    }


@pytest.mark.parametrize("speaks_first", [True, False])
def test_a_person_who_cannot_have_the_plain_slug(connection: Connection, *, speaks_first: bool) -> None:
    save(connection, [bare(read_article("o"), said(TEXT, "that it had waited", by=agency()))], now=NOW)
    articles = [speaking("a", NAMESAKE), mentioning("b", NAMESAKE.name, NAMESAKE)]
    for linked in articles if speaks_first else reversed(articles):
        save(connection, [linked], now=NOW)
    assert links(connection) == {("keyb", NAMESAKE.name, "border-works-agency-2")}


def agency() -> SpeakerRecord:
    return SpeakerRecord(
        slug=AGENCY.slug, name=AGENCY.name, kind=SpeakerKind.ORGANIZATION, organization=AGENCY
    )


def test_mentions_that_wait_are_found_by_an_index(connection: Connection) -> None:
    for filler in range(50):
        save(connection, [mentioning(f"m{filler}", "Ana Ortega", person(f"Ana Ortega{filler}"))], now=NOW)
    executed: list[tuple[str, Any]] = []
    event.listen(connection, "before_cursor_execute", lambda *given: executed.append(given[2:4]))
    save(connection, [speaking("e", person("Ana Ortega7"))], now=NOW)
    assert links(connection) >= {("keym7", "Ana Ortega", "ana-ortega7"), ("keym8", "Ana Ortega", None)}
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # so few rows would be scanned
    plans = []
    for statement, values in [found for found in executed if "person_mentions" in found[0]]:
        if "speaker_id IS NULL" not in statement:
            continue
        explain = "EXPLAIN QUERY PLAN" if connection.dialect.name == "sqlite" else "EXPLAIN"
        one = values[0] if isinstance(values, list) else values
        rows = connection.exec_driver_sql(f"{explain} {statement}", one)
        plans.append(" ".join(str(column) for row in rows for column in row))
    assert len(plans) == 2
    assert all("ix_person_mentions_person" in plan for plan in plans), plans
