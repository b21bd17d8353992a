"""The rows of statements: the words with their spans, who said them, for which organization; pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from app.db.models.links import (
    ArticleOrganization,
    ArticleSpeaker,
    OrganizationRelation,
    StatementOrganization,
)
from app.db.models.statement import Attribution, Part, StatementSpan
from app.db.models.statement import Statement as StatementRow
from app.domain.annotation import Statement
from app.domain.links import LinkedArticle, LinkedAttribution, LinkedStatement
from app.domain.span import Span
from app.schemas.statement import CONTENT_GAP
from app.storage.records import Records
from app.storage.rows import TableRow
from app.storage.statement_keys import statement_keys


def keys_of(linked: LinkedArticle) -> list[str]:
    """Return the keys of an article's statements, in their order."""
    article = linked.annotated.article
    texts = (_words(found.statement.content, article.text) for found in linked.statements)
    return statement_keys(article.key, (text or "" for text in texts))


def statement_rows(
    linked: LinkedArticle, article_id: int, *, records: Records, keys: Sequence[str]
) -> Iterator[TableRow]:
    """Yield the rows of all statements, and those of the article's speakers and organizations.

    `keys` are the statements' own, as `keys_of` returns them.
    """
    text = linked.annotated.article.text
    speakers: Counter[int] = Counter()
    organizations: Counter[tuple[int, OrganizationRelation]] = Counter()
    for ordinal, (found, key) in enumerate(zip(linked.statements, keys, strict=True)):
        at = {"article_id": article_id, "ordinal": ordinal}
        yield _statement(found.statement, text, at | {"key": key})
        yield from _spans(found.statement, at)
        yield from _attributions(found, at, records)
        speakers.update({records.speaker(attribution.speaker) for attribution in found.attributions})
        related = _related(found, records)
        organizations.update(list(related))
        for organization, relation in related:
            yield StatementOrganization, {"organization_id": organization, "relation": relation, **at}
    for speaker, count in speakers.items():
        yield ArticleSpeaker, {"speaker_id": speaker, "article_id": article_id, "statements": count}
    for (organization, relation), count in organizations.items():
        row = {"organization_id": organization, "relation": relation, "article_id": article_id}
        yield ArticleOrganization, row | {"count": count}


def _statement(statement: Statement, text: str, row: dict[str, object]) -> TableRow:
    return StatementRow, row | {
        "kind": statement.kind,
        "text": _words(statement.content, text),
        "cue": _words(statement.cue, text),
        "source_text": _words(statement.source, text),
        "source_kind": statement.source_kind,
        "confidence": statement.confidence,
    }


def _words(spans: tuple[Span, ...], text: str) -> str | None:
    return CONTENT_GAP.join(span.of(text) for span in spans) if spans else None


def _spans(statement: Statement, at: dict[str, int]) -> Iterator[TableRow]:
    parts = (
        *((Part.CONTENT, span) for span in statement.content),
        *((Part.CUE, span) for span in statement.cue),
        *((Part.SOURCE, span) for span in statement.source),
    )
    for position, (part, span) in enumerate(parts):
        yield StatementSpan, {**at, "position": position, "part": part, "start": span.start, "end": span.end}


def _attributions(found: LinkedStatement, at: dict[str, int], records: Records) -> Iterator[TableRow]:
    """Yield a row for each speaker, once: two names of one record are one speaker."""
    by_speaker: dict[int, LinkedAttribution] = {}
    for linked in found.attributions:
        by_speaker.setdefault(records.speaker(linked.speaker), linked)
    for position, (speaker_id, linked) in enumerate(by_speaker.items()):
        printed = linked.attribution
        yield (
            Attribution,
            {
                **at,
                "position": position,
                "speaker_id": speaker_id,
                "method": printed.method,
                "title": printed.title,
                "affiliation": printed.affiliation,
                "organization_id": records.organization(linked.organization or linked.speaker.organization),
                "party": linked.party,
                "state": linked.state,
                "role_category": linked.role_category,
            },
        )


def _related(found: LinkedStatement, records: Records) -> dict[tuple[int, OrganizationRelation], None]:
    """Return the organizations that a statement is by or for, each once, in the order of its speakers."""
    related: dict[tuple[int, OrganizationRelation], None] = {}
    for linked in found.attributions:
        for organization, relation in _relations(linked, records):
            related[organization, relation] = None
    return related


def _relations(linked: LinkedAttribution, records: Records) -> Iterator[tuple[int, OrganizationRelation]]:
    speaking = records.organization(linked.speaker.organization)
    if speaking is not None:
        yield speaking, OrganizationRelation.SPEAKER
    affiliation = records.organization(linked.organization)
    if affiliation is not None and affiliation != speaking:
        yield affiliation, OrganizationRelation.AFFILIATION
