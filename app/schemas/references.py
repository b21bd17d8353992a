"""Compact references that stand inside other records, so that a page renders from one call."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from app.domain.annotation import SpeakerKind
from app.domain.article import Precision


class Output(BaseModel):
    """Base of everything the API hands out: every key always present, null when unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class SourceReference(Output):
    """The outlet of an article."""

    slug: str = Field(description="Public key of the source.")
    name: str = Field(description="Name of the outlet.")


class SpeakerReference(Output):
    """A speaker."""

    slug: str = Field(description="Public key of the speaker.")
    name: str = Field(description="Full name.")
    kind: SpeakerKind = Field(description="Whether a person or an organization speaks.")


class OrganizationReference(Output):
    """An organization."""

    slug: str = Field(description="Public key of the organization.")
    name: str = Field(description="Full name.")
    acronym: str | None = Field(description="Usual acronym.")


class CityReference(Output):
    """A city."""

    slug: str = Field(description="Public key of the city.")
    name: str = Field(description="Name of the city.")
    state: str | None = Field(description="Postal code of the US state; null outside the United States.")
    country: str = Field(description="ISO 3166-1 alpha-2 code of the country.")


class TopicReference(Output):
    """A topic of immigration policy."""

    slug: str = Field(description="Public key of the topic.")
    name: str = Field(description="Name of the topic.")


class ArticleReference(Output):
    """The article that something stands in."""

    key: str = Field(description="Public key of the article.")
    title: str | None = Field(description="Headline.")
    url: str | None = Field(description="Address of the publisher's page.")
    published_at: datetime | None = Field(
        description="Instant of publication, UTC; the start of the period when the precision is coarser."
    )
    published_precision: Precision | None = Field(description="How exactly the publication time is known.")
    source: SourceReference | None = Field(description="The outlet.")
