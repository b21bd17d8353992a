import base64
import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, event, func, select

from app.db.article_ids import HASH_BITS, article_id
from app.db.models.article import Article, ArticleAuthor, ArticleText
from app.db.models.corpus import CorpusState, Withdrawal
from app.db.models.links import ArticleOrganization, ArticlePlace, ArticleSpeaker, StatementOrganization
from app.db.models.organization import Organization
from app.db.models.person import PersonMention
from app.db.models.place import Place, PlaceMention
from app.db.models.source import Source
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution, Part, Statement, StatementCard, StatementCue, StatementSpan
from app.domain.annotation import CueClass, MentionRole
from app.domain.links import LinkedArticle
from app.domain.review import Review
from app.domain.span import Span
from app.storage.rows import IN_ORDER
from app.storage.saving import Outcome, save
from app.storage.spans import SpanMismatchError
from tests.dump import dump
from tests.storage.linked import (
    AGENCY,
    BOSTON,
    COUNCIL,
    TEXT,
    bare,
    full_article,
    organization,
    person,
    place,
    read_article,
    said,
    spans,
)

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=1)


def test_an_article_becomes_its_row(connection: Connection) -> None:
    save(connection, [full_article()], now=NOW)
    row = connection.execute(select(Article.__table__)).mappings().one()
    assert row["id"] == article_id(datetime(2020, 2, 14, tzinfo=UTC), "keyone")
    counts = {name: row[name] for name in ("statements", "speakers", "organizations", "cities", "topics")}
    assert counts == {"statements": 3, "speakers": 2, "organizations": 2, "cities": 1, "topics": 2}
    assert row["words"] == len(TEXT.split())
    assert (row["ingested_at"], row["updated_at"], row["pipeline_version"]) == (NOW, NOW, "1")
    assert connection.scalar(select(ArticleText.text)) == TEXT
    authors = select(ArticleAuthor.position, ArticleAuthor.name).order_by(ArticleAuthor.position)
    assert list(connection.execute(authors)) == [(0, "Iris Vale"), (1, "Tom Reed")]
    source = connection.execute(select(Source.slug, Source.name, Source.name_key, Source.url)).one()
    assert tuple(source) == ("harbor-herald", "Harbor Herald", "harbor herald", "https://example.org")


def test_a_split_quotation_is_one_statement_of_two_pieces(connection: Connection) -> None:
    save(connection, [full_article()], now=NOW)
    first = select(Statement.text, Statement.cue, Statement.source_text).where(Statement.ordinal == 0)
    assert tuple(connection.execute(first).one()) == (
        "We will not wait, [...] Not a day.",
        "said",
        "Ana Ortega, director of the Harbor Rights Council",
    )
    pieces = (
        select(StatementSpan.start, StatementSpan.end)
        .where(StatementSpan.ordinal == 0, StatementSpan.part == Part.CONTENT)
        .order_by(StatementSpan.position)
    )
    assert [TEXT[start:end] for start, end in connection.execute(pieces)] == [
        "We will not wait,",
        "Not a day.",
    ]


def test_what_its_cue_reports_and_by_which_words_it_is_found(connection: Connection) -> None:
    whole = full_article()
    written = replace(whole.statements[1].statement, cue_class=CueClass.WRITING)
    second = replace(whole.statements[1], statement=written)
    save(connection, [replace(whole, statements=(whole.statements[0], second))], now=NOW)
    classes = select(Statement.ordinal, Statement.cue_class).order_by(Statement.ordinal)
    assert list(connection.execute(classes)) == [(0, CueClass.OTHER), (1, CueClass.WRITING)]
    words = select(StatementCue.ordinal, StatementCue.words).order_by(StatementCue.ordinal)
    assert list(connection.execute(words)) == [(0, "said"), (1, "deni")]


def test_how_it_stands_in_review(connection: Connection) -> None:
    whole = full_article()
    reviewed = replace(whole.statements[1], review=Review.CORRECTED)
    save(connection, [replace(whole, statements=(whole.statements[0], reviewed))], now=NOW)
    stands = select(Statement.ordinal, Statement.review).order_by(Statement.ordinal)
    assert list(connection.execute(stands)) == [(0, Review.UNREVIEWED), (1, Review.CORRECTED)]
    cards = connection.scalars(select(StatementCard.body).order_by(StatementCard.ordinal))
    assert [json.loads(card)["review"] for card in cards] == ["unreviewed", "corrected"]


