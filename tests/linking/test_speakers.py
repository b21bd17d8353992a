from dataclasses import replace
from datetime import date

import pytest

from app.domain.annotation import Attribution, AttributionMethod, Person, SpeakerKind
from app.domain.links import Party, RoleCategory
from app.linking.article import Indexes
from app.linking.office_holders import Office
from app.linking.organizations import organization_context
from app.linking.printed_office import PrintedOffice
from app.linking.speakers import SpeakerContext, link_attribution, link_people

SENATOR = PrintedOffice(offices=frozenset({Office.SENATOR}), states=frozenset({"NY"}))
SENATOR_OF_NJ = PrintedOffice(offices=frozenset({Office.SENATOR}), states=frozenset({"NJ"}))
REPRESENTATIVE_OF_NJ = PrintedOffice(offices=frozenset({Office.REPRESENTATIVE}), states=frozenset({"NJ"}))


@pytest.fixture(scope="session")
def context(indexes: Indexes) -> SpeakerContext:
    return SpeakerContext(
        organizations=organization_context([], authority=indexes.authority),
        gazetteer=indexes.gazetteer,
        office_holders=indexes.office_holders,
        published_on=date(2019, 5, 1),
    )


def said_by(
    name: str,
    *,
    kind: SpeakerKind = SpeakerKind.PERSON,
    title: str | None = None,
    affiliation: str | None = None,
) -> Attribution:
    return Attribution(
        name=name, kind=kind, method=AttributionMethod.NAME, title=title, affiliation=affiliation
    )


def test_a_person_keeps_title_as_printed_and_gets_the_affiliations_record(context: SpeakerContext) -> None:
    attribution = said_by("Ana B. Ortega", title="acting director", affiliation="ICE")
    linked = link_attribution(attribution, context=context)
    assert linked is not None
    assert linked.speaker.slug == "ana-ortega"
    assert linked.attribution == attribution
    assert linked.organization is not None
    assert linked.organization.slug == "us-immigration-and-customs-enforcement"


def test_an_organization_speaks_under_its_own_slug(context: SpeakerContext) -> None:
    linked = link_attribution(said_by("DHS", kind=SpeakerKind.ORGANIZATION), context=context)
    assert linked is not None
    assert linked.organization is not None
    assert linked.speaker.slug == linked.organization.slug == "department-of-homeland-security"
    assert linked.speaker.organization == linked.organization
    assert "DHS" in linked.speaker.aliases


@pytest.mark.parametrize(
    "attribution",
    [
        said_by("Ortega"),
        said_by("Ortega", title="President"),
        said_by("Bush"),
        said_by("George Bush"),
        said_by("Carter"),
        said_by("Francis"),
        said_by("Francis", title="Mayor"),
        said_by("Mexico", kind=SpeakerKind.ORGANIZATION),
        said_by("Foreign Ministry", kind=SpeakerKind.ORGANIZATION),
        said_by("HWN", kind=SpeakerKind.ORGANIZATION),
    ],
    ids=lambda attribution: f"{attribution.name} {attribution.title}",
)
def test_speakers_that_cannot_be_told_are_refused(context: SpeakerContext, attribution: Attribution) -> None:
    assert link_attribution(attribution, context=context) is None


def test_a_president_is_told_by_office_and_day(context: SpeakerContext) -> None:
    trump = link_attribution(said_by("Trump", title="President"), context=context)
    assert trump is not None
    assert (trump.speaker.slug, trump.speaker.name) == ("donald-trump", "Donald Trump")
    in_2005 = replace(context, published_on=date(2005, 5, 1))
    bush = link_attribution(said_by("Bush", title="President"), context=in_2005)
    assert bush is not None
    assert bush.speaker.slug == "george-w-bush"


@pytest.mark.parametrize(
    ("name", "title", "expected"),
    [
        ("Obama", None, ("barack-obama", "Barack Obama")),
        ("Francis", "Pope", ("pope-francis", "Pope Francis")),
    ],
)
def test_who_is_known_by_one_name(
    context: SpeakerContext, name: str, title: str | None, expected: tuple[str, str]
) -> None:
    linked = link_attribution(said_by(name, title=title), context=context)
    assert linked is not None
    assert (linked.speaker.slug, linked.speaker.name) == expected


