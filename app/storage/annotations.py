"""Stored annotations, from their rows: the other way round of what saving writes."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, select

from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.speaker import Speaker
from app.db.models.statement import Part
from app.db.models.topic import Topic
from app.domain.annotation import (
    ArticleTopic,
    AttributionMethod,
    CueClass,
    Field,
    MentionRole,
    SourceKind,
    Statement,
    StatementKind,
    TopicEvidence,
)
from app.domain.exchange import (
    Annotations,
    StoredArticle,
    StoredAttribution,
    StoredMention,
    StoredPerson,
    StoredStatement,
)
from app.domain.links import Outcome, Party, RoleCategory
from app.domain.span import Span
from app.storage.bulk import among, pieces
from app.storage.reading import articles_of
from app.storage.rows import (
    ARTICLE_TOPICS,
    ARTICLES,
    ATTRIBUTIONS,
    AUTHORS,
    ORGANIZATION_MENTIONS,
    PERSON_MENTIONS,
    PLACE_MENTIONS,
    SPANS,
    STATEMENTS,
    TEXTS,
    TOPIC_MENTIONS,
    Columns,
    Rows,
    read_rows,
)

READ = (
    ARTICLES,
    TEXTS,
    AUTHORS,
    STATEMENTS,
    SPANS,
    ATTRIBUTIONS,
    PLACE_MENTIONS,
    ORGANIZATION_MENTIONS,
    PERSON_MENTIONS,
    ARTICLE_TOPICS,
    TOPIC_MENTIONS,
)
"""What an article's annotations are read from; cards, counts and associations follow from it."""

ENUMS = {"kind": StatementKind, "cue_class": CueClass, "source_kind": SourceKind}
_OF_A_STATEMENT = frozenset(field.name for field in fields(Statement)) - {"cue", "source"}
"""Columns that hold a field of the domain's statement as it is; of cue and source they hold the words."""

At = tuple[int, int]  # article id, ordinal
Ids = Mapping[int, str]
"""Slugs of records by their ids."""


@dataclass(frozen=True, slots=True)
class _Slugs:
    speakers: Ids
    organizations: Ids
    places: Ids
    topics: Ids


def read_annotated(connection: Connection, ids: Collection[int]) -> list[StoredArticle]:
    """Return articles with their annotations, in the order of their keys."""
    rows = read_rows(connection, ids, READ)
    articles = articles_of(connection, rows)
    slugs = _Slugs(
        _slugs(connection, Speaker, _ids(rows, (ATTRIBUTIONS, PERSON_MENTIONS), "speaker_id")),
        _slugs(
            connection, Organization, _ids(rows, (ATTRIBUTIONS, ORGANIZATION_MENTIONS), "organization_id")
        ),
        _slugs(connection, Place, _ids(rows, (PLACE_MENTIONS,), "place_id")),
        _slugs(connection, Topic, _ids(rows, (ARTICLE_TOPICS, TOPIC_MENTIONS), "topic_id")),
    )
    found = _annotations(rows, slugs)
    whole = (StoredArticle(article=article, annotations=found[id_]) for id_, article in articles.items())
    return sorted(whole, key=lambda stored: stored.article.key)


def _annotations(rows: Rows, slugs: _Slugs) -> dict[int, Annotations]:
    statements, topics = _statements(rows, slugs), _topics(rows, slugs.topics)
    places = _mentions(rows, PLACE_MENTIONS, "place_id", slugs.places)
    organizations = _mentions(rows, ORGANIZATION_MENTIONS, "organization_id", slugs.organizations)
    people = _people(rows, slugs.speakers)
    return {
        row["id"]: Annotations(
            pipeline_version=row["pipeline_version"],
            extracted=row["extracted"],
            statements=tuple(statements[row["id"]]),
            people=tuple(people[row["id"]]),
            places=tuple(places[row["id"]]),
            organizations=tuple(organizations[row["id"]]),
            topics=tuple(topics[row["id"]]),
        )
        for row in _named(rows, ARTICLES)
    }


