"""What a list shows of a statement."""

from datetime import datetime

from pydantic import Field

from app.db.models.statement import Part
from app.domain.annotation import AttributionMethod, CueClass, SourceKind, StatementKind
from app.domain.links import Party, RoleCategory
from app.domain.review import Review
from app.schemas.references import ArticleReference, OrganizationReference, Output, SpeakerReference

CARD_VERSION = 4
"""Raised whenever the card's shape changes; `dateline reindex` rebuilds older ones."""

CONTENT_GAP = " [...] "
"""Stands in `text` where a quotation was split by its cue."""


class StatementsByCueClass(Output):
    """Numbers of statements by `cue_class`. Those without a class are in none of them."""

    speech: int = Field(description="Statements that were said.")
    writing: int = Field(description="Statements that were written.")
    belief: int = Field(description="What somebody thinks, feels or expects.")
    intent: int = Field(description="What somebody wants, plans or decides.")
    other: int = Field(description="Support, votes and whatever else is reported.")


class StatementSpan(Output):
    """A piece of the statement in the article's text: `text[start:end]` in Unicode code points."""

    part: Part = Field(description="Content (the words said), cue (the reporting words) or source (who).")
    start: int = Field(description="First code point.")
    end: int = Field(description="Code point behind the last one.")


class StatementSpeaker(SpeakerReference):
    """A speaker of the statement, as the article presents them."""

    title: str | None = Field(description="Role words as printed in this article.")
    affiliation: str | None = Field(description="Affiliation as printed in this article.")
    organization: OrganizationReference | None = Field(
        description="The record of the affiliation, or of the organization that speaks itself."
    )
    party: Party | None = Field(description="Party on the day of the article.")
    state: str | None = Field(
        description="Postal code of the state of the US that the speaker stood for on that day."
    )
    role_category: RoleCategory = Field(
        description="The role in which the article presents the speaker, of a closed list."
    )
    method: AttributionMethod = Field(description="How the source words were resolved to this speaker.")


class StatementCard(Output):
    """A statement as lists show it."""

    key: str = Field(description="Public key; stays as long as the words stand in the article.")
    kind: StatementKind = Field(description="Direct (quoted), indirect (reported) or mixed.")
    text: str = Field(
        description="The words, without outer quotation marks. Where the cue splits them, ` [...] ` stands "
        "between the pieces, which the article does not have: the spans of part content tell them apart."
    )
    cue: str | None = Field(description="The reporting words as printed.")
    cue_class: CueClass | None = Field(
        description="What the reporting words report: speech, writing, belief (thinks, expects), intent "
        "(wants, plans) or other (supports, votes); null when the article was read by a version that told "
        "no classes."
    )
    source_text: str | None = Field(description="The words that name who said it, as printed.")
    source_kind: SourceKind | None = Field(
        description="Named, unnamed (an official), collective (critics) or unresolved (a pronoun of "
        "which it cannot be told whom it means); null when nobody is named at all."
    )
    confidence: float = Field(description="Probability, 0 to 1, that statement and speaker are right.")
    review: Review = Field(
        description="Whether a person has looked at it: unreviewed, confirmed (who said it is right), "
        "corrected (a person told who said it) or retracted (it is no statement, or was never made: it has "
        "no speakers)."
    )
    speakers: list[StatementSpeaker] = Field(
        description="Who said it: none when unknown or unnamed, several when said jointly."
    )
    spans: list[StatementSpan] = Field(description="Where the parts stand in the article's text.")
    article: ArticleReference = Field(description="The article it stands in.")


class StatementDetail(StatementCard):
    """A statement with what is needed to check it against the stored text."""

    text_sha256: str = Field(description="SHA-256 of the article's text in UTF-8, to which the spans refer.")
    updated_at: datetime = Field(description="When the article last changed, UTC.")
    pipeline_version: str = Field(description="Version of the extraction that found it.")
