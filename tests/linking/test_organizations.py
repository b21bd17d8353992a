import pytest

from app.domain.annotation import Field, OrganizationMention
from app.domain.links import OrganizationKind, Outcome
from app.domain.span import Span
from app.linking.article import Indexes
from app.linking.organization_kinds import kind_by_name
from app.linking.organizations import (
    OrganizationContext,
    clean,
    decide,
    link_organizations,
    organization_context,
)


def named(text: str, full_name: str | None = None) -> OrganizationMention:
    return OrganizationMention(
        field=Field.TEXT, span=Span(0, len(text)), text=text, full_name=full_name or text
    )


@pytest.fixture(scope="session")
def context(indexes: Indexes) -> OrganizationContext:
    return organization_context([], authority=indexes.authority)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("ICE’s", "us-immigration-and-customs-enforcement"),
        ("the U.S. Department of State", "department-of-state"),
        ("House Judiciary Committee", "house-committee-on-the-judiciary"),
        ("Justice Department's Office of Legal Counsel", "office-of-legal-counsel"),
        ("Homeland Security's Office of Inspector General", "dhs-office-of-inspector-general"),
        ("department’s Office of Legal Counsel", "office-of-legal-counsel"),
        ("nonpartisan Migration Policy Institute", "migration-policy-institute"),
        ("internal Border Patrol", "us-border-patrol"),
        ("conservative Harbor Policy Institute", "harbor-policy-institute"),
        ("ACLU of Texas", "american-civil-liberties-union-of-texas"),
        ("American Civil Liberties Union of Texas", "american-civil-liberties-union-of-texas"),
        ("Republican Party of Iowa", "republican-party-of-iowa"),
        ("Harbor Welcome Network", "harbor-welcome-network"),
        ("Supreme Court of Ohio", "supreme-court-of-ohio"),
        ("Harbor Pilots Local 12", "harbor-pilots-local-12"),
        ("Ortega Foods, Inc.", "ortega-foods-inc"),
        ("Committee to Protect Harbors", "committee-to-protect-harbors"),
        ("Citizens for Open Harbors", "citizens-for-open-harbors"),
        ("Ortega Institute of Harbor Policy", "ortega-institute-of-harbor-policy"),
        ("Association of Harbor Pilots", "association-of-harbor-pilots"),
    ],
)
def test_names_that_are_linked(context: OrganizationContext, name: str, slug: str) -> None:
    decision = decide(name, context=context)
    assert decision.outcome is Outcome.LINKED
    assert decision.record is not None
    assert decision.record.slug == slug


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("HWN", "acronym"),
        ("Ortega", "one word"),
        ("Foreign Ministry", "many bear"),
        ("Police Department", "many bear"),
        ("Fair Harbor Act", "of a text"),
        ("Harbor News/Ortega Post", "not one name"),
        ("Harbor Party's 2013 Growth Project", "of a text"),
        ("—", "not one name"),
        ("US Departments of Harbors and of the Interior", "not one name"),
        ("city’s Harbor Commission", "whose it is"),
        ("Ortega Fund and ICE", "not one name"),
        ("Defense and Homeland Security", "not one name"),
        ("Ana Ortega", "no word"),
        ("Sheriff Ana Ortega", "no word"),
        ("Sister Ana Ortega", "no word"),
        ("Harbor Vista", "no word"),
        ("Harbor Privacy Policy", "no word"),
        ("We Loved Sailors", "no word"),
        ("Ortega Faces Harbor Fight With Coalition", "no word"),
        ("Ortega Administration Moves", "no word"),
        ("Ortega to Visit Harbor, Pilots Association", "no word"),
        ("Ortega Is Losing the Harbor Project", "no word"),
        ("Deferred Action for Harbor Pilots", "of a text"),
        ("Association of Harbor Pilots Summit", "of a text"),
    ],
)
def test_names_that_stay_unlinked(context: OrganizationContext, name: str, reason: str) -> None:
    decision = decide(name, context=context)
    assert decision.outcome is Outcome.UNLINKED
    assert decision.record is None
    assert reason in (decision.reason or "")


def test_a_chapter_has_its_whole_as_parent(context: OrganizationContext) -> None:
    record = decide("ACLU of Northern California", context=context).record
    assert record is not None
    assert record.parent == "american-civil-liberties-union"
    assert record.kind is OrganizationKind.ADVOCACY_GROUP
    assert record.aliases == ("ACLU of Northern California",)
    assert not record.authority


def test_an_acronym_goes_by_the_full_name_that_the_article_gives(indexes: Indexes) -> None:
    mentions = [named("Harbor Welcome Network"), named("HWN", "Harbor Welcome Network")]
    context = organization_context(mentions, authority=indexes.authority)
    first, second = link_organizations(mentions, context=context)
    assert first.organization is not None
    assert second.organization is not None
    assert first.organization.slug == second.organization.slug == "harbor-welcome-network"
    assert second.organization.acronym == "HWN"


