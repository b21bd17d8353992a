"""One person who was two records: ids, redirects, and what becomes of the record that is left over."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.db.models.corpus import RecordKind, SlugRedirect
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution
from app.domain.links import (
    LinkedArticle,
    LinkedStatement,
    OrganizationKind,
    OrganizationRecord,
    Party,
    RoleCategory,
    SpeakerRecord,
)
from app.queries.records import How, find_records, redirect_of
from app.storage.saving import save
from tests.storage.linked import TEXT, bare, person, read_article, said, speaking

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
BY_NAME = person("Anabel Ortega")
ORTEGA = replace(person("Ana Ortega"), bioguide="O000001", wikidata="Q1")
ORTEGA_BY_HER_OTHER_NAME = replace(ORTEGA, aliases=("Anabel Ortega",), name_slug="anabel-ortega")


def article(name: str, by: SpeakerRecord, *, text: str = TEXT) -> LinkedArticle:
    return bare(read_article(name, text=text), said(text, "We will not wait,", by=by))


def speakers(connection: Connection) -> set[tuple[Any, ...]]:
    query = select(Speaker.slug, Speaker.bioguide, Speaker.wikidata)
    return {tuple(row) for row in connection.execute(query)}


def redirects(connection: Connection) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(select(SlugRedirect.slug, SlugRedirect.target))}


@pytest.mark.parametrize("batched", [True, False])
def test_two_names_of_one_person_are_one_speaker(connection: Connection, *, batched: bool) -> None:
    given = [article("a", ORTEGA_BY_HER_OTHER_NAME), article("b", ORTEGA)]
    for batch in [given] if batched else [[one] for one in given]:
        save(connection, batch, now=NOW)
    assert speakers(connection) == {("ana-ortega", "O000001", "Q1")}
    assert redirects(connection) == {("anabel-ortega", "ana-ortega")}


def test_a_record_from_before_gets_the_ids(connection: Connection) -> None:
    save(connection, [article("a", person("Ana Ortega"))], now=NOW)
    save(connection, [article("b", ORTEGA)], now=NOW)
    assert speakers(connection) == {("ana-ortega", "O000001", "Q1")}


def test_a_record_of_another_name_stands_while_it_has_statements(connection: Connection) -> None:
    save(connection, [article("a", BY_NAME)], now=NOW)
    save(connection, [article("b", ORTEGA_BY_HER_OTHER_NAME)], now=NOW)
    assert speakers(connection) == {("anabel-ortega", None, None), ("ana-ortega", "O000001", "Q1")}
    assert redirects(connection) == set()
    corrected = article("a", ORTEGA_BY_HER_OTHER_NAME, text=f"{TEXT} More.")
    save(connection, [corrected], now=NOW)
    assert speakers(connection) == {("ana-ortega", "O000001", "Q1")}
    assert redirects(connection) == {("anabel-ortega", "ana-ortega")}


def merge(connection: Connection, name: str, target: SpeakerRecord) -> None:
    """Let the record that a name gives be merged into another: its statement was linked anew."""
    other = replace(target, name_slug=person(name).slug)
    save(connection, [article(name, other, text=f"{TEXT} By {target.name}.")], now=NOW)


def named_by(connection: Connection, slug: str) -> tuple[str | None, list[str]]:
    """Return where a path with the slug leads, and the records that a filter finds."""
    query, values = find_records({("speaker", How.SLUG): [slug]})
    found = [row.slug for row in connection.execute(query, values)]
    return connection.scalar(redirect_of(RecordKind.SPEAKER, slug)), found


def test_a_record_merged_twice_leads_to_the_one_that_is_left(connection: Connection) -> None:
    """In paths and in filters alike, from the first slug on: no slug leads to one that leads on."""
    ana, bella, cora = person("Ana Ortega"), person("Bella Ortega"), person("Cora Ortega")
    save(connection, [article("Ana Ortega", ana)], now=NOW)
    merge(connection, "Ana Ortega", bella)
    assert named_by(connection, ana.slug) == (bella.slug, [bella.slug])
    save(connection, [article("Ana Ortega", cora)], now=NOW)  # Bella says nothing any more
    merge(connection, "Bella Ortega", cora)
    assert redirects(connection) == {(ana.slug, cora.slug), (bella.slug, cora.slug)}
    for one in (ana, bella):
        assert named_by(connection, one.slug) == (cora.slug, [cora.slug])


def test_a_slug_that_led_to_one_record_may_lead_to_another(connection: Connection) -> None:
    for target in (person("Bella Ortega"), person("Cora Ortega")):
        merge(connection, "Ana Ortega", target)
    assert redirects(connection) == {("ana-ortega", "cora-ortega")}


def test_a_record_that_stands_again_leads_nowhere(connection: Connection) -> None:
    ana, bella = person("Ana Ortega"), person("Bella Ortega")
    merge(connection, "Ana Ortega", bella)
    save(connection, [article("a", ana)], now=NOW)
    assert named_by(connection, ana.slug) == (None, [ana.slug])
    save(connection, [article("Ana Ortega", ana)], now=NOW)
    merge(connection, "Bella Ortega", ana)  # the other way round
    assert redirects(connection) == {(bella.slug, ana.slug)}
    assert named_by(connection, bella.slug) == (ana.slug, [ana.slug])


def test_a_slug_leads_to_the_person_where_an_organization_has_the_plain_one(connection: Connection) -> None:
    union = OrganizationRecord(slug="ana-ortega", name="Ana Ortega", kind=OrganizationKind.COMPANY)
    save(connection, [article("company", speaking(union))], now=NOW)
    merge(connection, "Anabel Ortega", person("Ana Ortega"))
    assert named_by(connection, "anabel-ortega") == ("ana-ortega-2", ["ana-ortega-2"])


def test_party_state_and_role_are_kept_with_the_attribution(connection: Connection) -> None:
    linked = article("a", ORTEGA)
    (found,) = linked.statements
    (attribution,) = found.attributions
    told = replace(attribution, party=Party.DEMOCRATIC, state="MA", role_category=RoleCategory.LEGISLATOR)
    statement = LinkedStatement(statement=found.statement, attributions=(told,))
    save(connection, [replace(linked, statements=(statement,))], now=NOW)
    query = select(Attribution.party, Attribution.state, Attribution.role_category)
    assert connection.execute(query).one() == (Party.DEMOCRATIC, "MA", RoleCategory.LEGISLATOR)
