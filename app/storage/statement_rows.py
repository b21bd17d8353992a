"""The rows of statements: the words with their spans, who said them, for which organization; pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from app.db.cue_words import findable_words
from app.db.models.links import OrganizationRelation
from app.db.models.statement import Part
from app.domain.links import LinkedArticle, LinkedAttribution, LinkedStatement, OrganizationRecord
from app.domain.span import Span
from app.schemas.statement import CONTENT_GAP
from app.storage.records import Records
from app.storage.rows import (
    ARTICLE_ORGANIZATIONS,
    ARTICLE_SPEAKERS,
    ATTRIBUTIONS,
    CUES,
    SPANS,
    STATEMENT_ORGANIZATIONS,
    STATEMENTS,
    Rows,
)
from app.storage.statement_keys import folded_words

CONTENT, CUE, SOURCE = Part.CONTENT.value, Part.CUE.value, Part.SOURCE.value
SPEAKER, AFFILIATION = OrganizationRelation.SPEAKER.value, OrganizationRelation.AFFILIATION.value


def words_of(linked: LinkedArticle) -> list[str]:
    """Return the folded words of an article's statements, in their order."""
    text = linked.annotated.article.text
    return [folded_words(_words(found.statement.content, text) or "") for found in linked.statements]


def add_statement_rows(
    rows: Rows, linked: LinkedArticle, article_id: int, *, records: Records, keys: Sequence[str]
) -> int:
    """Add the rows of all statements, and those of the article's speakers and organizations.

    `keys` are the statements' own, in their order. Returns how many speakers there are.
    """
    text = linked.annotated.article.text
    speakers: Counter[int] = Counter()
    organizations: Counter[tuple[int, str]] = Counter()
    for ordinal, (found, key) in enumerate(zip(linked.statements, keys, strict=True)):
        _add_statement(rows, found, article_id, ordinal, key=key, text=text)
        said_by = _by_speaker(found, records)
        _add_attributions(rows, said_by, article_id, ordinal, records=records)
        speakers.update(said_by.keys())
        for organization, relation in _related(said_by.values(), records):
            organizations[organization, relation] += 1
            rows[STATEMENT_ORGANIZATIONS].append((article_id, ordinal, organization, relation))
    rows[ARTICLE_SPEAKERS] += [(article_id, speaker, count) for speaker, count in speakers.items()]
    rows[ARTICLE_ORGANIZATIONS] += [
        (article_id, organization, relation, count)
        for (organization, relation), count in organizations.items()
    ]
    return len(speakers)


def _add_statement(
    rows: Rows, found: LinkedStatement, article_id: int, ordinal: int, *, key: str, text: str
) -> None:
    statement = found.statement
    content, cue, source = statement.content, statement.cue, statement.source
    cue_text = _words(cue, text)
    cued = _words(content, text), cue_text, statement.cue_class.value
    sourced = _words(source, text), statement.source_kind and statement.source_kind.value
    judged = statement.confidence, found.review.value
    rows[STATEMENTS].append((article_id, ordinal, key, statement.kind.value, *cued, *sourced, *judged))
    add_cue_rows(rows, article_id, ordinal, cue_text)
    parts = [(CONTENT, *span) for span in content]
    parts += [(CUE, *span) for span in cue]
    parts += [(SOURCE, *span) for span in source]
    rows[SPANS] += [(article_id, ordinal, position, *part) for position, part in enumerate(parts)]


def add_cue_rows(rows: Rows, article_id: int, ordinal: int, cue: str | None) -> None:
    """Add the rows by which a statement's cue is found, as it is stored; none without a cue."""
    rows[CUES] += [(article_id, ordinal, words) for words in findable_words(cue or "")]


def _words(spans: tuple[Span, ...], text: str) -> str | None:
    return CONTENT_GAP.join([text[start:end] for start, end in spans]) if spans else None


def _by_speaker(found: LinkedStatement, records: Records) -> dict[int, LinkedAttribution]:
    """Return the attribution of each speaker: of two names of one record the first counts."""
    by_speaker: dict[int, LinkedAttribution] = {}
    for linked in found.attributions:
        by_speaker.setdefault(records.speaker(linked.speaker).id, linked)
    return by_speaker


def _add_attributions(
    rows: Rows,
    by_speaker: Mapping[int, LinkedAttribution],
    article_id: int,
    ordinal: int,
    *,
    records: Records,
) -> None:
    for position, (speaker_id, linked) in enumerate(by_speaker.items()):
        printed = linked.attribution
        organization = _id(linked.organization or linked.speaker.organization, records)
        as_printed = printed.title, printed.affiliation, printed.method.value
        on_the_day = (linked.party and linked.party.value, linked.state, linked.role_category.value)
        rows[ATTRIBUTIONS].append(
            (article_id, ordinal, position, speaker_id, organization, *as_printed, *on_the_day)
        )


def _related(attributions: Iterable[LinkedAttribution], records: Records) -> list[tuple[int, str]]:
    """Return the organizations that a statement is by or for, each once, in the order of its speakers."""
    related: dict[tuple[int, str], None] = {}
    for linked in attributions:
        for organization, relation in _relations(linked, records):
            related[organization, relation] = None
    return list(related)


def _relations(linked: LinkedAttribution, records: Records) -> Iterator[tuple[int, str]]:
    speaking = _id(linked.speaker.organization, records)
    if speaking is not None:
        yield speaking, SPEAKER
    affiliation = _id(linked.organization, records)
    if affiliation is not None and affiliation != speaking:
        yield affiliation, AFFILIATION


def _id(record: OrganizationRecord | None, records: Records) -> int | None:
    return None if record is None else records.organization(record).id
