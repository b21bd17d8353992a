"""The decisions of people that concern one statement."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from app.domain.corrections import Correctable, State
from app.schemas.correction import StatementCorrection, decided_state, state_of


def concerning(rows: Sequence[Any], speakers: Collection[str]) -> list[StatementCorrection]:
    """Return those of the decisions about a statement, and about the people in its article, that concern it.

    A decision about a person does when that one is among its `speakers` (slugs), or was when a person decided
    about the statement, before or after; and with it all others about the same person.
    """
    states = {row.key: (state_of(row.before), state_of(row.after)) for row in rows}
    known = {*speakers}
    for row in rows:
        if row.of is Correctable.STATEMENT:
            known.update(_speakers(states[row.key]))
    people = {
        row.subject
        for row in rows
        if row.of is Correctable.SPEAKER
        and not known.isdisjoint({row.subject, row.now, *_who(states[row.key])})
    }
    return [
        _shown(row, *states[row.key])
        for row in rows
        if row.of is Correctable.STATEMENT or row.subject in people
    ]


def _speakers(states: tuple[State | None, ...]) -> Iterator[str]:
    return (speaker.slug for state in states if state is not None for speaker in state.speakers)


def _who(states: tuple[State | None, ...]) -> Iterator[str | None]:
    return (state.slug for state in states if state is not None)


def _shown(row: Any, before: State | None, after: State | None) -> StatementCorrection:  # noqa: ANN401 - a row
    return StatementCorrection(
        key=row.key,
        made_at=row.made_at,
        made_by=row.made_by,
        reason=row.reason,
        of=row.of,
        action=row.action,
        before=decided_state(before),
        after=decided_state(after),
    )
