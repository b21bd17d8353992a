"""What a person asks to put right: one decision as the command line or a line of a file gives it."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What is to be done with the subject."""

    CONFIRM = "confirm"
    SPEAKER = "speaker"
    RETRACT = "retract"
    UNDO = "undo"
    MERGE_SPEAKERS = "merge-speakers"
    SPLIT_SPEAKER = "split-speaker"
    UNDO_SPEAKER = "undo-speaker"
    MERGE_ORGANIZATIONS = "merge-organizations"
    UNDO_ORGANIZATION = "undo-organization"


UNDOING = frozenset({Action.UNDO, Action.UNDO_SPEAKER, Action.UNDO_ORGANIZATION})
"""After these, articles are extracted anew."""

WITH_TARGET = frozenset(
    {Action.SPEAKER, Action.MERGE_SPEAKERS, Action.SPLIT_SPEAKER, Action.MERGE_ORGANIZATIONS}
)
NOBODY = "none"
"""As the only speaker of a statement: nobody is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`subject` is the key of a statement, or a slug. `targets` are slugs, `names` those of new people;
    `articles` keys or addresses. `number` is its line in a file, counted from 1.
    """

    action: Action
    subject: str
    by: str
    why: str
    targets: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    number: int = 1