def test_who_said_it_and_for_whom(connection: Connection) -> None:
    save(connection, [full_article()], now=NOW)
    query = (
        select(Attribution.ordinal, Speaker.slug, Attribution.title, Organization.slug)
        .join(Speaker, Speaker.id == Attribution.speaker_id)
        .join(Organization, Organization.id == Attribution.organization_id)
        .order_by(Attribution.ordinal)
    )
    assert list(connection.execute(query)) == [
        (0, "ana-ortega", "director", "harbor-rights-council"),
        (1, "border-works-agency", None, "border-works-agency"),
    ]
    related = select(Organization.slug, StatementOrganization.relation, StatementOrganization.ordinal).join(
        Organization, Organization.id == StatementOrganization.organization_id
    )
    assert set(connection.execute(related)) == {
        ("harbor-rights-council", "affiliation", 0),
        ("border-works-agency", "speaker", 1),
    }


def test_two_names_of_one_speaker_are_one_attribution(connection: Connection) -> None:
    linked = full_article()
    first, *others = linked.statements
    twice = replace(first, attributions=first.attributions * 2)
    save(connection, [replace(linked, statements=(twice, *others))], now=NOW)
    speakers = select(Attribution.ordinal, Speaker.slug).join(Speaker, Speaker.id == Attribution.speaker_id)
    assert sorted(connection.execute(speakers)) == [(0, "ana-ortega"), (1, "border-works-agency")]


def test_only_counting_mentions_make_an_article_about_a_place(connection: Connection) -> None:
    save(connection, [full_article()], now=NOW)
    about = select(Place.slug, ArticlePlace.mentions).join(Place, Place.id == ArticlePlace.place_id)
    assert set(connection.execute(about)) == {("boston-ma", 2), ("massachusetts", 1)}
    kept = select(PlaceMention.text, PlaceMention.role, PlaceMention.outcome).order_by(PlaceMention.position)
    assert list(connection.execute(kept)) == [
        ("Boston", "mention", "linked"),
        ("BOSTON", "dateline", "linked"),
        ("Boston", "mention", "linked"),
        ("Massachusetts", "mention", "linked"),
        ("Harbor", "name_part", "unlinked"),
    ]


def test_the_tables_that_filters_walk(connection: Connection) -> None:
    save(connection, [full_article()], now=NOW)
    related = select(Organization.slug, ArticleOrganization.relation, ArticleOrganization.count).join(
        Organization, Organization.id == ArticleOrganization.organization_id
    )
    assert set(connection.execute(related)) == {
        ("harbor-rights-council", "mentioned", 1),
        ("border-works-agency", "mentioned", 1),
        ("harbor-rights-council", "affiliation", 1),
        ("border-works-agency", "speaker", 1),
    }
    speaking = select(Speaker.slug, ArticleSpeaker.statements).join(
        Speaker, Speaker.id == ArticleSpeaker.speaker_id
    )
    assert set(connection.execute(speaking)) == {("ana-ortega", 1), ("border-works-agency", 1)}
    named = select(PersonMention.text, PersonMention.name, Speaker.slug).join(
        Speaker, Speaker.id == PersonMention.speaker_id
    )
    assert set(connection.execute(named)) == {
        ("Ana Ortega", "Ana Ortega", "ana-ortega"),
        ("She", "Ana Ortega", "ana-ortega"),
    }


def test_the_same_again_changes_no_row(engine: Engine) -> None:
    articles = [full_article("one"), full_article("two", source=None)]
    with engine.begin() as connection:
        assert save(connection, articles, now=NOW).outcomes == (Outcome.NEW, Outcome.NEW)
    with engine.begin() as connection:
        before = dump(connection)
        assert save(connection, articles, now=LATER).outcomes == (Outcome.UNCHANGED, Outcome.UNCHANGED)
        assert dump(connection) == before


def test_a_corrected_text_replaces_everything_that_hung_on_the_old_one(connection: Connection) -> None:
    save(connection, [full_article()], now=NOW)
    before = dump(connection)
    corrected = TEXT.replace("declined to talk", "agreed to talk")
    article = bare(read_article(text=corrected), *full_article().statements[:2])
    assert save(connection, [article], now=LATER).outcomes == (Outcome.REPLACED,)
    times = connection.execute(select(Article.ingested_at, Article.updated_at)).one()
    assert tuple(times) == (NOW, LATER)
    after = dump(connection)
    changed = {table for table in before if after[table] != before[table]}
    assert after["statements"] == before["statements"][:2]  # their keys too
    assert {"place_mentions", "person_mentions", "withdrawals", "article_search", "article_cards"} <= changed
    assert after["article_places"] == []


