"""Who and what the small corpus is about: fictional people and organizations in real cities."""

from app.domain.annotation import (
    PlaceKind,
    SpeakerKind,
)
from app.domain.links import (
    GazetteerPlace,
    OrganizationKind,
    OrganizationRecord,
    Party,
    RoleCategory,
    SpeakerRecord,
    Topic,
)


def city(slug: str, name: str, state: str | None, geonameid: int, *aliases: str) -> GazetteerPlace:
    return GazetteerPlace(
        slug=slug,
        kind=PlaceKind.CITY,
        name=name,
        country="US" if state else "FR",
        state=state,
        geonameid=geonameid,
        latitude=42.5,
        longitude=-71.25,
        population=geonameid,
        aliases=aliases,
    )


BOSTON = city("boston-ma", "Boston", "MA", 4930956, "Beantown")
CHICAGO = city("chicago-il", "Chicago", "IL", 4887398)
DENVER = city("denver-co", "Denver", "CO", 5419384)  # in the gazetteer only
SAN_JOSE = city("san-jose-ca", "San José", "CA", 5392171)
SPRINGFIELD_IL = city("springfield-il", "Springfield", "IL", 4250542)
SPRINGFIELD_MA = city("springfield-ma", "Springfield", "MA", 4951788)
SUFFOLK = GazetteerPlace(
    slug="suffolk-county-ma",
    kind=PlaceKind.COUNTY,
    name="Suffolk County",
    country="US",
    state="MA",
    county_fips="25025",
)
MASSACHUSETTS = GazetteerPlace(
    slug="massachusetts",
    kind=PlaceKind.STATE,
    name="Massachusetts",
    country="US",
    state="MA",
    geonameid=6254926,
)
ILLINOIS = GazetteerPlace(
    slug="illinois", kind=PlaceKind.STATE, name="Illinois", country="US", state="IL", geonameid=4896861
)
FRANCE = GazetteerPlace(slug="france", kind=PlaceKind.COUNTRY, name="France", country="FR", geonameid=3017382)
GAZETTEER = (
    BOSTON,
    CHICAGO,
    DENVER,
    SAN_JOSE,
    SPRINGFIELD_IL,
    SPRINGFIELD_MA,
    SUFFOLK,
    MASSACHUSETTS,
    ILLINOIS,
    FRANCE,
)
AGENCY = OrganizationRecord(
    slug="border-works-agency",
    name="Border Works Agency",
    kind=OrganizationKind.AGENCY,
    acronym="BWA",
    aliases=("Border Works",),
    authority=True,
)
BUREAU = OrganizationRecord(
    slug="inspection-bureau",
    name="Inspection Bureau",
    kind=OrganizationKind.AGENCY,
    parent="border-works-agency",
    authority=True,
)
COUNCIL = OrganizationRecord(
    slug="harbor-rights-council",
    name="Harbor Rights Council",
    kind=OrganizationKind.ADVOCACY_GROUP,
    acronym="HRC",
)
ORTEGA = SpeakerRecord(
    slug="ana-ortega",
    name="Ana Ortega",
    kind=SpeakerKind.PERSON,
    aliases=("Anita Ortega",),
    bioguide="O000001",
    wikidata="Q4930956",
)
DIAZ = SpeakerRecord(slug="ben-diaz", name="Ben Díaz", kind=SpeakerKind.PERSON)
SILENT = "Cora Lind"  # mentioned, never a speaker
DOCKS = Topic(slug="docks", name="Docks", description="Docks and who may use them.")
PIERS = Topic(slug="piers", name="Piers", description="Piers as places of arrival.", broader="docks")
TOLLS = Topic(slug="tolls", name="Bridge tolls", description="Tolls for crossing bridges.")
SLIPWAYS = Topic(slug="slipways", name="Slipways", description="Slipways of all kinds.", broader="docks")
TAXONOMY = (DOCKS, PIERS, TOLLS, SLIPWAYS)  # no article is on the last one
SPOKEN_AGENCY = SpeakerRecord(
    slug=AGENCY.slug,
    name=AGENCY.name,
    kind=SpeakerKind.ORGANIZATION,
    aliases=("BWA",),
    organization=AGENCY,
)


OF_WHAT_PARTY: dict[str, Party] = {ORTEGA.slug: Party.DEMOCRATIC, DIAZ.slug: Party.REPUBLICAN}
IN_WHAT_ROLE: dict[str, RoleCategory] = {
    ORTEGA.slug: RoleCategory.LEGISLATOR,
    DIAZ.slug: RoleCategory.LOCAL_GOVERNMENT,
    SPOKEN_AGENCY.slug: RoleCategory.FEDERAL_GOVERNMENT,
}
"""By the slugs of those who speak; others have no party, and their role is unknown."""
