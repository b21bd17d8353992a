import pytest

from app.domain.links import OrganizationKind, OrganizationRecord, RoleCategory
from app.linking.article import Indexes
from app.linking.roles import Presented, role_of_organization, role_of_person


def record(name: str, kind: OrganizationKind, *, authority: bool = False) -> OrganizationRecord:
    return OrganizationRecord(slug="x", name=name, kind=kind, authority=authority)


ICE = record("U.S. Immigration and Customs Enforcement", OrganizationKind.AGENCY, authority=True)
HARBOR = record("Harbor Rights Coalition", OrganizationKind.ADVOCACY_GROUP)


@pytest.mark.parametrize(
    ("title", "affiliation", "organization", "role"),
    [
        ("White House press secretary", "White House", None, "federal_government"),
        ("Homeland Security Secretary", None, None, "federal_government"),
        ("acting director", "ICE", ICE, "federal_government"),
        ("Attorney General", None, None, "federal_government"),
        ("Texas Attorney General", None, None, "state_government"),
        ("Ohio Gov.", None, None, "state_government"),
        ("former Ohio Gov.", None, None, "other"),
        ("former acting director", "ICE", ICE, "other"),
        ("Boston Mayor", None, None, "local_government"),
        ("Tucson City Council member", None, None, "local_government"),
        ("Sen.", None, None, "legislator"),
        ("spokesman for Sen. Ana Ortega", None, None, "legislator"),
        ("state representative", None, None, "legislator"),
        ("House Judiciary Committee Chairman", None, None, "legislator"),
        ("U.S. District Judge", None, None, "judge"),
        ("Cook County Sheriff", None, None, "law_enforcement"),
        ("Border Patrol agent", "Border Patrol", None, "law_enforcement"),
        ("district attorney", None, None, "law_enforcement"),
        ("president", "National Border Patrol Council", None, "union"),
        ("attorney", "Harbor Rights Coalition", HARBOR, "advocacy"),
        ("immigration attorney", None, None, "lawyer"),
        ("law professor", "Harbor University", None, "academic"),
        ("chief executive", None, None, "business"),
        ("Catholic Bishop", None, None, "religious"),
        ("undocumented college student", None, None, "resident"),
        ("talk show host", None, None, "media"),
        ("Mexican President", None, None, "other"),
        ("presidential candidate", None, None, "other"),
        ("president", None, None, "other"),
        (None, None, None, "unknown"),
        (None, "Harbor Rights Coalition", HARBOR, "advocacy"),
    ],
)
def test_what_title_and_affiliation_tell(
    indexes: Indexes,
    title: str | None,
    affiliation: str | None,
    organization: OrganizationRecord | None,
    role: str,
) -> None:
    presented = Presented(title=title, affiliation=affiliation, organization=organization)
    assert role_of_person(presented, gazetteer=indexes.gazetteer) == RoleCategory(role)


@pytest.mark.parametrize(
    ("beside", "role"),
    [
        ("a spokesman for the Harbor Rights Coalition", RoleCategory.ADVOCACY),
        ("Ald.", RoleCategory.LOCAL_GOVERNMENT),
        ("who came later", RoleCategory.UNKNOWN),
        ("", RoleCategory.UNKNOWN),
    ],
)
def test_without_a_title_the_words_beside_the_name_count(
    indexes: Indexes, beside: str, role: RoleCategory
) -> None:
    assert role_of_person(Presented(beside=beside), gazetteer=indexes.gazetteer) is role


@pytest.mark.parametrize(
    ("slug", "role"),
    [
        ("department-of-homeland-security", "federal_government"),
        ("us-border-patrol", "law_enforcement"),
        ("us-supreme-court", "judge"),
        ("us-senate", "legislator"),
        ("senate-committee-on-the-judiciary", "legislator"),
        ("american-civil-liberties-union", "advocacy"),
        ("migration-policy-institute", "academic"),
        ("associated-press", "media"),
        ("democratic-party", "other"),
    ],
)
def test_the_role_of_an_organization_that_speaks(indexes: Indexes, slug: str, role: str) -> None:
    organization = indexes.authority.by_slug[slug]
    assert role_of_organization(organization, gazetteer=indexes.gazetteer) == RoleCategory(role)


@pytest.mark.parametrize(
    ("name", "role"),
    [("Obama administration", "federal_government"), ("Elmford administration", "other")],
)
def test_the_role_of_an_administration(indexes: Indexes, name: str, role: str) -> None:
    organization = record(name, OrganizationKind.AGENCY)
    assert role_of_organization(organization, gazetteer=indexes.gazetteer) == RoleCategory(role)
