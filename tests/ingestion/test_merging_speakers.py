"""Two speakers who are one, and one who is two: now, in articles to come, and when it is undone."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select, update

from app.db.models.person import PersonMention
from app.db.models.speaker import Speaker, SpeakerAlias
from app.domain.annotation import Field, Person
from app.domain.annotation import PersonMention as Mentioned
from app.domain.links import LinkedArticle, OrganizationKind, OrganizationRecord, SpeakerRecord
from app.ingestion.decisions import Action
from app.storage.corrections.log import corrections_where
from app.storage.corrections.taking_over import take_over
from app.storage.saving import save
from tests.conftest import Templates
from tests.ingestion.decided import (
    FIRST,
    NOW,
    SECOND,
    TEXT,
    closing,
    corpus,
    decide,
    key_of,
    leads,
    refusal,
    stands,
    store,
    wrong,
)
from tests.storage.linked import AGENCY, bare, person, read_article, said, spans, speaking

ORTEGA, ANABEL, REED = person("Ana Ortega", "Ms. Ortega"), person("Anabel Ortega"), person("Tom Reed")


def article(name: str, first: SpeakerRecord, second: SpeakerRecord | None = None) -> LinkedArticle:
    """Return an article in which one speaks and another does or is only named."""
    text = f"{TEXT} So {name} went: Anabel Ortega came."
    statements = [said(text, FIRST, by=first), *([said(text, SECOND, by=second)] if second else [])]
    mention = Mentioned(field=Field.TEXT, span=spans(text, "Anabel Ortega")[0])
    woman = Person(name="Anabel Ortega", title=None, affiliation=None, mentions=(mention,))
    linked = bare(read_article(name, text=text), *statements)
    return replace(linked, annotated=replace(linked.annotated, people=(woman,)), people=(ANABEL,))


def of_anabel(engine: Engine) -> set[str | None]:
    """Return whose the mentions of Anabel are."""
    query = select(Speaker.slug).select_from(PersonMention).outerjoin(Speaker)
    with engine.connect() as connection:
        return set(connection.scalars(query))


def names(engine: Engine, slug: str) -> set[str]:
    query = select(SpeakerAlias.name).join(Speaker).where(Speaker.slug == slug)
    with engine.connect() as connection:
        return set(connection.scalars(query))


def slugs(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.scalars(select(Speaker.slug)))


ARTICLES = (article("one", ORTEGA, ANABEL), article("two", ANABEL), article("three", REED))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    yield from closing(corpus(database_url, *ARTICLES))


@pytest.fixture
def follower(templates: Templates, database_kind: str) -> Iterator[Engine]:
    """Give another database with the same articles."""
    url = templates.databases(database_kind).create(templates.migrated(database_kind))
    yield from closing(corpus(url, *ARTICLES))


def follow(follower: Engine, engine: Engine) -> None:
    """Take over what was decided elsewhere."""
    with engine.begin() as connection:
        decisions = corrections_where(connection)
    with follower.begin() as connection:
        take_over(connection, decisions, now=NOW)


def test_one_is_the_other_from_now_on(engine: Engine) -> None:
    decide(engine, Action.MERGE_SPEAKERS, "anabel-ortega", "ana-ortega")
    store(engine, article("four", ANABEL, ORTEGA))
    for name in ("one", "two", "four"):
        assert stands(engine, FIRST, name) == ("unreviewed", ["ana-ortega"])
    assert slugs(engine) == {"ana-ortega", "tom-reed"}
    assert of_anabel(engine) == {"ana-ortega"}
    assert names(engine, "ana-ortega") == {"Ms. Ortega", "Anabel Ortega"}
    assert leads(engine) == {"anabel-ortega": "ana-ortega"}
    assert wrong(engine) == []


def test_who_is_merged_twice_is_the_last_one(engine: Engine) -> None:
    decide(engine, Action.MERGE_SPEAKERS, "anabel-ortega", "ana-ortega")
    decide(engine, Action.MERGE_SPEAKERS, "ana-ortega", "tom-reed")
    store(engine, article("four", ANABEL, ORTEGA))
    assert stands(engine, FIRST, "four") == stands(engine, SECOND, "one") == ("unreviewed", ["tom-reed"])
    assert leads(engine) == {"anabel-ortega": "tom-reed", "ana-ortega": "tom-reed"}
    assert wrong(engine) == []
    refused = refusal(engine, Action.MERGE_SPEAKERS, "tom-reed", "anabel-ortega")
    assert refused == "speaker tom-reed is anabel-ortega already"
    refused = refusal(engine, Action.MERGE_SPEAKERS, "ana-ortega", "tom-reed")
    assert refused == "speaker ana-ortega is tom-reed already"
    assert "there is no speaker" in refusal(engine, Action.MERGE_SPEAKERS, "nobody", "tom-reed")


def test_a_body_that_was_taken_for_a_person(engine: Engine) -> None:
    store(engine, article("four", speaking(AGENCY)))
    decide(engine, Action.MERGE_SPEAKERS, "anabel-ortega", AGENCY.slug)
    store(engine, article("five", ANABEL))
    for name in ("two", "five"):
        assert stands(engine, FIRST, name) == ("unreviewed", [AGENCY.slug])
    assert of_anabel(engine) == {None}
    assert leads(engine) == {"anabel-ortega": AGENCY.slug}
    assert wrong(engine) == []
    assert "organizations merge" in refusal(engine, Action.MERGE_SPEAKERS, AGENCY.slug, "tom-reed")


def test_who_is_a_person_again_has_the_mentions_back(engine: Engine) -> None:
    store(engine, article("four", speaking(AGENCY)))
    decide(engine, Action.MERGE_SPEAKERS, "anabel-ortega", AGENCY.slug)
    assert of_anabel(engine) == {None}
    decide(engine, Action.UNDO_SPEAKER, "anabel-ortega")
    assert of_anabel(engine) == {"anabel-ortega"}


def test_a_later_decision_from_elsewhere_takes_the_place_of_one(engine: Engine, follower: Engine) -> None:
    decide(engine, Action.MERGE_SPEAKERS, "anabel-ortega", "ana-ortega")
    follow(follower, engine)
    assert names(follower, "ana-ortega") == {"Ms. Ortega", "Anabel Ortega"}
    decide(engine, Action.UNDO_SPEAKER, "anabel-ortega")
    decide(engine, Action.MERGE_SPEAKERS, "anabel-ortega", "tom-reed")
    follow(follower, engine)
    assert leads(follower) == leads(engine) == {"anabel-ortega": "tom-reed"}
    assert names(follower, "ana-ortega") == names(engine, "ana-ortega") == {"Ms. Ortega"}
    assert names(follower, "tom-reed") == {"Anabel Ortega"}


def test_nobody_else_gets_the_slug_of_one_who_was_merged(engine: Engine) -> None:
    decide(engine, Action.MERGE_SPEAKERS, "anabel-ortega", "ana-ortega")
    firm = OrganizationRecord(slug="anabel-ortega", name="Anabel Ortega", kind=OrganizationKind.COMPANY)
    store(engine, article("four", speaking(firm)), article("five", ANABEL))
    assert stands(engine, FIRST, "four") == ("unreviewed", ["anabel-ortega-2"])
    assert stands(engine, FIRST, "five") == ("unreviewed", ["ana-ortega"])
    assert wrong(engine) == []


def test_two_people_of_public_office_stay_two(engine: Engine) -> None:
    with engine.begin() as connection:
        for slug, id_ in (("ana-ortega", "O000001"), ("tom-reed", "R000001")):
            connection.execute(update(Speaker).where(Speaker.slug == slug).values(bioguide=id_))
    assert "O000001 and R000001" in refusal(engine, Action.MERGE_SPEAKERS, "ana-ortega", "tom-reed")
    decide(engine, Action.MERGE_SPEAKERS, "ana-ortega", "anabel-ortega")
    with engine.begin() as connection:
        ids = connection.execute(select(Speaker.slug, Speaker.bioguide)).all()
    assert {tuple(row) for row in ids} == {("anabel-ortega", "O000001"), ("tom-reed", "R000001")}


def test_in_some_articles_it_is_another_one(engine: Engine) -> None:
    decide(engine, Action.SPLIT_SPEAKER, "anabel-ortega", names=("Anabel Ortega",), articles=("keytwo",))
    assert stands(engine, FIRST, "two") == ("corrected", ["anabel-ortega-2"])
    assert stands(engine, SECOND, "one") == ("unreviewed", ["anabel-ortega"])
    with engine.begin() as connection:  # found anew, by a later version that words it otherwise
        again = article("two", ANABEL)
        save(connection, [replace(again, annotated=replace(again.annotated, pipeline_version="2"))], now=NOW)
    assert stands(engine, FIRST, "two") == ("corrected", ["anabel-ortega-2"])
    assert of_anabel(engine) == {"anabel-ortega", "anabel-ortega-2"}
    assert wrong(engine) == []
    why = refusal(engine, Action.SPLIT_SPEAKER, "anabel-ortega", "tom-reed", articles=("keytwo",))
    assert why == "speaker anabel-ortega is not in article keytwo"
    address = "https://example.org/one"
    decide(engine, Action.SPLIT_SPEAKER, "anabel-ortega", "tom-reed", articles=(address,))
    assert stands(engine, SECOND, "one") == ("corrected", ["tom-reed"])
    assert "no article nowhere" in refusal(
        engine, Action.SPLIT_SPEAKER, "tom-reed", "ana-ortega", articles=("nowhere",)
    )


def test_a_statement_keeps_its_own_review_where_its_speaker_is_split(engine: Engine) -> None:
    decide(engine, Action.CONFIRM, key_of(engine, FIRST, "two"))
    decide(engine, Action.SPLIT_SPEAKER, "anabel-ortega", "tom-reed", articles=("keytwo",))
    assert stands(engine, FIRST, "two") == ("confirmed", ["tom-reed"])
    decide(engine, Action.MERGE_SPEAKERS, "tom-reed", "anabel-ortega")
    assert stands(engine, FIRST, "two") == ("confirmed", ["anabel-ortega"])
    assert wrong(engine) == []
