"""What is shown of the decisions of people about a statement."""

from datetime import datetime
from functools import cache

from pydantic import Field, TypeAdapter

from app.domain.annotation import AttributionMethod, SpeakerKind
from app.domain.corrections import Correctable, CorrectionAction, State
from app.domain.links import Party, RoleCategory
from app.domain.review import Review
from app.schemas.references import Output

MOST_CORRECTIONS = 1_000
"""That a history shows: people make them by hand, a handful for a statement."""


class DecidedSpeaker(Output):
    """A speaker of a statement as they stood when a person decided: nothing that came later is told."""

    slug: str = Field(description="Slug of the speaker then; one that was merged since leads to the other.")
    name: str = Field(description="Name as told or printed.")
    kind: SpeakerKind = Field(description="Whether a person or an organization speaks.")
    title: str | None = Field(description="Role words.")
    affiliation: str | None = Field(description="Affiliation as printed or told.")
    organization: str | None = Field(description="Slug of the organization of the affiliation then.")
    party: Party | None = Field(description="Party on the day of the article.")
    state: str | None = Field(description="Postal code of the state that the speaker stood for then.")
    role_category: RoleCategory = Field(description="The role, of a closed list.")
    method: AttributionMethod = Field(
        description="How it was known: `correction` when a person told it, else how extraction found it."
    )


class DecidedRecord(Output):
    """The speaker as whom somebody in the article counts."""

    slug: str = Field(description="Slug of the speaker then.")
    name: str | None = Field(description="Name of the speaker then.")


class DecidedState(Output):
    """How the subject of a correction stood before it, or stands after it."""

    review: Review | None = Field(description="The review of the statement; null of a speaker.")
    speakers: list[DecidedSpeaker] = Field(
        description="Of a statement: who said it, none when nobody is known."
    )
    record: DecidedRecord | None = Field(
        description="Of a speaker: as whom they count in this article; null of a statement."
    )


class StatementCorrection(Output):
    """A decision: of a person, about the statement or about who one of its speakers is in its article."""

    key: str = Field(description="Public key of the correction.")
    made_at: datetime = Field(description="When it was decided, UTC.")
    made_by: str = Field(description="Who decided.")
    reason: str = Field(description="Why.")
    of: Correctable = Field(
        description="About what: the `statement` itself, or a `speaker` who is somebody else in its article."
    )
    action: CorrectionAction = Field(
        description="For a statement: confirm, speaker (these said it, or nobody is known), retract; for a "
        "speaker: split (in this article it is another one); undo: what was decided before holds no more."
    )
    before: DecidedState | None = Field(description="How it stood.")
    after: DecidedState | None = Field(
        description="How it stands; null for an undo: what extraction finds holds again."
    )


class StatementHistory(Output):
    """How a statement stands in review, and what people decided."""

    key: str = Field(description="Public key of the statement.")
    review: Review = Field(description="How it stands in review now.")
    corrections: list[StatementCorrection] = Field(
        description=f"The decisions, newest first; at most the {MOST_CORRECTIONS:,} newest."
    )
    has_older: bool = Field(description="Whether there are older decisions, which are not shown.")


def state_of(stored: object) -> State | None:
    """Return the state that a column of corrections holds as JSON, what stands at its default left out."""
    return None if stored is None else _states().validate_python(stored)


def decided_state(state: State | None) -> DecidedState | None:
    """Return a state as it is shown."""
    if state is None:
        return None
    return DecidedState(
        review=state.review,
        speakers=[DecidedSpeaker.model_validate(speaker) for speaker in state.speakers],
        record=None if state.slug is None else DecidedRecord(slug=state.slug, name=state.name),
    )


@cache
def _states() -> TypeAdapter[State]:
    return TypeAdapter(State)
