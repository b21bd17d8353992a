"""What a corpus is exported as and copied from: records by their slugs, articles with their annotations.

Ids and the instants at which the job worked are no part of it. Records are the domain's own where those say
all; the types here name records by slug instead of holding them.
"""

from dataclasses import dataclass

from app.domain.annotation import (
    ArticleTopic,
    AttributionMethod,
    Field,
    MentionRole,
    SpeakerKind,
    Statement,
)
from app.domain.article import Article
from app.domain.corrections import Correction
from app.domain.links import GazetteerPlace, OrganizationRecord, Outcome, Party, RoleCategory, Topic
from app.domain.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """An outlet."""

    slug: str
    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSpeaker:
    """A speaker, with the slug of the organization that it is, if it is one."""

    slug: str
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    organization: str | None = None
    bioguide: str | None = None
    wikidata: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """A slug that leads to another one: of speakers, where `kind` does not say "organization"."""

    slug: str
    target: str
    kind: str = "speaker"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawnKey:
    """A public key that stands no more. `kind` is "article" or "statement"."""

    key: str
    kind: str
    reason: str


Record = (
    SourceRecord
    | OrganizationRecord
    | StoredSpeaker
    | GazetteerPlace
    | Topic
    | Redirect
    | WithdrawnKey
    | Correction
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredAttribution:
    """A speaker of a statement. `organization` is the affiliation's, or that of the speaker itself."""

    speaker: str
    method: AttributionMethod
    title: str | None = None
    affiliation: str | None = None
    organization: str | None = None
    party: Party | None = None
    state: str | None = None
    role_category: RoleCategory = RoleCategory.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredStatement:
    """A statement with its public key. Who said it stands in `attributions`, not in the statement."""

    key: str
    statement: Statement
    attributions: tuple[StoredAttribution, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMention:
    """A mention of a place or an organization; `record` is set exactly when the outcome is linked."""

    field: Field
    span: Span
    role: MentionRole = MentionRole.MENTION
    outcome: Outcome = Outcome.LINKED
    record: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPerson:
    """A mention of a person. `name` is the fullest form in the article; `person` the slug of the speaker, or
    the one under which the person would speak; null where the article gives no full name.
    """

    field: Field
    span: Span
    name: str
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotations:
    """Everything that a version of the pipeline found in an article."""

    pipeline_version: str
    extracted: bool = True
    statements: tuple[StoredStatement, ...] = ()
    people: tuple[StoredPerson, ...] = ()
    places: tuple[StoredMention, ...] = ()
    organizations: tuple[StoredMention, ...] = ()
    topics: tuple[ArticleTopic, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article of a corpus with its annotations."""

    article: Article
    annotations: Annotations

    @property
    def origin(self) -> str:
        """Return where it was read."""
        return self.article.origin


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecord:
    """A record of a corpus, and where it was read."""

    record: Record
    origin: str


Stored = StoredArticle | StoredRecord
"""What a corpus is copied from."""
