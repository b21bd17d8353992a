"""A card says what the rows say: here the rows are read one by one, in other words than `cards` uses."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from app.db.models.article import Article, ArticleAuthor, ArticleCard
from app.db.models.links import ArticleOrganization, ArticlePlace, ArticleSpeaker, ArticleTopic
from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.source import Source
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution, Statement, StatementCard, StatementCue, StatementSpan
from app.db.models.story import ArticleStory
from app.db.models.topic import Topic
from app.domain.annotation import CueClass, PlaceKind
from app.domain.links import GazetteerPlace, LinkedArticle
from app.schemas.article import CARD_REFERENCES
from app.schemas.article import ArticleCard as ArticleSchema
from app.schemas.statement import StatementCard as StatementSchema
from app.storage.reindex import has_old_cards, reindex
from app.storage.saving import save
from tests.dump import dump
from tests.storage.linked import TEXT, bare, full_article, person, place, read_article, said, spans

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
MANY = [
    GazetteerPlace(slug=f"city-{n:02}", kind=PlaceKind.CITY, name=f"City {n:02}", country="US", state="MA")
    for n in range(CARD_REFERENCES + 5)
]


def crowded() -> list[LinkedArticle]:
    """Return an article about more cities than a card shows; the last one is named twice."""
    words = [*(city.name for city in MANY), MANY[-1].name]
    text = "Trains reach " + ", ".join(words) + "."
    mentions = tuple(
        place(text, words[at], MANY[min(at, len(MANY) - 1)], span=span)
        for at, span in enumerate(spans(text, *words))
    )
    return [replace(bare(read_article("crowded", text=text)), places=mentions)]


@pytest.fixture
def saved(connection: Connection) -> Connection:
    other = said(TEXT, "Not a day", by=person("Bo Lund"))
    undated = replace(
        read_article("two", title=None, source=None), published_at=None, published_precision=None
    )
    save(connection, [full_article(), bare(undated, other), *crowded()], now=NOW)
    return connection


def reference(connection: Connection, row: Any) -> dict[str, object]:
    source = connection.execute(
        select(Source.slug, Source.name).where(Source.id == row.source_id)
    ).one_or_none()
    published = row.published_at and row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "key": row.key,
        "title": row.title,
        "url": row.url,
        "published_at": published,
        "published_precision": row.published_precision,
        "source": source and dict(source._mapping),
    }


def expected_article(connection: Connection, row: Any) -> dict[str, object]:
    def ranked(table: Any, key: str, count: str, record: Any, *names: str) -> list[dict[str, object]]:
        rows = connection.execute(select(table.__table__).where(table.article_id == row.id)).mappings().all()
        found = []
        for link in rows:
            if link.get("relation", "mentioned") != "mentioned":
                continue
            values = (
                connection.execute(select(record.__table__).where(record.id == link[key])).mappings().one()
            )
            if record is Place and values["kind"] != "city":
                continue
            rank = (-link[count], values["name_key"], values["slug"])
            found.append((rank, {name: values[name] for name in names}))
        return [reference for _, reference in sorted(found, key=lambda pair: pair[0])][:20]

    counts = {
        name: getattr(row, name)
        for name in ("words", "statements", "speakers", "organizations", "cities", "topics")
    }
    authors = select(ArticleAuthor.name).where(ArticleAuthor.article_id == row.id)
    return reference(connection, row) | {
        "authors": list(connection.scalars(authors.order_by(ArticleAuthor.position))),
        "language": row.language,
        "extracted": row.extracted,
        "counts": counts,
        "speakers": ranked(ArticleSpeaker, "speaker_id", "statements", Speaker, "slug", "name", "kind"),
        "organizations": ranked(
            ArticleOrganization, "organization_id", "count", Organization, "slug", "name", "acronym"
        ),
        "cities": ranked(ArticlePlace, "place_id", "mentions", Place, "slug", "name", "state", "country"),
        "topics": ranked(ArticleTopic, "topic_id", "mentions", Topic, "slug", "name"),
        "story": expected_story(connection, row),
    }


def expected_story(connection: Connection, row: Any) -> dict[str, object]:
    told = connection.scalars(select(ArticleStory.story_id).where(ArticleStory.article_id == row.id)).one()
    members = list(connection.scalars(select(ArticleStory.article_id).where(ArticleStory.story_id == told)))
    earliest = connection.scalars(select(Article.key).where(Article.id == told)).one()
    return {"key": earliest, "articles": len(members), "earliest": earliest == row.key}


def expected_statement(connection: Connection, article: Any, row: Any) -> dict[str, object]:
    at = {"article_id": row.article_id, "ordinal": row.ordinal}
    spans_of = select(StatementSpan).filter_by(**at).order_by(StatementSpan.position)
    attributions = select(Attribution).filter_by(**at).order_by(Attribution.position)
    speakers = []
    for found in connection.execute(attributions):
        speaker = connection.execute(select(Speaker).where(Speaker.id == found.speaker_id)).one()
        of = select(Organization.slug, Organization.name, Organization.acronym)
        organization = connection.execute(of.where(Organization.id == found.organization_id)).one_or_none()
        speakers.append(
            {
                "slug": speaker.slug,
                "name": speaker.name,
                "kind": speaker.kind,
                "title": found.title,
                "affiliation": found.affiliation,
                "organization": organization and dict(organization._mapping),
                "party": found.party,
                "state": found.state,
                "role_category": found.role_category,
                "method": found.method,
            }
        )
    plain = ("key", "kind", "text", "cue", "cue_class", "source_text", "source_kind", "confidence", "review")
    return {name: getattr(row, name) for name in plain} | {
        "speakers": speakers,
        "spans": [
            {"part": span.part, "start": span.start, "end": span.end} for span in connection.execute(spans_of)
        ],
        "article": reference(connection, article),
    }


def check_cards(connection: Connection) -> int:
    """Compare every card with the rows; return how many there are."""
    checked = 0
    for article in connection.execute(select(Article)).all():
        body = connection.scalars(select(ArticleCard.body).where(ArticleCard.article_id == article.id)).one()
        assert json.loads(body) == expected_article(connection, article)
        checked += 1
        for row in connection.execute(select(Statement).where(Statement.article_id == article.id)).all():
            card = select(StatementCard.body).filter_by(article_id=article.id, ordinal=row.ordinal)
            assert json.loads(connection.scalars(card).one()) == expected_statement(connection, article, row)
            checked += 1
    return checked


def test_every_card_says_what_the_rows_say(saved: Connection) -> None:
    assert check_cards(saved) == 3 + 4


def test_every_card_is_what_its_schema_prints(saved: Connection) -> None:
    for table, schema in ((ArticleCard, ArticleSchema), (StatementCard, StatementSchema)):
        for body in saved.scalars(select(table.body)):
            assert schema.model_validate_json(body).model_dump_json() == body


def test_a_card_shows_the_most_mentioned_and_counts_all(saved: Connection) -> None:
    query = select(ArticleCard.body).join(Article, Article.id == ArticleCard.article_id)
    card = json.loads(saved.scalars(query.where(Article.key == "keycrowded")).one())
    assert card["counts"]["cities"] == CARD_REFERENCES + 5
    assert [city["slug"] for city in card["cities"]] == [
        "city-24",
        *(f"city-{n:02}" for n in range(CARD_REFERENCES - 1)),
    ]


def test_reindexing_gives_the_same_cards_and_words(saved: Connection) -> None:
    without = frozenset({"corpus_state"})
    before = dump(saved, without=without)
    seen: list[tuple[int, int]] = []
    assert reindex(saved, now=NOW, progress=lambda done, total: seen.append((done, total))) == 3
    assert dump(saved, without=without) == before
    assert seen == [(3, 3)]


def test_reindexing_mends_old_and_missing_cards(saved: Connection) -> None:
    before = dump(saved, without=frozenset({"corpus_state"}))
    saved.execute(delete(StatementCard))
    saved.execute(delete(StatementCue))
    saved.execute(update(Statement).where(Statement.ordinal == 0).values(cue_class=CueClass.WRITING))
    saved.execute(update(ArticleCard).values(body="{}", version=0))
    saved.execute(update(Speaker).where(Speaker.slug == "ana-ortega").values(name="Ana María Ortega"))
    reindex(saved, now=NOW)
    assert check_cards(saved) == 7
    assert sum("Ana María Ortega" in body for body in saved.scalars(select(ArticleCard.body))) == 1
    for table in ("article_search", "statement_cues"):
        assert before[table] == dump(saved)[table] != []


@pytest.mark.parametrize("table", [ArticleCard, StatementCard])
def test_a_card_of_an_older_shape_is_seen_until_it_is_made_anew(
    saved: Connection, table: type[ArticleCard | StatementCard]
) -> None:
    assert not has_old_cards(saved)
    saved.execute(update(table).values(version=0))
    assert has_old_cards(saved)
    reindex(saved, now=NOW)
    assert not has_old_cards(saved)
