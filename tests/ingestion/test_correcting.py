"""Decisions about statements: they stand on top of what extraction finds, now and later."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from app.db.models.corpus import CorpusState
from app.db.models.correction import Correction
from app.db.models.statement import Attribution, StatementCard
from app.domain.annotation import AttributionMethod
from app.domain.corrections import Correctable, CorrectionAction
from app.domain.links import LinkedArticle, Party, RoleCategory
from app.ingestion.database import writing
from app.ingestion.decisions import Action
from app.storage.corrections.log import make_correction
from app.storage.corrections.told import Told
from tests.ingestion.decided import (
    BY,
    FIRST,
    NOW,
    SECOND,
    TEXT,
    THIRD,
    WHY,
    closing,
    corpus,
    decide,
    key_of,
    refusal,
    stands,
    store,
    wrong,
)
from tests.storage.linked import AGENCY, COUNCIL, bare, person, read_article, said, speaking

ORTEGA, REED = person("Ana Ortega"), person("Tom Reed")


def article(name: str = "one", *, text: str = TEXT, third: bool = True) -> LinkedArticle:
    statements = [
        said(text, FIRST, by=ORTEGA, for_=COUNCIL, title="director"),
        said(text, SECOND, by=REED),
    ]
    return bare(read_article(name, text=text), *statements, *([said(text, THIRD)] if third else []))


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    other = bare(
        read_article("two"), said(read_article("two").text, "that it had waited", by=speaking(AGENCY))
    )
    yield from closing(corpus(database_url, article(), other))


def test_undoing_is_a_change_of_the_corpus(engine: Engine) -> None:
    key = key_of(engine, SECOND)
    decide(engine, Action.SPEAKER, key, "ana-ortega")
    with engine.connect() as connection:
        before = connection.scalar(select(CorpusState.revision))
    decide(engine, Action.UNDO, key)
    with engine.connect() as connection:
        assert connection.scalar(select(CorpusState.revision)) == (before or 0) + 1


@pytest.mark.parametrize("hours_back", [0, 1])
def test_a_decision_is_later_than_those_before_whatever_the_clock_says(
    engine: Engine, hours_back: int
) -> None:
    of, action = Correctable.STATEMENT, CorrectionAction.CONFIRM
    with writing(engine) as connection:
        first, second = (
            make_correction(
                connection, of=of, subject="key", action=action, told=Told(by=BY, why=WHY, now=now)
            )
            for now in (NOW, NOW - timedelta(hours=hours_back))
        )
    assert second.made_at > first.made_at


def test_who_said_it_is_told(engine: Engine) -> None:
    decide(engine, Action.SPEAKER, key_of(engine, SECOND), "ana-ortega")
    assert stands(engine, SECOND) == ("corrected", ["ana-ortega"])
    assert stands(engine, FIRST) == ("unreviewed", ["ana-ortega"])
    assert wrong(engine) == []
    columns = (Attribution.method, Attribution.title, Attribution.affiliation, Attribution.organization_id)
    with engine.connect() as connection:
        told = Attribution.title.is_not(None)
        first, second = connection.execute(select(*columns).where(told).order_by(Attribution.ordinal)).all()
        card = connection.scalars(select(StatementCard.body).where(StatementCard.body.contains(SECOND))).one()
    assert second.method is AttributionMethod.CORRECTION
    assert tuple(first)[1:] == tuple(second)[1:] == ("director", COUNCIL.name, first.organization_id)
    assert '"review":"corrected"' in card
    assert '"slug":"ana-ortega"' in card


def test_it_was_said_jointly_by_nobody_and_by_an_organization(engine: Engine) -> None:
    decide(engine, Action.SPEAKER, key_of(engine, THIRD), "ana-ortega", "tom-reed")
    decide(engine, Action.SPEAKER, key_of(engine, FIRST), "none")
    decide(engine, Action.SPEAKER, key_of(engine, SECOND), AGENCY.slug)
    assert stands(engine, THIRD) == ("corrected", ["ana-ortega", "tom-reed"])
    assert stands(engine, FIRST) == ("corrected", [])
    assert stands(engine, SECOND) == ("corrected", [AGENCY.slug])
    assert wrong(engine) == []


def test_a_person_whom_nobody_has_named_yet(engine: Engine) -> None:
    decide(engine, Action.SPEAKER, key_of(engine, THIRD), names=("Dr. Mia Q. Lund",))
    assert stands(engine, THIRD) == ("corrected", ["mia-lund"])
    decide(engine, Action.SPEAKER, key_of(engine, SECOND), names=("Ana Ortega",))
    assert stands(engine, SECOND) == ("corrected", ["ana-ortega"])
    assert wrong(engine) == []
    assert "no first and last name" in refusal(engine, Action.SPEAKER, key_of(engine, FIRST), names=("Lund",))


def test_who_held_an_office_is_told_with_it(engine: Engine) -> None:
    warren = replace(person("Elizabeth Warren"), bioguide="W000817", wikidata="Q434706")
    elsewhere = bare(read_article("three"), said(read_article("three").text, FIRST, by=warren))
    store(engine, elsewhere)
    decide(engine, Action.SPEAKER, key_of(engine, THIRD), "elizabeth-warren")
    query = select(Attribution.party, Attribution.state, Attribution.role_category)
    with engine.connect() as connection:
        found = connection.execute(query.where(Attribution.method == AttributionMethod.CORRECTION)).one()
    assert tuple(found) == (Party.DEMOCRATIC, "MA", RoleCategory.LEGISLATOR)


def test_what_is_confirmed_stays_whatever_is_found_later(engine: Engine) -> None:
    decide(engine, Action.CONFIRM, key_of(engine, FIRST))
    assert stands(engine, FIRST) == ("confirmed", ["ana-ortega"])
    otherwise = article(text=f"{TEXT} More.")
    first, *rest = otherwise.statements
    (by_reed,) = (one for one in rest if one.attributions)
    mistaken = replace(first, attributions=by_reed.attributions)
    store(engine, replace(otherwise, statements=(mistaken, *rest)))
    assert stands(engine, FIRST) == ("confirmed", ["ana-ortega"])
    assert wrong(engine) == []


def test_what_is_retracted_is_by_nobody_and_stays_so(engine: Engine) -> None:
    decide(engine, Action.RETRACT, key_of(engine, FIRST))
    for _ in range(2):
        assert stands(engine, FIRST) == ("retracted", [])
        assert wrong(engine) == []
        store(engine, article(text=f"{TEXT} More."))
    assert "undo that first" in refusal(engine, Action.CONFIRM, key_of(engine, FIRST))


def test_a_later_decision_takes_the_place_of_an_earlier_one(engine: Engine) -> None:
    key = key_of(engine, SECOND)
    decide(engine, Action.SPEAKER, key, "ana-ortega")
    decide(engine, Action.CONFIRM, key)
    assert stands(engine, SECOND) == ("confirmed", ["ana-ortega"])
    decide(engine, Action.SPEAKER, key, "tom-reed")
    assert stands(engine, SECOND) == ("corrected", ["tom-reed"])
    with engine.connect() as connection:
        made = connection.execute(select(Correction).order_by(Correction.made_at)).all()
        revision = connection.scalar(select(CorpusState.revision)) or 0
    assert [str(one.action) for one in made] == ["speaker", "confirm", "speaker"]
    assert made[0].before["speakers"][0]["slug"] == "tom-reed"
    assert made[1].before == made[0].after
    assert (made[0].made_by, made[0].reason, made[0].article) == ("Iris Vale", "the tape says so", "keyone")
    assert revision > len(made)


@pytest.mark.parametrize(
    ("action", "targets", "words"),
    [
        (Action.CONFIRM, (), "is confirmed already"),
        (Action.SPEAKER, ("ana-ortegga",), "there is no speaker ana-ortegga: did you mean ana-ortega?"),
    ],
)
def test_why_it_cannot_be_decided(
    engine: Engine, action: Action, targets: tuple[str, ...], words: str
) -> None:
    key = key_of(engine, FIRST)
    decide(engine, Action.CONFIRM, key)
    assert words in refusal(engine, action, key, *targets)
    assert "confirm it instead" in refusal(engine, Action.SPEAKER, key_of(engine, SECOND), "tom-reed")
    assert refusal(engine, Action.RETRACT, "nosuchkey") == "there is no statement nosuchkey"
    assert "nothing to undo" in refusal(engine, Action.UNDO, key_of(engine, SECOND))
    store(engine, article(text=TEXT.replace("hour", "minute"), third=False))
    assert stands(engine, FIRST) == ("confirmed", ["ana-ortega"])


def test_a_key_that_stands_no_more_says_why(engine: Engine) -> None:
    gone = key_of(engine, THIRD)
    store(engine, article(text=TEXT.replace("hour", "minute"), third=False))
    why = refusal(engine, Action.RETRACT, gone)
    assert why == f"there is no statement {gone} any more: the words no longer stand in the article"


def test_a_decision_waits_for_whoever_writes(engine: Engine) -> None:
    key = key_of(engine, FIRST)
    with ThreadPoolExecutor(1) as pool:
        with writing(engine):
            waiting = pool.submit(decide, engine, Action.RETRACT, key)
            assert not wait([waiting], timeout=0.3).done
        assert waiting.result(timeout=30).refused == []
    assert stands(engine, FIRST) == ("retracted", [])
