"""What is shown of a mention."""

from enum import StrEnum

from pydantic import Field as Described

from app.domain.annotation import Field, MentionRole
from app.domain.links import Outcome
from app.schemas.references import Output


class MentionRecordKind(StrEnum):
    """What kind of record a mention was linked to."""

    SPEAKER = "speaker"
    ORGANIZATION = "organization"
    CITY = "city"
    COUNTY = "county"
    STATE = "state"
    COUNTRY = "country"
    TOPIC = "topic"


class MentionRecord(Output):
    """The record that a mention was linked to."""

    kind: MentionRecordKind = Described(description="What kind of record it is.")
    slug: str = Described(description="Its public key.")
    name: str = Described(description="Its name.")


class Mention(Output):
    """One occurrence of a person, place or organization in an article, or words that speak of a topic."""

    kind: str = Described(
        description="What is mentioned.",
        json_schema_extra={"enum": ["person", "place", "organization", "topic"]},
    )
    field: Field = Described(description="Whether it stands in the title or in the text.")
    start: int = Described(description="First code point in that string.")
    end: int = Described(description="Code point behind the last one.")
    text: str = Described(description="The words as printed.")
    name: str | None = Described(description="The fullest form of the name in the article; null for others.")
    role: MentionRole = Described(
        description="Only `mention` counts; a dateline or a part of another name does not."
    )
    outcome: Outcome = Described(description="Whether it could be linked to a record.")
    reason: str | None = Described(description="Why it was not linked.")
    record: MentionRecord | None = Described(description="The record, when it was linked.")
