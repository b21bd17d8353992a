"""What lists and pages show of sources."""

from datetime import datetime

from pydantic import Field

from app.schemas.references import SourceReference
from app.schemas.speaker import FIRST, LAST


class SourceEntry(SourceReference):
    """An outlet of the selected articles."""

    url: str | None = Field(description="Home page of the outlet.")
    articles: int = Field(description="Selected articles of the outlet.")
    statements: int = Field(description="Statements in these articles.")
    first_published_at: datetime | None = Field(description=FIRST)
    last_published_at: datetime | None = Field(description=LAST)
