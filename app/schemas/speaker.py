"""What lists and pages show of speakers."""

from datetime import datetime

from pydantic import Field

from app.domain.links import Party, RoleCategory
from app.schemas.references import OrganizationReference, Output, SpeakerReference
from app.schemas.statement import StatementsByCueClass

MOST_TITLES = 5
"""Titles that a list shows of a speaker; the roles of the speaker show all."""

MOST_STATEMENTS = 20
"""Keys of statements that back a role; the speaker's statements are all of them."""

FIRST = "Instant of publication of the first of these, UTC, to the second; null when none is dated."
LAST = "Instant of publication of the last of these, UTC, to the second; null when none is dated."


class KnownSpeaker(SpeakerReference):
    """A speaker with the ids of a person of public office."""

    bioguide: str | None = Field(
        description="Id in the Biographical Directory of the United States Congress, when it is told without "
        "doubt who it is."
    )
    wikidata: str | None = Field(description="Id in Wikidata, when it is told without doubt who it is.")


class SpeakerEntry(KnownSpeaker):
    """A speaker of the selected statements; everything counted is counted over these."""

    statements: int = Field(description="Selected statements of the speaker.")
    statements_by_cue_class: StatementsByCueClass = Field(
        description="The same statements, counted apart by what their reporting words report."
    )
    articles: int = Field(description="Articles in which they stand.")
    share: float = Field(
        description="Statements of the speaker among all selected ones, 0 to 1; those without a speaker "
        "count as selected, and a joint statement counts for each of its speakers."
    )
    titles: list[str] = Field(
        description=f"Role words as printed, most frequent first; at most {MOST_TITLES}."
    )
    first_published_at: datetime | None = Field(description=FIRST)
    last_published_at: datetime | None = Field(description=LAST)


class SpeakerDetail(KnownSpeaker):
    """A speaker with everything that the corpus has."""

    aliases: list[str] = Field(description="Other printed forms of the name.")
    organization: OrganizationReference | None = Field(
        description="The organization that the speaker is; null for a person."
    )
    statements: int = Field(description="Statements of the speaker.")
    statements_by_cue_class: StatementsByCueClass = Field(
        description="The same statements, counted apart by what their reporting words report."
    )
    articles: int = Field(description="Articles in which they stand.")
    titles: list[str] = Field(
        description=f"Role words as printed, most frequent first; at most {MOST_TITLES}."
    )
    first_published_at: datetime | None = Field(description=FIRST)
    last_published_at: datetime | None = Field(description=LAST)


class Role(Output):
    """How articles present a speaker: title, affiliation and what follows from them, with statements."""

    title: str | None = Field(description="Role words as printed.")
    affiliation: str | None = Field(description="Affiliation as printed.")
    organization: OrganizationReference | None = Field(description="The record of the affiliation.")
    role_category: RoleCategory = Field(description="The role of a closed list that this is.")
    party: Party | None = Field(description="Party on the days of these articles.")
    state: str | None = Field(description="Postal code of the state that the speaker stood for then.")
    statements: int = Field(description="Selected statements in this role.")
    statements_by_cue_class: StatementsByCueClass = Field(
        description="The same statements, counted apart by what their reporting words report."
    )
    articles: int = Field(description="Articles in which they stand.")
    first_published_at: datetime | None = Field(description=FIRST)
    last_published_at: datetime | None = Field(description=LAST)
    statement_keys: list[str] = Field(
        description=f"Keys of these statements, newest first; at most {MOST_STATEMENTS}."
    )
