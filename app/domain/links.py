"""What linking hands on: which record each mention is, or that it cannot be told."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.annotation import (
    AnnotatedArticle,
    Attribution,
    OrganizationMention,
    PlaceKind,
    PlaceMention,
    SpeakerKind,
    Statement,
)
from app.domain.review import Review


class Outcome(StrEnum):
    """Unsure is an answer; a guess is not."""

    LINKED = "linked"
    AMBIGUOUS = "ambiguous"
    UNLINKED = "unlinked"


class OrganizationKind(StrEnum):
    """What an organization is."""

    AGENCY = "agency"
    LEGISLATURE = "legislature"
    COMMITTEE = "committee"
    COURT = "court"
    PARTY = "party"
    COMPANY = "company"
    ADVOCACY_GROUP = "advocacy_group"
    UNION = "union"
    OUTLET = "outlet"
    UNIVERSITY = "university"
    RESEARCH = "research"  # think tanks, research centres
    RELIGIOUS = "religious"
    INTERNATIONAL = "international"
    OTHER = "other"


class Party(StrEnum):
    """The party that a speaker belonged to on the day of the article."""

    DEMOCRATIC = "democratic"
    REPUBLICAN = "republican"
    INDEPENDENT = "independent"
    LIBERTARIAN = "libertarian"


class RoleCategory(StrEnum):
    """In what role a speaker is presented by an article; a former office does not count."""

    FEDERAL_GOVERNMENT = "federal_government"
    STATE_GOVERNMENT = "state_government"
    LOCAL_GOVERNMENT = "local_government"
    LEGISLATOR = "legislator"  # of Congress or a state, and bodies of these
    JUDGE = "judge"  # courts too
    LAW_ENFORCEMENT = "law_enforcement"  # police, sheriffs, agents in the field, prosecutors
    ADVOCACY = "advocacy"
    LAWYER = "lawyer"
    ACADEMIC = "academic"  # universities, research centres, think tanks
    BUSINESS = "business"
    UNION = "union"
    RELIGIOUS = "religious"
    RESIDENT = "resident"  # residents and people affected
    MEDIA = "media"
    OTHER = "other"  # parties, candidates, former office holders, foreign governments, ...
    UNKNOWN = "unknown"  # the article does not say


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerPlace:
    """A known place. `slug` is its public key and never changes; `aliases` are other names."""

    slug: str
    kind: PlaceKind
    name: str
    country: str  # ISO 3166-1 alpha-2
    state: str | None = None  # US postal code, for US places
    county_fips: str | None = None  # five digits, for US counties
    geonameid: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationRecord:
    """An organization of the authority file, or one known by name only (`authority` false).

    `slug` is derived from the name. `parent` is the slug of the organization it belongs to.
    """

    slug: str
    name: str
    kind: OrganizationKind
    acronym: str | None = None
    parent: str | None = None
    aliases: tuple[str, ...] = ()
    authority: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic of the taxonomy. `broader` is the slug of the topic that it is part of."""

    slug: str
    name: str
    description: str
    broader: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRecord:
    """Who a speaker is across articles. An organization that speaks shares its slug.

    `bioguide` and `wikidata` are ids of a person of public office, told without doubt. `name_slug` is
    the slug that the printed name gives, where it is another one: it leads here.
    """

    slug: str
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    organization: OrganizationRecord | None = None
    bioguide: str | None = None
    wikidata: str | None = None
    name_slug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedPlaceMention:
    """`place` is set exactly when the outcome is linked; `reason` says why it is not."""

    mention: PlaceMention
    outcome: Outcome
    place: GazetteerPlace | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedOrganizationMention:
    """`organization` is set exactly when the outcome is linked; `reason` says why it is not."""

    mention: OrganizationMention
    outcome: Outcome
    organization: OrganizationRecord | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAttribution:
    """The speaker an attribution names. `organization` is the record of the affiliation, or of the
    speaker itself when an organization speaks. `party`, `state` (US postal code) and `role_category` are
    those of the article's day.
    """

    attribution: Attribution
    speaker: SpeakerRecord
    organization: OrganizationRecord | None = None
    party: Party | None = None
    state: str | None = None
    role_category: RoleCategory = RoleCategory.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedStatement:
    """A statement with its speakers. Attributions that linking refused are not in it.

    Linking reviews nothing: a `review` is set when corrections are applied on top of what it found.
    """

    statement: Statement
    attributions: tuple[LinkedAttribution, ...] = ()
    review: Review = Review.UNREVIEWED


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedArticle:
    """Everything storage needs to write one article."""

    annotated: AnnotatedArticle
    statements: tuple[LinkedStatement, ...] = ()
    places: tuple[LinkedPlaceMention, ...] = ()
    organizations: tuple[LinkedOrganizationMention, ...] = ()
    people: tuple[SpeakerRecord | None, ...] = ()  # beside `annotated.people`
