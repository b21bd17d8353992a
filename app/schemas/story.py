"""What is shown of the story that an article tells."""

from pydantic import Field

from app.schemas.references import Output


class StoryReference(Output):
    """The story of an article: the articles that are copies of one text."""

    key: str = Field(
        description="Public key of the story's earliest article; that of the article itself when no copy "
        "of it is known."
    )
    articles: int = Field(description="Articles that tell it, this one included.")
    earliest: bool = Field(description="Whether this article is the earliest of them.")


def alone(key: str) -> StoryReference:
    """Return the story of an article of which no copy is known."""
    return StoryReference(key=key, articles=1, earliest=True)
