from collections import Counter

import pytest

from app.domain.links import OrganizationKind, OrganizationRecord
from app.domain.names import fold, slugify
from app.linking.article import Indexes
from app.linking.authority import Authority, _record, index_authority, is_acronym

# Two records may share these: only an article that names one of them in full decides.
SHARED_NAMES = {
    "cis",
    "nsa",
    "afp",
    "judiciary committee",
    "homeland security committee",
    "appropriations committee",
    "armed services committee",
    "intelligence committee",
}


@pytest.fixture(scope="session")
def authority(indexes: Indexes) -> Authority:
    return indexes.authority


def test_there_are_enough_records_of_every_kind_but_other(authority: Authority) -> None:
    kinds = Counter(record.kind for record in authority.by_slug.values())
    assert sum(kinds.values()) >= 200
    assert set(OrganizationKind) <= set(kinds)
    assert all(record.authority for record in authority.by_slug.values())


def test_slugs_are_slugs(authority: Authority) -> None:
    assert [slug for slug in authority.by_slug if slug != slugify(slug)] == []


def test_parents_exist_and_lead_to_a_root(authority: Authority) -> None:
    for record in authority.by_slug.values():
        seen = {record.slug}
        while record.parent is not None:
            record = authority.by_slug[record.parent]  # noqa: PLW2901 - climbing
            assert record.slug not in seen
            seen.add(record.slug)


def test_no_name_leads_to_two_records_unless_listed(authority: Authority) -> None:
    shared = {
        name
        for index in (authority.by_name, authority.by_acronym)
        for name, found in index.items()
        if len(found) > 1
    }
    assert {name for name in shared if not name.startswith("any order: ")} == SHARED_NAMES


def test_a_record_does_not_repeat_its_own_names(authority: Authority) -> None:
    for record in authority.by_slug.values():
        names = [fold(name) for name in (record.name, *record.aliases)]
        assert len(names) == len(set(names)), record.slug
        assert record.acronym is None or is_acronym(record.acronym), record.slug


def test_every_record_is_found_by_each_of_its_names(authority: Authority) -> None:
    for record in authority.by_slug.values():
        for name in (record.name, *record.aliases, *([record.acronym] if record.acronym else [])):
            assert record in authority.named(name), (record.slug, name)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("ICE", "us-immigration-and-customs-enforcement"),
        ("the Department of Homeland Security", "department-of-homeland-security"),
        ("United States Department of Homeland Security", "department-of-homeland-security"),
        ("House Homeland Security Committee", "house-committee-on-homeland-security"),
        ("House Committee on Homeland Security", "house-committee-on-homeland-security"),
        ("Senate Foreign Relations Committee", "senate-committee-on-foreign-relations"),
        ("US Supreme Court", "us-supreme-court"),
        ("9th U.S. Circuit Court of Appeals", "court-of-appeals-ninth-circuit"),
        ("Fifth U.S. Circuit Court", "court-of-appeals-fifth-circuit"),
        ("federal appeals court for the 4th Circuit", "court-of-appeals-fourth-circuit"),
        ("The Hill", "the-hill"),
        ("Immigration and Naturalization Service", "immigration-and-naturalization-service"),
        ("America’s Voice", "americas-voice"),
    ],
)
def test_names_that_lead_to_one_record(authority: Authority, name: str, slug: str) -> None:
    assert [record.slug for record in authority.named(name)] == [slug]


@pytest.mark.parametrize(
    "name",
    [
        "Ice",
        "Fair",
        "Voice",
        "Hill",
        "the Hill",
        "State",
        "Texas Supreme Court",
        "Circuit Court",
        "Harbor Circuit Court of Appeals",
        "Ninth Judicial Circuit Court",
        "Washington",
        "Firm",
        "Ortega Group",
    ],
)
def test_names_that_are_none(authority: Authority, name: str) -> None:
    assert authority.named(name) == ()


def test_an_acronym_of_two_leads_to_both(authority: Authority) -> None:
    assert {record.slug for record in authority.named("CIS")} == {
        "us-citizenship-and-immigration-services",
        "center-for-immigration-studies",
    }


def test_an_unknown_key_is_refused_with_its_record() -> None:
    with pytest.raises(ValueError, match=r"ortega-fund.*nmae"):
        _record("ortega-fund", {"nmae": "Ortega Fund", "kind": "other"})


def test_records_can_be_indexed_without_the_file() -> None:
    record = OrganizationRecord(
        slug="hwn", name="Harbor Welcome Network", kind=OrganizationKind.OTHER, acronym="HWN"
    )
    assert index_authority([record]).named("HWN") == (record,)
