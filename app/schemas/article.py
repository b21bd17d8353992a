"""What a list shows of an article."""

from datetime import datetime

from pydantic import Field

from app.schemas.references import (
    ArticleReference,
    CityReference,
    OrganizationReference,
    Output,
    SpeakerReference,
    TopicReference,
)
from app.schemas.statement import StatementCard
from app.schemas.story import StoryReference

CARD_VERSION = 3
"""Raised whenever the card's shape changes; `dateline reindex` rebuilds older ones."""

CARD_REFERENCES = 20
"""Most cities, speakers, organizations and topics in a card, most mentioned first; counts are complete."""


class ArticleCounts(Output):
    """How much of each the article has."""

    words: int = Field(description="Words of the text.")
    statements: int = Field(description="Statements.")
    speakers: int = Field(description="Distinct speakers.")
    organizations: int = Field(description="Distinct organizations mentioned.")
    cities: int = Field(description="Distinct cities mentioned.")
    topics: int = Field(description="Topics that it is on, broader ones included.")


class ArticleCard(ArticleReference):
    """An article as lists show it."""

    authors: list[str] = Field(description="Byline names, in order.")
    language: str = Field(description="ISO 639-1 code of the text's language; `und` when it cannot be told.")
    extracted: bool = Field(description="False when the text is not English: it is stored, not extracted.")
    counts: ArticleCounts = Field(description="How much of each the article has.")
    speakers: list[SpeakerReference] = Field(
        description=f"Speakers, most statements first, then by name; at most {CARD_REFERENCES}."
    )
    organizations: list[OrganizationReference] = Field(
        description=f"Organizations mentioned, most mentions first, then by name; at most {CARD_REFERENCES}."
    )
    cities: list[CityReference] = Field(
        description=f"Cities mentioned, most mentions first, then by name; at most {CARD_REFERENCES}."
    )
    topics: list[TopicReference] = Field(
        description=f"Topics that it is on, most mentions first, then by name; at most {CARD_REFERENCES}."
    )
    story: StoryReference = Field(description="The story that it tells, with the articles that are copies.")


MOST_STATEMENTS = 50
"""Statements that the page of an article shows; a link leads to the rest."""

MOST_OF_EACH = 200
"""Speakers, organizations, cities and topics that the page of an article shows; `counts` are complete."""


class ArticleSpeaker(SpeakerReference):
    """A speaker of the article."""

    statements: int = Field(description="Statements of the speaker in the article.")


class ArticleOrganization(OrganizationReference):
    """An organization that the article mentions."""

    mentions: int = Field(description="Mentions that count.")


class ArticleCity(CityReference):
    """A city that the article mentions."""

    mentions: int = Field(description="Mentions that count.")


class ArticleTopic(TopicReference):
    """A topic that the article is on."""

    mentions: int = Field(description="What speaks of it or of a narrower topic: spans of title and text.")


class ArticleStatements(Output):
    """The article's statements in text order."""

    results: list[StatementCard] = Field(description=f"The first {MOST_STATEMENTS}.")
    next: str | None = Field(description="Path of the rest; null when these are all.")


class ArticleDetail(ArticleReference):
    """An article with everything but its text."""

    authors: list[str] = Field(description="Byline names, in order.")
    language: str = Field(description="ISO 639-1 code of the text's language; `und` when it cannot be told.")
    extracted: bool = Field(description="False when the text is not English: it is stored, not extracted.")
    text_sha256: str = Field(description="SHA-256 of the text in UTF-8, to which every span refers.")
    original_sha256: str | None = Field(
        description="SHA-256 of the bytes that it was read from (a file, a line, an entry), before "
        "anything was decoded or repaired; null when it had none of its own."
    )
    summary_only: bool = Field(description="True when the input held a summary and no text: this is it.")
    ingested_at: datetime = Field(description="When it was first stored, UTC.")
    updated_at: datetime = Field(description="When it last changed, UTC.")
    pipeline_version: str = Field(description="Version of the extraction that annotated it.")
    counts: ArticleCounts = Field(description="How much of each the article has.")
    speakers: list[ArticleSpeaker] = Field(
        description=f"Speakers, most statements first, then by name; at most {MOST_OF_EACH}."
    )
    organizations: list[ArticleOrganization] = Field(
        description=f"Organizations mentioned, most mentions first, then by name; at most {MOST_OF_EACH}."
    )
    cities: list[ArticleCity] = Field(
        description=f"Cities mentioned, most mentions first, then by name; at most {MOST_OF_EACH}."
    )
    topics: list[ArticleTopic] = Field(
        description=f"Topics that it is on, most mentions first, then by name; at most {MOST_OF_EACH}."
    )
    story: StoryReference = Field(description="The story that it tells, with the articles that are copies.")
    statements: ArticleStatements = Field(description="What the article reports that somebody said.")
