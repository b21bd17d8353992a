"""Decisions about one statement: that it is right, who said it, that nobody did."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from app.db.models.organization import Organization
from app.db.models.statement import Attribution, Statement
from app.domain.annotation import AttributionMethod, SpeakerKind
from app.domain.corrections import Correctable, Correction, CorrectionAction, State, StatedSpeaker
from app.domain.exchange import StoredArticle, StoredAttribution, StoredStatement
from app.domain.links import RoleCategory
from app.domain.review import Review
from app.storage.annotations import read_annotated
from app.storage.copying import KnownRecords, known_records
from app.storage.corrections.applying import REVIEWS
from app.storage.corrections.log import make_correction
from app.storage.corrections.lookups import withdrawn_why
from app.storage.corrections.rewriting import rewrite
from app.storage.corrections.told import CorrectionError, Told


class Found(NamedTuple):
    """A statement as it stands."""

    article_id: int
    article: StoredArticle
    statement: StoredStatement
    review: Review
    known: KnownRecords

    def state(self) -> State:
        """Return how it stands."""
        return State(
            review=self.review,
            speakers=tuple(stated(one, self.known) for one in self.statement.attributions),
            content=self.statement.statement.content,
        )

    @property
    def day(self) -> date | None:
        """The day of its article."""
        published = self.article.article.published_at
        return None if published is None else published.date()


def find_statement(connection: Connection, key: str) -> Found:
    """Return a statement. Raises CorrectionError for a key that none has."""
    query = select(Statement.article_id, Statement.review).where(Statement.key == key)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise CorrectionError(f"there is no statement {key}{withdrawn_why(connection, key)}")
    (article,) = read_annotated(connection, [row.article_id])
    (statement,) = (one for one in article.annotations.statements if one.key == key)
    return Found(row.article_id, article, statement, row.review, known_records(connection, [article]))


def confirm(connection: Connection, key: str, told: Told) -> Correction:
    """Tell that a statement is right as it stands, whatever extraction finds later.

    Raises CorrectionError.
    """
    found = find_statement(connection, key)
    if found.review is Review.RETRACTED:
        raise CorrectionError(f"statement {key} is retracted: undo that first")
    return _decide(connection, found, CorrectionAction.CONFIRM, found.state().speakers, told)


def retract(connection: Connection, key: str, told: Told) -> Correction:
    """Tell that a statement is none, or was never made. Raises CorrectionError."""
    return _decide(connection, find_statement(connection, key), CorrectionAction.RETRACT, (), told)


def attribute(connection: Connection, key: str, speakers: Sequence[StatedSpeaker], told: Told) -> Correction:
    """Tell who said a statement: none when nobody is known. Raises CorrectionError."""
    found = find_statement(connection, key)
    by = {one.slug: one for one in speakers}
    same = list(by) == [one.speaker for one in found.statement.attributions]
    if same and found.review in (Review.UNREVIEWED, Review.CONFIRMED):
        way = "confirm it instead" if found.review is Review.UNREVIEWED else "nothing would change"
        raise CorrectionError(f"statement {key} is by {' and '.join(by) or 'nobody'} already: {way}")
    return _decide(connection, found, CorrectionAction.SPEAKER, tuple(by.values()), told)


def _decide(
    connection: Connection,
    found: Found,
    action: CorrectionAction,
    speakers: Sequence[StatedSpeaker],
    told: Told,
) -> Correction:
    before = found.state()
    after = replace(before, review=REVIEWS[action], speakers=tuple(speakers))
    key = found.statement.key
    if (after.review, [one.slug for one in after.speakers]) == (
        before.review,
        [one.slug for one in before.speakers],
    ):
        raise CorrectionError(f"statement {key} is {after.review} already: nothing would change")
    made = make_correction(
        connection,
        of=Correctable.STATEMENT,
        subject=key,
        action=action,
        article=found.article.article.key,
        before=before,
        after=after,
        told=told,
    )
    rewrite(connection, [found.article_id], now=told.now)
    return made


def stated(said: StoredAttribution, known: KnownRecords) -> StatedSpeaker:
    """Return an attribution as a correction keeps it."""
    speaker = known.speaker(said.speaker)
    return StatedSpeaker(
        slug=speaker.slug,
        name=speaker.name,
        kind=speaker.kind,
        method=said.method,
        title=said.title,
        affiliation=said.affiliation,
        organization=said.organization,
        party=said.party,
        state=said.state,
        role_category=said.role_category,
    )


def told_speaker(connection: Connection, found: Found, row: Any) -> tuple[StatedSpeaker, bool]:  # noqa: ANN401 - a row
    """Return a speaker as the statement's article presents them, and whether it does: by another statement.

    Else there is no more than who it is, and of an organization in which role it speaks elsewhere.
    """
    others = found.article.annotations.statements
    said = (one for each in (found.statement, *others) for one in each.attributions)
    here = next((one for one in said if one.speaker == row.slug), None)
    if here is not None:
        return replace(stated(here, found.known), method=AttributionMethod.CORRECTION), True
    bare = told_person(row.slug, row.name)
    if row.organization_id is None:
        return bare, False
    organization = select(Organization.slug).where(Organization.id == row.organization_id)
    role = select(Attribution.role_category).where(Attribution.speaker_id == row.id).limit(1)
    body = replace(
        bare,
        kind=SpeakerKind.ORGANIZATION,
        organization=connection.scalar(organization),
        role_category=connection.scalar(role) or RoleCategory.UNKNOWN,
    )
    return body, False


def told_person(slug: str, name: str) -> StatedSpeaker:
    """Return a person of whom no more is told."""
    return StatedSpeaker(slug=slug, name=name, kind=SpeakerKind.PERSON, method=AttributionMethod.CORRECTION)
