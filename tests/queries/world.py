"""A small corpus for filters and pages: the articles of `stories` as linking hands them on, and stored."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from app.db.engine import writing_engine
from app.db.models.corpus import RecordKind, SlugRedirect, Withdrawal
from app.db.models.correction import Correction
from app.domain.annotation import (
    AnnotatedArticle,
    ArticleTopic,
    Attribution,
    AttributionMethod,
    Field,
    MentionRole,
    OrganizationMention,
    Person,
    PersonMention,
    PlaceMention,
    SourceKind,
    SpeakerKind,
    Statement,
    TopicEvidence,
)
from app.domain.article import Article
from app.domain.links import (
    GazetteerPlace,
    LinkedArticle,
    LinkedAttribution,
    LinkedOrganizationMention,
    LinkedPlaceMention,
    LinkedStatement,
    OrganizationRecord,
    Outcome,
    Party,
    RoleCategory,
    SpeakerRecord,
    Topic,
)
from app.domain.span import Span
from app.storage.places import load_places
from app.storage.saving import save
from app.storage.topics import load_topics
from tests.conftest import Templates
from tests.made_prose import prose
from tests.queries.cast import (
    GAZETTEER,
    IN_WHAT_ROLE,
    OF_WHAT_PARTY,
    SILENT,
    TAXONOMY,
)
from tests.queries.decisions import DECISIONS
from tests.queries.stories import STORIES, Said, Story, words_said

WIRE_SENTENCES = 40  # far more than what a copy has besides
NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)


class Text:
    """Grows a text and remembers where words were put."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, words: str, end: str = " ") -> Span:
        start = len(self.text)
        self.text += words + end
        return Span(start, start + len(words))


def linked(
    story: Story,
    *,
    parties: Mapping[str, Party] = OF_WHAT_PARTY,
    roles: Mapping[str, RoleCategory] = IN_WHAT_ROLE,
) -> LinkedArticle:
    """Return the story as linking hands it on, its speakers of these parties and in these roles."""
    grown = Text()
    grown.add(story.words, ".\n\n")
    datelines = [_place(grown, place, MentionRole.DATELINE) for place in story.datelines]
    places = [*datelines, *(_place(grown, place, MentionRole.MENTION) for place in story.places)]
    places.append(_unlinked(grown, "Harbortown"))
    organizations = [_organization(grown, organization) for organization in story.organizations]
    people = [Person(name=SILENT, title=None, affiliation=None, mentions=(_person(grown, SILENT),))]
    statements = tuple(
        _statement(grown, said, number, tuple(_attribution(said, one, parties, roles) for one in said.by))
        for number, said in enumerate(story.says)
    )
    records: list[SpeakerRecord | None] = [None]
    for record in dict.fromkeys(r for said in story.says for r in said.by if r.kind is SpeakerKind.PERSON):
        mention = _person(grown, record.name)
        people.append(Person(name=record.name, title=None, affiliation=None, mentions=(mention,)))
        records.append(record)
    topics = _topics(grown, story.topics)
    if story.wire is not None:
        grown.add(prose(story.wire, WIRE_SENTENCES))
    return LinkedArticle(
        annotated=AnnotatedArticle(
            article=_article(story, grown.text),
            pipeline_version="1",
            statements=tuple(found.statement for found in statements),
            people=tuple(people),
            topics=topics,
        ),
        statements=statements,
        places=tuple(places),
        organizations=tuple(organizations),
        people=tuple(records),
    )


def _article(story: Story, text: str) -> Article:
    return Article(
        key=story.key,
        identity=f"url:https://example.org/{story.key}",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        language="en",
        origin=f"{story.key}.txt",
        title=story.title,
        source=story.source,
        url=f"https://example.org/{story.key}",
        authors=("Iris Vale",),
        published_at=story.on,
        published_precision=None if story.on is None else story.precision,
        original_sha256=hashlib.sha256(story.key.encode()).hexdigest() if story.on else None,
        summary_only=story.on is None,
    )


def _place(grown: Text, place: GazetteerPlace, role: MentionRole) -> LinkedPlaceMention:
    mention = PlaceMention(field=Field.TEXT, span=grown.add(place.name), text=place.name, role=role)
    return LinkedPlaceMention(mention=mention, outcome=Outcome.LINKED, place=place)


