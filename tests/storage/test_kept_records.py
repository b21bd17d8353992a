"""Records of another corpus: under their own slugs, beside what stands here, never instead of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.db.models.corpus import CorpusState, SlugRedirect, Withdrawal
from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.person import PersonMention
from app.db.models.source import Source
from app.db.models.speaker import Speaker, SpeakerAlias
from app.domain.annotation import PlaceKind, SpeakerKind
from app.domain.exchange import Record, Redirect, SourceRecord, StoredSpeaker, WithdrawnKey
from app.domain.links import GazetteerPlace, OrganizationKind, OrganizationRecord, Topic
from app.storage.kept_records import RecordConflictError, keep_records
from app.storage.saving import save
from tests.dump import dump
from tests.storage.linked import AGENCY, BOSTON, full_article

NOW = datetime(2024, 5, 1, tzinfo=UTC)
COUNCIL = OrganizationRecord(
    slug="council-2", name="Council", kind=OrganizationKind.OTHER, acronym="C", aliases=("C", "The Council")
)
RECORDS: tuple[Record, ...] = (
    SourceRecord(slug="the-post-2", name="The Post", url="https://example.org"),
    COUNCIL,
    StoredSpeaker(slug="ben-diaz-2", name="Ben Díaz", kind=SpeakerKind.PERSON, aliases=("Benjamin Díaz",)),
    StoredSpeaker(slug="council-3", name="Council", kind=SpeakerKind.ORGANIZATION, organization="council-2"),
    BOSTON,
    Topic(slug="older-topic", name="Older", description="No longer told.", broader="protection"),
    Redirect(slug="benny-diaz", target="ben-diaz-2"),
    WithdrawnKey(key="gone", kind="article", reason="it is"),
)


def test_records_stand_under_their_own_slugs(connection: Connection) -> None:
    keep_records(connection, RECORDS, now=NOW)
    assert connection.scalars(select(Source.slug)).all() == ["the-post-2"]
    speakers = select(Speaker.slug, Organization.slug).outerjoin(
        Organization, Organization.id == Speaker.organization_id
    )
    assert {tuple(row) for row in connection.execute(speakers)} == {
        ("ben-diaz-2", None),
        ("council-3", "council-2"),
    }
    assert set(connection.scalars(select(OrganizationAlias.name))) == {"C", "The Council"}
    assert connection.execute(select(SlugRedirect.slug, SlugRedirect.target)).one() == (
        "benny-diaz",
        "ben-diaz-2",
    )
    assert connection.execute(select(Withdrawal.key, Withdrawal.reason)).one() == ("gone", "it is")


def test_the_same_again_changes_no_row(connection: Connection) -> None:
    keep_records(connection, RECORDS, now=NOW)
    before = dump(connection)
    keep_records(connection, RECORDS, now=NOW)
    assert dump(connection) == before
    assert before["corpus_state"][0][1] == 1


def test_names_that_are_not_known_yet_are_added(connection: Connection) -> None:
    keep_records(connection, RECORDS, now=NOW)
    more = StoredSpeaker(
        slug="ben-diaz-2", name="Ben Diaz", kind=SpeakerKind.PERSON, aliases=("Benito Díaz",)
    )
    keep_records(connection, [more], now=NOW)
    names = set(connection.scalars(select(SpeakerAlias.name)))
    assert {"Benjamin Díaz", "Benito Díaz"} <= names
    assert connection.scalar(select(CorpusState.revision)) == 2


@pytest.mark.parametrize(
    "other",
    [
        SourceRecord(slug="the-post-2", name="Another Post"),
        OrganizationRecord(slug="council-2", name="Another Council", kind=OrganizationKind.OTHER),
        StoredSpeaker(slug="ben-diaz-2", name="Benedict Daly", kind=SpeakerKind.PERSON),
        StoredSpeaker(slug="council-3", name="Council", kind=SpeakerKind.PERSON),
        GazetteerPlace(slug="boston-ma", kind=PlaceKind.COUNTY, name="Boston", country="US"),
    ],
)
def test_a_slug_that_is_another_record_is_refused(connection: Connection, other: Any) -> None:
    keep_records(connection, RECORDS, now=NOW)
    with pytest.raises(RecordConflictError, match=f"{other.slug} is .* in this corpus"):
        keep_records(connection, [other], now=NOW)


def test_two_of_public_office_with_one_name_are_told_apart(connection: Connection) -> None:
    one, other = (
        StoredSpeaker(slug="al-reed", name="Al Reed", kind=SpeakerKind.PERSON, bioguide=id_)
        for id_ in ("R000001", "R000002")
    )
    keep_records(connection, [one], now=NOW)
    with pytest.raises(RecordConflictError):
        keep_records(connection, [other], now=NOW)


@pytest.mark.parametrize(
    "lost",
    [
        Redirect(slug="a", target="nobody"),
        StoredSpeaker(slug="b", name="B", kind=SpeakerKind.ORGANIZATION, organization="nowhere"),
        WithdrawnKey(key="c", kind="ghost", reason="none"),
    ],
)
def test_a_record_that_leads_nowhere_is_refused(connection: Connection, lost: Record) -> None:
    with pytest.raises(ValueError, match=r"nobody|nowhere|ghost"):
        keep_records(connection, [lost], now=NOW)


def test_mentions_that_waited_for_a_person_lead_there(connection: Connection) -> None:
    linked = full_article()
    save(connection, [linked], now=NOW)
    connection.execute(PersonMention.__table__.update().values(speaker_id=None, person="ben-diaz-2"))  # type: ignore[attr-defined] # a Table, typed as FromClause
    keep_records(connection, RECORDS, now=NOW)
    person = select(Speaker.id).where(Speaker.slug == "ben-diaz-2").scalar_subquery()
    led = select(PersonMention.speaker_id).where(PersonMention.speaker_id == person)
    assert len(connection.scalars(led).all()) == 2


def test_a_withdrawal_of_what_stands_here_is_passed_over(connection: Connection) -> None:
    save(connection, [full_article()], now=NOW)
    standing = WithdrawnKey(key="keyone", kind="article", reason="elsewhere")
    keep_records(connection, [standing, AGENCY], now=NOW)
    assert connection.execute(select(Withdrawal.key)).all() == []
