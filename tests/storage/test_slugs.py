from typing import Any

import pytest
from sqlalchemy import Connection, select

from app.db.models.organization import Organization, OrganizationAlias
from app.db.models.source import Source
from app.db.models.speaker import Speaker, SpeakerAlias
from app.domain.annotation import SpeakerKind
from app.domain.links import OrganizationKind, OrganizationRecord, SpeakerRecord
from app.storage.organizations import ensure_organizations, key_of, load_authority
from app.storage.slugs import settle
from app.storage.sources import ensure_sources
from app.storage.speakers import ensure_speakers, speaker_key
from tests.storage.linked import AGENCY, COUNCIL, person, read_article, speaking


def named(name: str, slug: str, *, authority: bool = False, **rest: Any) -> OrganizationRecord:
    return OrganizationRecord(slug=slug, name=name, kind=OrganizationKind.OTHER, authority=authority, **rest)


def test_records_get_the_next_free_slug_and_find_it_again() -> None:
    rows = {"elm": "Elm Street", "elm-2": "Elm Trust"}
    settled = settle(
        {"Elm Trust": "elm", "Elm Club": "elm", "Elm House": "elm", "Oak": "oak"},
        holders=lambda slugs: {slug: rows[slug] for slug in slugs if slug in rows},
        same=lambda record, row: record == row,
    )
    assert settled == {
        "Elm Trust": ("elm-2", "Elm Trust"),
        "Elm Club": ("elm-3", None),
        "Elm House": ("elm-4", None),
        "Oak": ("oak", None),
    }


def speakers(connection: Connection, *records: SpeakerRecord) -> list[int]:
    organizations = ensure_organizations(
        connection, [record.organization for record in records if record.organization]
    )
    rows = ensure_speakers(connection, records, organizations=organizations)
    ids = {key: row.id for key, row in rows.items()}
    return [ids[speaker_key(record)] for record in records]


def test_a_person_never_takes_a_slug_of_the_authority_file(connection: Connection) -> None:
    ensure_organizations(connection, [AGENCY])
    man = person("Border Works Agency")
    ids = [*speakers(connection, man), *speakers(connection, speaking(AGENCY))]
    assert ids == [*speakers(connection, man), *speakers(connection, speaking(AGENCY))]
    assert list(connection.execute(select(Speaker.slug, Speaker.kind).order_by(Speaker.id))) == [
        ("border-works-agency-2", "person"),
        ("border-works-agency", "organization"),
    ]


def test_a_new_organization_does_without_the_slug_of_a_person_who_speaks(connection: Connection) -> None:
    man, body = person("Harbor Rights Council"), speaking(COUNCIL)
    ids = [*speakers(connection, man), *speakers(connection, body)]
    assert ids == [*speakers(connection, man), *speakers(connection, body)]
    assert list(connection.execute(select(Speaker.slug, Speaker.kind).order_by(Speaker.id))) == [
        ("harbor-rights-council", "person"),
        ("harbor-rights-council-2", "organization"),
    ]
    assert connection.scalars(select(Organization.slug)).one() == "harbor-rights-council-2"


def test_a_name_mistaken_for_an_organization_costs_a_person_nothing(connection: Connection) -> None:
    mistaken = named("Ana Ortega", "ana-ortega")
    ensure_organizations(connection, [mistaken])
    ids = [*speakers(connection, person("Ana Ortega")), *speakers(connection, speaking(mistaken))]
    assert ids == [*speakers(connection, person("Ana Ortega")), *speakers(connection, speaking(mistaken))]
    assert list(connection.execute(select(Speaker.slug, Speaker.kind).order_by(Speaker.id))) == [
        ("ana-ortega", "person"),
        ("ana-ortega-2", "organization"),
    ]


def test_spellings_of_one_person_become_aliases(connection: Connection) -> None:
    first = person("Ana B. Ortega", slug="ana-ortega")
    again = person("Ana Ortega", "Mayor Ortega", "ANA B. ORTEGA")
    assert (
        len({*speakers(connection, first), *speakers(connection, again), *speakers(connection, again)}) == 1
    )
    assert connection.scalars(select(Speaker.name)).one() == "Ana B. Ortega"
    assert set(connection.scalars(select(SpeakerAlias.name_key))) == {"ana ortega", "mayor ortega"}


def test_an_organization_that_speaks_answers_to_its_acronym(connection: Connection) -> None:
    speakers(connection, speaking(AGENCY))
    expected = {("BWA", "bwa"), ("Border Works", "border works")}
    assert set(connection.execute(select(SpeakerAlias.name, SpeakerAlias.name_key))) == expected
    assert set(connection.execute(select(OrganizationAlias.name, OrganizationAlias.name_key))) == expected


def test_an_authority_record_and_another_of_its_slug_keep_apart(connection: Connection) -> None:
    known = named("Harbor Office", "harbor", authority=True)
    other = named("The Harbor Club", "harbor")
    stored = ensure_organizations(connection, [known, other])
    assert [stored[key_of(record)].slug for record in (known, other)] == ["harbor", "harbor-2"]
    again = ensure_organizations(connection, [other, known])
    assert again == stored


def test_a_new_authority_record_takes_over_the_one_known_by_name(connection: Connection) -> None:
    before = ensure_organizations(connection, [named("Harbor Office", "harbor-office")])
    record = named(
        "U.S. Harbor Office", "harbor-office", authority=True, acronym="HO", aliases=("Harbor Office",)
    )
    parent = named("Sea Department", "sea-department", authority=True)
    child = named("Pier Office", "pier-office", authority=True, parent="sea-department")
    assert load_authority(connection, [child, record, parent]) == (True, True)
    row = connection.execute(select(Organization).where(Organization.slug == "harbor-office")).one()
    assert (row.id, row.name, row.acronym, row.authority) == (
        next(iter(before.values())).id,
        "U.S. Harbor Office",
        "HO",
        True,
    )
    of = select(Organization.parent_id).where(Organization.slug == "pier-office")
    assert connection.scalar(of) == connection.scalar(
        select(Organization.id).where(Organization.slug == "sea-department")
    )
    assert load_authority(connection, [child, record, parent]) == (False, False)


def test_a_new_name_of_an_authority_record_reaches_the_speaker(connection: Connection) -> None:
    load_authority(connection, [AGENCY])
    speakers(connection, speaking(AGENCY))
    renamed = named("Border Bureau", AGENCY.slug, authority=True, acronym="BB")
    assert load_authority(connection, [renamed]).changed
    assert connection.scalars(select(Speaker.name)).one() == "Border Bureau"
    assert set(connection.scalars(select(OrganizationAlias.name_key))) == {"bwa", "border works", "bb"}


def test_one_outlet_however_its_name_is_spelt(connection: Connection) -> None:
    articles = [
        read_article("a", source="The Harbor-Herald"),
        read_article("b", source="THE HARBOR HERALD"),
        read_article("c", source=None),
    ]
    ids = ensure_sources(connection, articles)
    assert ids == ensure_sources(connection, articles)
    rows = connection.execute(select(Source.slug, Source.name, Source.url)).all()
    assert rows == [("the-harbor-herald", "The Harbor-Herald", "https://example.org")]


def test_a_speaker_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="harbor-rights-council"):
        speaker_key(SpeakerRecord(slug=COUNCIL.slug, name=COUNCIL.name, kind=SpeakerKind.ORGANIZATION))