def _unlinked(grown: Text, words: str) -> LinkedPlaceMention:
    mention = PlaceMention(field=Field.TEXT, span=grown.add(words), text=words)
    return LinkedPlaceMention(mention=mention, outcome=Outcome.UNLINKED, reason="no such place")


def _organization(grown: Text, record: OrganizationRecord) -> LinkedOrganizationMention:
    span = grown.add(record.name)
    mention = OrganizationMention(field=Field.TEXT, span=span, text=record.name, full_name=record.name)
    return LinkedOrganizationMention(mention=mention, outcome=Outcome.LINKED, organization=record)


def _person(grown: Text, name: str) -> PersonMention:
    return PersonMention(field=Field.TEXT, span=grown.add(name))


def _topics(grown: Text, topics: tuple[Topic, ...]) -> tuple[ArticleTopic, ...]:
    printed = {topic.slug: TopicEvidence(Field.TEXT, grown.add(topic.name)) for topic in topics}
    narrower = [topic for topic in topics if topic.broader]
    mentions = dict.fromkeys(printed, 1)
    for topic in narrower:
        mentions[str(topic.broader)] = mentions.get(str(topic.broader), 0) + 1
    return tuple(
        ArticleTopic(slug=slug, evidence=(printed[slug],) if slug in printed else (), mentions=mentions[slug])
        for slug in mentions
    )


def _statement(
    grown: Text, said: Said, number: int, attributions: tuple[LinkedAttribution, ...]
) -> LinkedStatement:
    content = grown.add(words_said(said, number))
    cue = () if said.cue is None else (grown.add(said.cue),)
    source = grown.add(" and ".join(record.name for record in said.by) or "critics", ".\n\n")
    statement = Statement(
        kind=said.kind,
        content=(content,),
        cue=cue,
        cue_class=said.cue_class,
        source=(source,),
        source_kind=SourceKind.NAMED if said.by else SourceKind.COLLECTIVE,
        speakers=tuple(found.attribution for found in attributions),
        confidence=said.confidence,
    )
    return LinkedStatement(statement=statement, attributions=attributions, review=said.review)


def _attribution(
    said: Said,
    record: SpeakerRecord,
    parties: Mapping[str, Party],
    roles: Mapping[str, RoleCategory],
) -> LinkedAttribution:
    attribution = Attribution(
        name=record.name,
        kind=record.kind,
        method=AttributionMethod.NAME,
        title=said.title if record.kind is SpeakerKind.PERSON else None,
        affiliation=said.for_.name if said.for_ else None,
    )
    return LinkedAttribution(
        attribution=attribution,
        speaker=record,
        organization=said.for_ or record.organization,
        party=parties.get(record.slug),
        role_category=roles.get(record.slug, RoleCategory.UNKNOWN),
    )


def build(url: str, stories: Sequence[Story] = STORIES) -> None:
    """Save the stories, merged records, decisions and a withdrawn statement into a migrated database."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        load_places(connection, GAZETTEER)
        load_topics(connection, TAXONOMY)
        save(connection, [linked(story) for story in stories], now=NOW)
        connection.execute(
            insert(SlugRedirect),
            [
                {"kind": RecordKind.SPEAKER, "slug": "anna-ortega", "target": "ana-ortega"},
                {"kind": RecordKind.ORGANIZATION, "slug": "works-office", "target": "border-works-agency"},
                {"kind": RecordKind.SPEAKER, "slug": "works-desk", "target": "border-works-agency"},
            ],
        )
        connection.execute(insert(Correction), list(DECISIONS))
        connection.execute(
            insert(Withdrawal),
            [
                {
                    "key": "vanished",
                    "kind": RecordKind.STATEMENT,
                    "reason": "the words no longer stand in the article",
                    "withdrawn_at": NOW,
                }
            ],
        )
    engine.dispose()


@pytest.fixture
def world_url(templates: Templates, database_kind: str) -> str:
    """Give the URL of the small corpus: read only, since tests share it."""
    return templates.template(database_kind, "world", build, base=templates.migrated(database_kind))
