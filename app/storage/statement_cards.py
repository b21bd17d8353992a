"""The cards of statements, from their rows."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, select

from app.db.models.organization import Organization
from app.db.models.speaker import Speaker
from app.db.models.statement import Attribution, Statement, StatementSpan
from app.schemas.references import ArticleReference, OrganizationReference
from app.schemas.statement import CARD_VERSION, StatementCard, StatementSpeaker
from app.schemas.statement import StatementSpan as SpanSchema

At = tuple[int, int]  # article id, ordinal

STATEMENT = (
    Statement.article_id,
    Statement.ordinal,
    Statement.key,
    Statement.kind,
    Statement.text,
    Statement.cue,
    Statement.source_text,
    Statement.source_kind,
    Statement.confidence,
)


def statement_cards(
    connection: Connection, references: Mapping[int, ArticleReference]
) -> list[dict[str, object]]:
    """Return the rows of the cards of these articles' statements."""
    ids = list(references)
    speakers, spans = _speakers(connection, ids), _spans(connection, ids)
    query = select(*STATEMENT).where(Statement.article_id.in_(ids))
    cards = []
    for row in connection.execute(query.order_by(Statement.article_id, Statement.ordinal)):
        id_, ordinal, key, kind, text, cue, source_text, source_kind, confidence = row
        card = StatementCard(
            key=key,
            kind=kind,
            text=text,
            cue=cue,
            source_text=source_text,
            source_kind=source_kind,
            confidence=confidence,
            speakers=speakers[id_, ordinal],
            spans=spans[id_, ordinal],
            article=references[id_],
        )
        body = card.model_dump_json()
        cards.append({"article_id": id_, "ordinal": ordinal, "version": CARD_VERSION, "body": body})
    return cards


def _speakers(connection: Connection, ids: list[int]) -> dict[At, list[StatementSpeaker]]:
    query = (
        select(
            Attribution.article_id,
            Attribution.ordinal,
            Attribution.method,
            Attribution.title,
            Attribution.affiliation,
            Attribution.party,
            Attribution.state,
            Attribution.role_category,
            Speaker.slug,
            Speaker.name,
            Speaker.kind,
            Organization.slug.label("organization_slug"),
            Organization.name.label("organization_name"),
            Organization.acronym,
        )
        .join(Speaker, Speaker.id == Attribution.speaker_id)
        .outerjoin(Organization, Organization.id == Attribution.organization_id)
        .where(Attribution.article_id.in_(ids))
        .order_by(Attribution.article_id, Attribution.ordinal, Attribution.position)
    )
    speakers: dict[At, list[StatementSpeaker]] = defaultdict(list)
    for row in connection.execute(query):
        organization = None
        if row.organization_slug is not None:
            organization = OrganizationReference(
                slug=row.organization_slug, name=row.organization_name, acronym=row.acronym
            )
        speaker = StatementSpeaker(
            slug=row.slug,
            name=row.name,
            kind=row.kind,
            title=row.title,
            affiliation=row.affiliation,
            organization=organization,
            method=row.method,
            party=row.party,
            state=row.state,
            role_category=row.role_category,
        )
        speakers[row.article_id, row.ordinal].append(speaker)
    return speakers


def _spans(connection: Connection, ids: list[int]) -> dict[At, list[SpanSchema]]:
    query = (
        select(
            StatementSpan.article_id,
            StatementSpan.ordinal,
            StatementSpan.part,
            StatementSpan.start,
            StatementSpan.end,
        )
        .where(StatementSpan.article_id.in_(ids))
        .order_by(StatementSpan.article_id, StatementSpan.ordinal, StatementSpan.position)
    )
    spans: dict[At, list[SpanSchema]] = defaultdict(list)
    for id_, ordinal, part, start, end in connection.execute(query):
        spans[id_, ordinal].append(SpanSchema(part=part, start=start, end=end))
    return spans
