"""Putting the record right: decisions of people, taken all together or not at all."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine

from app.db.models.corpus import RecordKind
from app.domain.corrections import Correctable, Correction, State, StatedSpeaker
from app.domain.links import SpeakerRecord
from app.ingestion.database import require_current, writing
from app.ingestion.decisions import NOBODY, Action, Decision
from app.linking.persons import person_record
from app.linking.told_speakers import in_office
from app.storage.corrections.lookups import find_row, people_named, standing_slug
from app.storage.corrections.organizations import merge_organizations
from app.storage.corrections.speakers import merge_speakers, split_speaker
from app.storage.corrections.statements import (
    Found,
    attribute,
    confirm,
    find_statement,
    retract,
    told_person,
    told_speaker,
)
from app.storage.corrections.told import CorrectionError, Told
from app.storage.corrections.undoing import Undone, undo_merge, undo_split, undo_statement
from app.storage.speakers import make_namesake, slugs_of_people

Refused = tuple[int, str]
"""The number of a decision, and why it cannot be taken."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was decided, in order, and the keys of the articles that are to be extracted anew because of it.

    When anything is `refused`, nothing was done.
    """

    corrections: list[Correction] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    refused: list[Refused] = field(default_factory=list)


class _Nothing(Exception):  # noqa: N818 - it ends a transaction, and is no error
    """Nothing of the transaction is to stay."""


def take_decisions(decisions: Sequence[Decision], *, engine: Engine, dry_run: bool = False) -> Taken:
    """Take the decisions in their order in one transaction; none where one is refused, or in a dry run.

    Each is tried on what those before it would leave. Raises DatabaseNotReadyError.
    """
    taken = Taken()
    try:
        with writing(engine) as connection:
            require_current(connection)
            for decision in decisions:
                _try(connection, decision, taken)
            _keep(kept=not (taken.refused or dry_run))
    except _Nothing:
        pass
    return taken


def _keep(*, kept: bool) -> None:
    if not kept:
        raise _Nothing


def _try(connection: Connection, decision: Decision, taken: Taken) -> None:
    told = Told(by=decision.by, why=decision.why, now=datetime.now(UTC))
    try:
        done = TAKE[decision.action](connection, decision, told)
    except CorrectionError as error:
        taken.refused.append((decision.number, str(error)))
        return
    for one in done:
        taken.corrections.append(one.correction if isinstance(one, Undone) else one)
        taken.articles.update(one.articles if isinstance(one, Undone) else ())


Done = Sequence[Correction | Undone]
Take = Callable[[Connection, Decision, Told], Done]


def _confirm(connection: Connection, decision: Decision, told: Told) -> Done:
    return [confirm(connection, decision.subject, told)]


def _retract(connection: Connection, decision: Decision, told: Told) -> Done:
    return [retract(connection, decision.subject, told)]


def _attribute(connection: Connection, decision: Decision, told: Told) -> Done:
    found = find_statement(connection, decision.subject)
    slugs = () if decision.targets == (NOBODY,) else decision.targets
    speakers = [_speaker(connection, found, slug) for slug in slugs]
    speakers += [_person(connection, found, name) for name in decision.names]
    return [attribute(connection, decision.subject, speakers, told)]


def _speaker(connection: Connection, found: Found, slug: str) -> StatedSpeaker:
    """Return a speaker as the article presents them, else with the office of its day."""
    row = find_row(connection, RecordKind.SPEAKER, slug)
    told, presented = told_speaker(connection, found, row)
    if presented or not (row.bioguide or row.wikidata):
        return told
    party, state, role = in_office(bioguide=row.bioguide, wikidata=row.wikidata, on=found.day)
    return replace(told, party=party, state=state, role_category=role)


def _person(connection: Connection, found: Found, name: str) -> StatedSpeaker:
    """Return the person of a name, who may be one that nobody has heard of yet."""
    record = _record(name)
    known = people_named(connection, record.name)
    if len(known) > 1:
        raise CorrectionError(f"{record.name} may be {' or '.join(known)}: give the slug")
    slug = known[0] if known else slugs_of_people(connection, [record.slug])[record.slug]
    if standing_slug(connection, RecordKind.SPEAKER, slug) is not None:
        return _speaker(connection, found, slug)
    return told_person(slug, record.name)


def _record(name: str) -> SpeakerRecord:
    record = person_record(name)
    if record is None:
        raise CorrectionError(f"{name!r} is no first and last name")
    return record


def _split(connection: Connection, decision: Decision, told: Told) -> Done:
    if decision.names:
        record = _record(decision.names[0])
        find_row(connection, RecordKind.SPEAKER, decision.subject)
        into = make_namesake(connection, record)
        state = State(slug=into.slug, name=into.name)
    else:
        row = find_row(connection, RecordKind.SPEAKER, decision.targets[0])
        state = State(slug=row.slug, name=row.name)
    return split_speaker(connection, decision.subject, state, decision.articles, told)


def _merge_speakers(connection: Connection, decision: Decision, told: Told) -> Done:
    return [merge_speakers(connection, decision.subject, decision.targets[0], told)]


def _merge_organizations(connection: Connection, decision: Decision, told: Told) -> Done:
    return [merge_organizations(connection, decision.subject, decision.targets[0], told)]


def _undo(connection: Connection, decision: Decision, told: Told) -> Done:
    return [undo_statement(connection, decision.subject, told)]


def _undo_speaker(connection: Connection, decision: Decision, told: Told) -> Done:
    if decision.articles:
        return [undo_split(connection, decision.subject, each, told) for each in decision.articles]
    return [undo_merge(connection, Correctable.SPEAKER, decision.subject, told)]


def _undo_organization(connection: Connection, decision: Decision, told: Told) -> Done:
    return [undo_merge(connection, Correctable.ORGANIZATION, decision.subject, told)]


TAKE: Mapping[Action, Take] = {
    Action.CONFIRM: _confirm,
    Action.SPEAKER: _attribute,
    Action.RETRACT: _retract,
    Action.UNDO: _undo,
    Action.MERGE_SPEAKERS: _merge_speakers,
    Action.SPLIT_SPEAKER: _split,
    Action.UNDO_SPEAKER: _undo_speaker,
    Action.MERGE_ORGANIZATIONS: _merge_organizations,
    Action.UNDO_ORGANIZATION: _undo_organization,
}
