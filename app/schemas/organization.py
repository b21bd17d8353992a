"""What lists and pages show of organizations."""

from datetime import datetime

from pydantic import Field

from app.domain.links import OrganizationKind
from app.schemas.references import OrganizationReference
from app.schemas.speaker import FIRST, LAST
from app.schemas.statement import StatementsByCueClass


class OrganizationEntry(OrganizationReference):
    """An organization of the selected articles."""

    kind: OrganizationKind = Field(description="What it is.")
    articles: int = Field(
        description="Selected articles that mention it or, with `organization_relation`, in which it or "
        "somebody for it speaks."
    )
    statements: int = Field(description="Statements by it or for it in the selected articles.")
    statements_by_cue_class: StatementsByCueClass = Field(
        description="The same statements, counted apart by what their reporting words report."
    )
    first_published_at: datetime | None = Field(description=FIRST)
    last_published_at: datetime | None = Field(description=LAST)


class OrganizationDetail(OrganizationReference):
    """An organization with everything that the corpus has."""

    kind: OrganizationKind = Field(description="What it is.")
    authority: bool = Field(
        description="True when the authority file has it; false when it is known by its name only."
    )
    parent: OrganizationReference | None = Field(description="The organization it belongs to.")
    aliases: list[str] = Field(description="Other names.")
    articles: int = Field(description="Articles that mention it.")
    statements: int = Field(description="Statements by it or for it.")
    statements_by_cue_class: StatementsByCueClass = Field(
        description="The same statements, counted apart by what their reporting words report."
    )
    speakers: int = Field(description="Speakers of these statements.")
    first_published_at: datetime | None = Field(description=FIRST)
    last_published_at: datetime | None = Field(description=LAST)
