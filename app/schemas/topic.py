"""What lists and pages show of topics."""

from datetime import datetime

from pydantic import Field

from app.schemas.references import TopicReference
from app.schemas.speaker import FIRST, LAST


class TopicEntry(TopicReference):
    """A topic that the selected articles are on."""

    description: str = Field(description="What it is about, in a sentence.")
    broader: TopicReference | None = Field(
        description="The topic that it is part of: an article on this one is on that one too."
    )
    articles: int = Field(description="Selected articles that are on it.")
    statements: int = Field(description="Statements in these articles.")
    first_published_at: datetime | None = Field(description=FIRST)
    last_published_at: datetime | None = Field(description=LAST)


class TopicDetail(TopicEntry):
    """A topic with everything that the corpus has."""

    narrower: list[TopicReference] = Field(description="The topics that are part of it, by name.")
    speakers: int = Field(description="Speakers in the articles that are on it.")