def test_an_articles_own_definition_wins_over_the_authority_file(indexes: Indexes) -> None:
    mentions = [named("ICE", "Institute for Civic Education")]
    context = organization_context(mentions, authority=indexes.authority)
    (linked,) = link_organizations(mentions, context=context)
    assert linked.organization is not None
    assert linked.organization.slug == "institute-for-civic-education"


@pytest.mark.parametrize(
    ("full", "acronym", "slug"),
    [
        ("Government Accounting Office", "GAO", "government-accountability-office"),
        ("US Customs and Immigration Services", "USCIS", "us-citizenship-and-immigration-services"),
        ("Geese and Allies Office", "GAO", "geese-and-allies-office"),
    ],
)
def test_an_acronym_explained_by_nearly_its_name_is_the_authority_files(
    indexes: Indexes, full: str, acronym: str, slug: str
) -> None:
    mentions = [named(full), named(acronym, full)]
    context = organization_context(mentions, authority=indexes.authority)
    linked = link_organizations(mentions, context=context)[1].organization
    assert linked is not None
    assert linked.slug == slug


def test_a_shared_acronym_is_ambiguous_alone_and_decided_by_a_full_name(indexes: Indexes) -> None:
    alone = [named("CIS")]
    (linked,) = link_organizations(alone, context=organization_context(alone, authority=indexes.authority))
    assert linked.outcome is Outcome.AMBIGUOUS
    assert linked.organization is None
    both = [named("CIS"), named("Center for Immigration Studies")]
    linked, _ = link_organizations(both, context=organization_context(both, authority=indexes.authority))
    assert linked.organization is not None
    assert linked.organization.slug == "center-for-immigration-studies"


def test_a_committee_without_its_chamber_is_ambiguous(context: OrganizationContext) -> None:
    assert decide("Judiciary Committee", context=context).outcome is Outcome.AMBIGUOUS


def test_the_name_of_a_person_or_place_of_the_article_is_no_organization(indexes: Indexes) -> None:
    context = organization_context(
        [], authority=indexes.authority, not_organizations=frozenset({"harbor ortega"})
    )
    assert decide("Harbor Ortega", context=context).outcome is Outcome.UNLINKED


def test_a_body_and_a_person_of_the_article_are_two_names(indexes: Indexes) -> None:
    people = frozenset({"ana ortega", "ortega"})
    context = organization_context([], authority=indexes.authority, people=people)
    assert decide("Department of Harbors Ana Ortega", context=context).reason == "not one name"


def test_an_acronym_in_the_article_is_a_sign_too(indexes: Indexes) -> None:
    mentions = [named("Harbor Vista"), named("HV", "Harbor Vista")]
    context = organization_context(mentions, authority=indexes.authority)
    linked = link_organizations(mentions, context=context)
    assert [one.organization.slug for one in linked if one.organization] == ["harbor-vista", "harbor-vista"]


@pytest.mark.parametrize("name", ["Ortega's Senate", "Ortega’s Harbor Council", "Ortega EPA"])
def test_what_is_called_after_a_person_of_the_article_is_no_organization(indexes: Indexes, name: str) -> None:
    context = organization_context([], authority=indexes.authority, people=frozenset({"ortega"}))
    assert decide(name, context=context).outcome is Outcome.UNLINKED
    assert decide("Ortega Administration", context=context).outcome is Outcome.LINKED


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [("the  Harbor\nFund", "Harbor Fund"), ("Harbor Fund’s", "Harbor Fund"), ("The Hill", "The Hill")],
)
def test_cleaning(name: str, cleaned: str) -> None:
    assert clean(name) == cleaned


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ortega County Superior Court", OrganizationKind.COURT),
        ("Senate Harbor Committee", OrganizationKind.COMMITTEE),
        ("Ohio House of Representatives", OrganizationKind.LEGISLATURE),
        ("Harbor Independence Party", OrganizationKind.PARTY),
        ("United Harbor Workers", OrganizationKind.UNION),
        ("Ortega State University", OrganizationKind.UNIVERSITY),
        ("Archdiocese of Harbor City", OrganizationKind.RELIGIOUS),
        ("Harbor Daily Herald", OrganizationKind.OUTLET),
        ("Ortega Foods Inc.", OrganizationKind.COMPANY),
        ("Harbor City Police Department", OrganizationKind.AGENCY),
        ("Ortega Policy Institute", OrganizationKind.RESEARCH),
        ("Harbor Welcome Coalition", OrganizationKind.ADVOCACY_GROUP),
        ("Harbor Medical Center", OrganizationKind.OTHER),
        ("Ortega and Friends", OrganizationKind.OTHER),
    ],
)
def test_the_kind_that_a_name_tells(name: str, kind: OrganizationKind) -> None:
    assert kind_by_name(name) is kind