def test_a_vanished_statement_is_withdrawn_until_it_comes_back(connection: Connection) -> None:
    whole = full_article()
    save(connection, [whole], now=NOW)
    keys = set(connection.scalars(select(Statement.key)))
    shorter = TEXT.replace("Officials in Massachusetts", "Nobody in Boston")
    save(connection, [bare(read_article(text=shorter), *whole.statements[:2])], now=LATER)
    kept = set(connection.scalars(select(Statement.key)))
    assert kept < keys
    withdrawn = connection.execute(select(Withdrawal.key, Withdrawal.kind, Withdrawal.reason)).all()
    assert [tuple(row) for row in withdrawn] == [
        ((keys - kept).pop(), "statement", "the words no longer stand in the article")
    ]
    save(connection, [whole], now=LATER)
    assert set(connection.scalars(select(Statement.key))) == keys
    assert connection.scalar(select(func.count()).select_from(Withdrawal)) == 0


def test_a_corrected_date_moves_the_id_and_keeps_the_key(connection: Connection) -> None:
    linked = full_article()
    save(connection, [linked], now=NOW)
    later = replace(linked.annotated.article, published_at=datetime(2021, 3, 1, tzinfo=UTC))
    moved = replace(linked, annotated=replace(linked.annotated, article=later))
    assert save(connection, [moved], now=LATER).outcomes == (Outcome.REPLACED,)
    row = connection.execute(select(Article.id, Article.key)).one()
    assert tuple(row) == (article_id(later.published_at, "keyone"), "keyone")
    assert len(connection.execute(select(Statement.key)).all()) == 3
    assert connection.scalar(select(func.count()).select_from(Withdrawal)) == 0


def test_the_same_article_twice_in_a_batch(connection: Connection) -> None:
    first = full_article()
    corrected = TEXT.replace("denied", "repeated")
    second = bare(read_article(text=corrected))
    saved = save(connection, [first, first, second], now=NOW)
    assert saved.outcomes == (Outcome.NEW, Outcome.UNCHANGED, Outcome.REPLACED)
    assert connection.scalar(select(ArticleText.text)) == corrected


def hash_of(key: str) -> int:
    return article_id(None, key)


def colliding_names() -> tuple[str, str]:
    """Return two names whose keys' hashes are equal in all 30 bits that count."""
    seen: dict[int, str] = {}
    for number in range(1 << 20):
        name = base64.b32encode(hashlib.sha256(str(number).encode()).digest())[:13].decode()
        other = seen.setdefault(hash_of(f"key{name}"), name)
        if other != name:
            return other, name
    raise AssertionError("no two hashes are equal")


def test_colliding_ids_take_the_next_free_one(connection: Connection) -> None:
    names = colliding_names()
    undated = [bare(replace(read_article(name), published_at=None)) for name in names]
    save(connection, undated[:1], now=NOW)
    save(connection, undated[1:], now=NOW)
    first = hash_of(f"key{names[0]}")
    assert list(connection.scalars(select(Article.id).order_by(Article.id))) == [first, first + 1]
    assert first < 1 << HASH_BITS
    together = [replace(read_article(name), published_at=datetime(2020, 1, 1, tzinfo=UTC)) for name in names]
    save(connection, [bare(article) for article in together], now=NOW)
    dated = article_id(datetime(2020, 1, 1, tzinfo=UTC), f"key{names[0]}")
    assert list(connection.scalars(select(Article.id).order_by(Article.id))) == [dated, dated + 1]


OTHER_WORDS = place(TEXT, "Boston", BOSTON, text="Austin")
EMPTY = place(TEXT, "Boston", BOSTON, span=Span(5, 5), text="")
OUTSIDE = organization(TEXT, "Agency", AGENCY, span=Span(0, 9999))


