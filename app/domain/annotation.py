"""What extraction hands on: statements and mentions with their spans, nothing linked yet."""

from dataclasses import dataclass
from enum import StrEnum

from app.domain.article import Article
from app.domain.span import Span


class StatementKind(StrEnum):
    """`direct`: all in quotation marks, or a block quote; `indirect`: a reported clause;
    `mixed`: a reported clause with quoted words inside.
    """

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class CueClass(StrEnum):
    """What the cue reports: words said or written, what somebody holds or wants, or something else
    ("supported the bill").
    """

    SPEECH = "speech"
    WRITING = "writing"
    BELIEF = "belief"
    INTENT = "intent"
    OTHER = "other"


class SourceKind(StrEnum):
    """What the words that name the source are: a name ("Shah", "he" for a named person, "DHS"), one
    person or body without a name ("an official"), many ("critics"), or a pronoun of which the article
    does not tell whom it means ("he").
    """

    NAMED = "named"
    UNNAMED = "unnamed"
    UNRESOLVED = "unresolved"
    COLLECTIVE = "collective"


class SpeakerKind(StrEnum):
    """What a speaker is."""

    PERSON = "person"
    ORGANIZATION = "organization"


class AttributionMethod(StrEnum):
    """How the source span was resolved to the name."""

    NAME = "name"  # the source holds the name itself
    SHORT_NAME = "short_name"  # "Albence" for an earlier "Matthew Albence", "ICE" for its full name
    PRONOUN = "pronoun"  # "he said"
    TITLE = "title"  # "the acting director said"
    ATTRIBUTION_LINE = "attribution_line"  # "- Boston Mayor Marty Walsh" under a block quote
    CARRIED_OVER = "carried_over"  # the speaker of the quotation paragraph before
    CORRECTION = "correction"  # a person told who said it


class Field(StrEnum):
    """Which stored string a span counts in."""

    TITLE = "title"
    TEXT = "text"


class MentionRole(StrEnum):
    """Only `mention` counts: makes the article one about the place or organization."""

    MENTION = "mention"
    DATELINE = "dateline"  # "WASHINGTON -" at the start of a report
    NAME_PART = "name_part"  # "Boston 25 News", "Coalition ... of Los Angeles"


class PlaceKind(StrEnum):
    """What a place is."""

    CITY = "city"
    COUNTY = "county"
    STATE = "state"
    COUNTRY = "country"


class EntityLabel(StrEnum):
    """The label of a raw recognised name."""

    PERSON = "person"
    ORGANIZATION = "organization"
    LOCATION = "location"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One named speaker of one statement, as the article presents them.

    `name` is the fullest form of the name in the article. `title` and `affiliation` are the role
    words and the organization *as printed in this article*, wherever in it they stand.
    """

    name: str
    kind: SpeakerKind
    method: AttributionMethod
    title: str | None = None
    affiliation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Something a source said, wrote or is reported to hold; spans count in the text.

    `content` leaves the outer quotation marks out; a quotation split by its cue has two spans.
    `speakers` is empty when nobody is named, has several when said jointly.
    `confidence` is a probability in [0, 1] that statement and speaker are right.
    """

    kind: StatementKind
    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    cue_class: CueClass = CueClass.OTHER
    source: tuple[Span, ...] = ()
    source_kind: SourceKind | None = None  # null when the text names no source at all
    speakers: tuple[Attribution, ...] = ()
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMention:
    """One occurrence of a named person: name, short name, pronoun or title."""

    field: Field
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A named person of the article with every mention that the text supports."""

    name: str
    title: str | None
    affiliation: str | None
    mentions: tuple[PersonMention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMention:
    """A name that may denote a place. `text` is the stored words of the span.

    `kind` is what the words around it say it must be ("New York state", "Suffolk County"), else null.
    `container` holds the words of a state or country printed right behind it ("Springfield, Ill.").
    `blocked` is the reason why, in this place, the name is no place at all or cannot count
    ("Washington said": the government), else null; a blocked mention is kept as unlinked.
    """

    field: Field
    span: Span
    text: str
    role: MentionRole = MentionRole.MENTION
    kind: PlaceKind | None = None
    container: str | None = None
    blocked: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationMention:
    """A name of an organization. `full_name` is the long form when the article defines the
    acronym or short form ("Immigrant Legal Resource Center (ILRC)"), else the text itself.
    """

    field: Field
    span: Span
    text: str
    full_name: str
    role: MentionRole = MentionRole.MENTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A raw recognised name in the text."""

    span: Span
    label: EntityLabel


@dataclass(frozen=True, slots=True)
class TopicEvidence:
    """Words that speak of a topic."""

    field: Field
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleTopic:
    """A topic that an article is on, by slug.

    `evidence` is what speaks of this topic itself, in the title first, then in text order: a topic that is
    there for a narrower one may have none. `mentions` counts it with that of the narrower topics.
    """

    slug: str
    evidence: tuple[TopicEvidence, ...]
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedArticle:
    """An article with everything extraction found. `extracted` is false when the text is not
    English: then every tuple is empty.
    """

    article: Article
    pipeline_version: str
    extracted: bool = True
    statements: tuple[Statement, ...] = ()  # in text order of the first content span
    people: tuple[Person, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    organizations: tuple[OrganizationMention, ...] = ()
    entities: tuple[Entity, ...] = ()
    topics: tuple[ArticleTopic, ...] = ()  # in the order of the taxonomy, broader ones first
    bands: tuple[int, ...] | None = (
        None  # of the text (`app.domain.copies`); null where storing is to make them
    )