def _statements(rows: Rows, slugs: _Slugs) -> dict[int, list[StoredStatement]]:
    spans = _spans(rows)
    attributions = _attributions(rows, slugs)
    found: dict[int, list[StoredStatement]] = defaultdict(list)
    for row in _named(rows, STATEMENTS):
        at = row["article_id"], row["ordinal"]
        values: dict[str, Any] = {
            name: ENUMS[name](value) if name in ENUMS and value is not None else value
            for name, value in row.items()
            if name in _OF_A_STATEMENT
        }
        values |= {part.value: tuple(spans.get((*at, part.value), ())) for part in Part}
        statement = Statement(**values)
        found[at[0]].append(
            StoredStatement(key=row["key"], statement=statement, attributions=tuple(attributions[at]))
        )
    return found


def _spans(rows: Rows) -> dict[tuple[int, int, str], list[Span]]:
    spans: dict[tuple[int, int, str], list[Span]] = defaultdict(list)
    for id_, ordinal, _, part, start, end in rows[SPANS]:
        spans[id_, ordinal, part].append(Span(start, end))
    return spans


def _attributions(rows: Rows, slugs: _Slugs) -> dict[At, list[StoredAttribution]]:
    found: dict[At, list[StoredAttribution]] = defaultdict(list)
    for row in _named(rows, ATTRIBUTIONS):
        found[row["article_id"], row["ordinal"]].append(
            StoredAttribution(
                speaker=slugs.speakers[row["speaker_id"]],
                method=AttributionMethod(row["method"]),
                title=row["title"],
                affiliation=row["affiliation"],
                organization=slugs.organizations.get(row["organization_id"]),
                party=row["party"] and Party(row["party"]),
                state=row["state"],
                role_category=RoleCategory(row["role_category"]),
            )
        )
    return found


def _mentions(rows: Rows, columns: Columns, owner: str, slugs: Ids) -> dict[int, list[StoredMention]]:
    found: dict[int, list[StoredMention]] = defaultdict(list)
    for row in _named(rows, columns):
        found[row["article_id"]].append(
            StoredMention(
                field=Field(row["field"]),
                span=Span(row["start"], row["end"]),
                role=MentionRole(row["role"]),
                outcome=Outcome(row["outcome"]),
                record=slugs.get(row[owner]),
                reason=row["reason"],
            )
        )
    return found


def _people(rows: Rows, slugs: Ids) -> dict[int, list[StoredPerson]]:
    found: dict[int, list[StoredPerson]] = defaultdict(list)
    for row in _named(rows, PERSON_MENTIONS):
        found[row["article_id"]].append(
            StoredPerson(
                field=Field(row["field"]),
                span=Span(row["start"], row["end"]),
                name=row["name"],
                person=slugs.get(row["speaker_id"], row["person"]),
            )
        )
    return found


def _topics(rows: Rows, slugs: Ids) -> dict[int, list[ArticleTopic]]:
    evidence: dict[At, list[TopicEvidence]] = defaultdict(list)
    for row in _named(rows, TOPIC_MENTIONS):
        one = TopicEvidence(Field(row["field"]), Span(row["start"], row["end"]))
        evidence[row["article_id"], row["topic_id"]].append(one)
    found: dict[int, list[ArticleTopic]] = defaultdict(list)
    for id_, topic, mentions in sorted(rows[ARTICLE_TOPICS], key=lambda row: slugs[row[1]]):
        shown = tuple(evidence[id_, topic])
        found[id_].append(ArticleTopic(slug=slugs[topic], evidence=shown, mentions=mentions))
    return found


def _named(rows: Rows, columns: Columns) -> Iterator[dict[str, Any]]:
    for row in rows[columns]:
        yield dict(zip(columns.names, row, strict=True))


def _ids(rows: Rows, tables: Collection[Columns], name: str) -> set[int]:
    found = {row[table.names.index(name)] for table in tables for row in rows[table]}
    return {id_ for id_ in found if id_ is not None}


def _slugs(
    connection: Connection, table: type[Speaker | Organization | Place | Topic], ids: Collection[int]
) -> dict[int, str]:
    slugs: dict[int, str] = {}
    for piece in pieces(ids):
        query = select(table.id, table.slug).where(among(connection, table.id, piece))
        slugs.update((id_, slug) for id_, slug in connection.execute(query))
    return slugs