@pytest.mark.parametrize(
    ("title", "affiliation", "slug"),
    [
        ("Mayor", "Boston", None),
        ("Secretary", "State", "department-of-state"),
        ("senator", "State", None),
        ("director", "Harbor Welcome Network", "harbor-welcome-network"),
        ("director", None, None),
    ],
)
def test_affiliations(context: SpeakerContext, title: str, affiliation: str | None, slug: str | None) -> None:
    linked = link_attribution(said_by("Ana Ortega", title=title, affiliation=affiliation), context=context)
    assert linked is not None
    assert (linked.organization.slug if linked.organization else None) == slug


@pytest.mark.parametrize(
    ("name", "printed", "expected"),  # slug, ids, and the slug that leads there
    [
        ("Chuck Schumer", SENATOR, ("chuck-schumer", "S000148", "Q380900", None)),
        ("Sen. Charles E. Schumer", SENATOR, ("chuck-schumer", "S000148", "Q380900", "charles-schumer")),
        ("Chuck Schumer", PrintedOffice(), ("chuck-schumer", "S000148", "Q380900", None)),
        ("Joaquin Castro", PrintedOffice(), ("joaquin-castro-2", None, None, None)),
        ("Mike McCaul", PrintedOffice(), ("mike-mccaul-2", None, None, None)),
        ("Ana Ortega", SENATOR, ("ana-ortega", None, None, None)),
        # The senator of this name is not in the file, and the slug of the representative leads to neither.
        ("Robert Menendez", SENATOR_OF_NJ, ("bob-menendez-2", None, None, None)),
        ("Robert Menendez", REPRESENTATIVE_OF_NJ, ("rob-menendez", "M001226", "Q115137457", None)),
    ],
)
def test_a_person_of_public_office_is_one_speaker_under_all_names(
    context: SpeakerContext, name: str, printed: PrintedOffice, expected: tuple[str | None, ...]
) -> None:
    here = replace(context, printed=lambda _name: printed, published_on=date(2024, 6, 1))
    linked = link_attribution(said_by(name), context=here)
    assert linked is not None
    who = linked.speaker
    assert (who.slug, who.bioguide, who.wikidata, who.name_slug) == expected


def test_party_state_and_role_are_those_of_the_day(context: SpeakerContext) -> None:
    here = replace(context, printed=lambda _name: SENATOR)
    linked = link_attribution(said_by("Chuck Schumer", title="Sen."), context=here)
    assert linked is not None
    assert (linked.party, linked.state, linked.role_category) == (
        Party.DEMOCRATIC,
        "NY",
        RoleCategory.LEGISLATOR,
    )


def test_a_person_of_an_outlets_name_is_the_outlet(context: SpeakerContext) -> None:
    linked = link_attribution(said_by("Mother Jones"), context=context)
    assert linked is not None
    assert (linked.speaker.slug, linked.speaker.kind) == ("mother-jones", SpeakerKind.ORGANIZATION)
    assert linked.attribution.kind is SpeakerKind.ORGANIZATION
    person = Person(name="Mother Jones", title=None, affiliation=None, mentions=())
    assert link_people([person], context=context) == (None,)


def test_people_have_records_where_their_name_is_full(context: SpeakerContext) -> None:
    people = [
        Person(name=name, title=title, affiliation=None, mentions=())
        for name, title in (("Ana Ortega", None), ("Ortega", None), ("Pence", "Vice President"))
    ]
    records = link_people(people, context=context)
    assert [record.slug if record else None for record in records] == ["ana-ortega", None, "mike-pence"]


def test_a_last_name_of_two_words_is_the_one_person_of_the_article(context: SpeakerContext) -> None:
    here = replace(context, full_names={"ortega vega": "Ana Ortega Vega"})
    linked = link_attribution(said_by("Ortega Vega"), context=here)
    assert linked is not None
    assert (linked.speaker.slug, linked.speaker.name) == ("ana-ortega-vega", "Ana Ortega Vega")