@pytest.mark.parametrize(
    "linked",
    [
        pytest.param(replace(full_article(), places=(OTHER_WORDS,)), id="other words"),
        pytest.param(replace(full_article(), places=(EMPTY,)), id="empty"),
        pytest.param(replace(full_article(), organizations=(OUTSIDE,)), id="outside"),
        pytest.param(bare(read_article(), said(TEXT + "x", "x")), id="statement behind the end"),
    ],
)
def test_an_article_whose_spans_do_not_hold_is_refused(connection: Connection, linked: LinkedArticle) -> None:
    before = dump(connection)
    with pytest.raises(SpanMismatchError, match="keyone"):
        save(connection, [full_article("two"), linked], now=NOW)
    assert dump(connection) == before


def test_every_stored_span_holds_its_words(connection: Connection) -> None:
    save(connection, [full_article("one"), full_article("two")], now=NOW)
    for table in (PlaceMention, PersonMention):
        for field, start, end, words in connection.execute(
            select(table.field, table.start, table.end, table.text)
        ):
            assert ("Boston council speaks" if field == "title" else TEXT)[start:end] == words


def test_the_revision_counts_commits_that_change_something(connection: Connection) -> None:
    state = select(CorpusState.revision, CorpusState.committed_at)
    save(connection, [full_article()], now=NOW)
    save(connection, [full_article()], now=LATER)
    assert connection.execute(state).one() == (1, NOW)
    save(connection, [full_article("two")], now=LATER)
    assert connection.execute(state).one() == (2, LATER)


def many_mentions(names: list[str], repeats: int) -> list[LinkedArticle]:
    text = " ".join(f"“Wait {n},” Ana Ortega of Boston said at Border Works Agency." for n in range(repeats))
    articles = []
    for name in names:
        statements = [said(text, f"Wait {n},", by=person("Ana Ortega")) for n in range(repeats)]
        cities = spans(text, *["Boston"] * repeats)
        mentions = tuple(place(text, "Boston", BOSTON, span=span) for span in cities)
        articles.append(replace(bare(read_article(name, text=text), *statements), places=mentions))
    return articles


def executed_for(engine: Engine, batch: list[LinkedArticle]) -> int:
    executed: list[object] = []
    with engine.begin() as connection:
        event.listen(connection, "before_cursor_execute", lambda *given: executed.append(given[2]))
        save(connection, batch, now=NOW)
    return len(executed)


def test_a_batch_needs_as_many_statements_for_few_mentions_as_for_many(engine: Engine) -> None:
    executed_for(engine, many_mentions(["first"], 1))  # from here on all records are known
    few = executed_for(engine, many_mentions(["a", "b"], 3))  # long enough to be copies, as the many are
    many = executed_for(engine, many_mentions([f"c{number}" for number in range(32)], 30))
    assert few < 50
    assert many <= few + len(IN_ORDER)  # on SQLite, which takes whole pieces of a table's rows and the rest


def test_a_mention_in_another_role_does_not_count(connection: Connection) -> None:
    parts = replace(
        full_article(),
        places=(place(TEXT, "Boston", BOSTON, role=MentionRole.NAME_PART),),
        organizations=(organization(TEXT, "Border Works Agency", AGENCY, role=MentionRole.NAME_PART),),
    )
    save(connection, [parts], now=NOW)
    assert connection.execute(select(Article.cities, Article.organizations)).one() == (0, 0)
    assert connection.execute(select(ArticlePlace.place_id)).all() == []


def test_what_an_article_was_read_from_is_kept(connection: Connection) -> None:
    article = full_article()
    read = replace(article.annotated.article, original_sha256="ab" * 32, summary_only=True)
    save(connection, [replace(article, annotated=replace(article.annotated, article=read))], now=NOW)
    kept = connection.execute(select(Article.original_sha256, Article.summary_only)).one()
    assert kept == ("ab" * 32, True)


def test_of_two_names_of_one_speaker_the_first_counts(connection: Connection) -> None:
    """What filters walk says nothing that no attribution shows."""
    words, ortega = TEXT.split(".", maxsplit=1)[0], person("Ana Ortega")
    one, other = (said(TEXT, words, by=ortega, for_=record) for record in (AGENCY, COUNCIL))
    twice = replace(one, attributions=(*one.attributions, *other.attributions))
    save(connection, [bare(read_article(), twice)], now=NOW)
    (shown,) = connection.scalars(select(Attribution.organization_id))
    assert list(connection.scalars(select(StatementOrganization.organization_id))) == [shown]
    assert list(connection.scalars(select(ArticleOrganization.organization_id))) == [shown]
