"""One person who was two records: ids, redirects, and what becomes of the record that is left over."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.db.models.corpus import SlugRedirect
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution
from app.domain.links import LinkedArticle, LinkedStatement, Party, RoleCategory, SpeakerRecord
from app.storage.saving import save
from tests.storage.linked import TEXT, bare, person, read_article, said

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


def test_party_state_and_role_are_kept_with_the_attribution(connection: Connection) -> None:
    linked = article("a", ORTEGA)
    (found,) = linked.statements
    (attribution,) = found.attributions
    told = replace(attribution, party=Party.DEMOCRATIC, state="MA", role_category=RoleCategory.LEGISLATOR)
    statement = LinkedStatement(statement=found.statement, attributions=(told,))
    save(connection, [replace(linked, statements=(statement,))], now=NOW)
    query = select(Attribution.party, Attribution.state, Attribution.role_category)
    assert connection.execute(query).one() == (Party.DEMOCRATIC, "MA", RoleCategory.LEGISLATOR)
