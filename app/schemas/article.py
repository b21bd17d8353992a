"""What a list shows of an article."""

from pydantic import Field

from app.schemas.references import (
    ArticleReference,
    CityReference,
    OrganizationReference,
    Output,
    SpeakerReference,
)

CARD_VERSION = 1
"""Raised whenever the card's shape changes; `dateline reindex` rebuilds older ones."""

CARD_REFERENCES = 20
"""Most cities, speakers and organizations in a card, most mentioned first; counts are complete."""


class ArticleCounts(Output):
    """How much of each the article has."""

    words: int = Field(description="Words of the text.")
    statements: int = Field(description="Statements.")
    speakers: int = Field(description="Distinct speakers.")
    organizations: int = Field(description="Distinct organizations mentioned.")
    cities: int = Field(description="Distinct cities mentioned.")


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
