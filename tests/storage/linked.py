"""Linked articles written by hand: fictional people in real cities."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

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
    PlaceKind,
    PlaceMention,
    SourceKind,
    SpeakerKind,
    Statement,
    StatementKind,
    TopicEvidence,
)
from app.domain.article import Article, Precision
from app.domain.links import (
    GazetteerPlace,
    LinkedArticle,
    LinkedAttribution,
    LinkedOrganizationMention,
    LinkedPlaceMention,
    LinkedStatement,
    OrganizationKind,
    OrganizationRecord,
    Outcome,
    SpeakerRecord,
    Topic,
)
from app.domain.names import slugify
from app.domain.span import Span

BOSTON = GazetteerPlace(
    slug="boston-ma",
    kind=PlaceKind.CITY,
    name="Boston",
    country="US",
    state="MA",
    geonameid=4930956,
    latitude=42.3584,
    longitude=-71.0598,
    population=653833,
)
MASSACHUSETTS = GazetteerPlace(
    slug="massachusetts", kind=PlaceKind.STATE, name="Massachusetts", country="US", state="MA"
)
COUNCIL = OrganizationRecord(
    slug="harbor-rights-council",
    name="Harbor Rights Council",
    kind=OrganizationKind.ADVOCACY_GROUP,
    acronym="HRC",
)
AGENCY = OrganizationRecord(
    slug="border-works-agency",
    name="Border Works Agency",
    kind=OrganizationKind.AGENCY,
    acronym="BWA",
    aliases=("Border Works",),
    authority=True,
)

PROTECTION = Topic(slug="protection", name="Protection", description="Who may stay.")
WAITING = Topic(slug="waiting", name="Waiting", description="How long it takes.", broader="protection")
TAXONOMY = (PROTECTION, WAITING)

TITLE = "Boston council speaks"
TEXT = (
    "BOSTON — “We will not wait,” Ana Ortega, director of the Harbor Rights Council, said. “Not a day.”\n\n"
    "The Border Works Agency denied in Boston that it had waited. She left. Officials in Massachusetts "
    "declined to talk, critics said."
)


def spans(text: str, *words: str) -> tuple[Span, ...]:
    """Return where the words stand, each behind the one before."""
    found, at = [], 0
    for piece in words:
        start = text.index(piece, at)
        at = start + len(piece)
        found.append(Span(start, at))
    return tuple(found)


def person(name: str, *aliases: str, slug: str | None = None) -> SpeakerRecord:
    return SpeakerRecord(slug=slug or slugify(name), name=name, kind=SpeakerKind.PERSON, aliases=aliases)


def speaking(organization: OrganizationRecord) -> SpeakerRecord:
    return SpeakerRecord(
        slug=organization.slug,
        name=organization.name,
        kind=SpeakerKind.ORGANIZATION,
        aliases=(*((organization.acronym,) if organization.acronym else ()), *organization.aliases),
        organization=organization,
    )


def read_article(
    name: str = "one", *, text: str = TEXT, title: str | None = TITLE, source: str | None = "Harbor Herald"
) -> Article:
    """Return an article as readers hand it on; `name` makes its address, and so its identity."""
    identity = f"url:https://example.org/{name}"
    return Article(
        key=f"key{name}",
        identity=identity,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        language="en",
        origin=f"{name}.txt",
        title=title,
        source=source,
        source_url="https://example.org",
        url=f"https://example.org/{name}",
        authors=("Iris Vale", "Tom Reed"),
        published_at=datetime(2020, 2, 14, tzinfo=UTC),
        published_precision=Precision.DAY,
    )


def bare(article: Article, *statements: LinkedStatement) -> LinkedArticle:
    """Return an article in which nothing but these statements was found."""
    annotated = AnnotatedArticle(
        article=article, pipeline_version="1", statements=tuple(found.statement for found in statements)
    )
    return LinkedArticle(annotated=annotated, statements=statements)


def said(
    text: str,
    *content: str,
    by: SpeakerRecord | None = None,
    for_: OrganizationRecord | None = None,
    cue: str | None = None,
    source: str | None = None,
    kind: StatementKind = StatementKind.DIRECT,
    title: str | None = None,
) -> LinkedStatement:
    """Return a statement of these words of the text."""
    attribution = None
    if by is not None:
        affiliation = for_.name if for_ else None
        attribution = Attribution(
            name=by.name,
            kind=by.kind,
            method=AttributionMethod.NAME,
            title=title,
            affiliation=affiliation,
        )
    statement = Statement(
        kind=kind,
        content=spans(text, *content),
        cue=spans(text, cue) if cue else (),
        source=spans(text, source) if source else (),
        source_kind=SourceKind.NAMED if by else SourceKind.COLLECTIVE,
        speakers=(attribution,) if attribution else (),
        confidence=0.75,
    )
    if by is None or attribution is None:
        return LinkedStatement(statement=statement)
    organization = for_ or by.organization
    return LinkedStatement(
        statement=statement,
        attributions=(LinkedAttribution(attribution=attribution, speaker=by, organization=organization),),
    )


def place(text: str, words: str, record: GazetteerPlace | None, /, **rest: Any) -> LinkedPlaceMention:
    """Return a mention of a place, by default in the text, counting."""
    mention = PlaceMention(field=Field.TEXT, span=spans(text, words)[0], text=words)
    outcome = Outcome.LINKED if record else Outcome.UNLINKED
    reason = None if record else "no such place"
    return LinkedPlaceMention(mention=replace(mention, **rest), outcome=outcome, place=record, reason=reason)


def organization(
    text: str, words: str, record: OrganizationRecord, /, **rest: Any
) -> LinkedOrganizationMention:
    """Return a mention of an organization, by default in the text, counting."""
    mention = OrganizationMention(
        field=Field.TEXT, span=spans(text, words)[0], text=words, full_name=record.name
    )
    return LinkedOrganizationMention(
        mention=replace(mention, **rest), outcome=Outcome.LINKED, organization=record
    )


def full_article(
    name: str = "one", *, text: str = TEXT, source: str | None = "Harbor Herald"
) -> LinkedArticle:
    """Return an article in which everything that can be found was found."""
    article = read_article(name, text=text, source=source)
    ortega = person("Ana Ortega")
    statements = tuple(_statements(text, ortega))
    named = spans(text, "Ana Ortega", "She")
    woman = Person(
        name="Ana Ortega",
        title="director",
        affiliation="Harbor Rights Council",
        mentions=tuple(PersonMention(field=Field.TEXT, span=span) for span in named),
    )
    in_title = {"field": Field.TITLE, "span": Span(0, 6)}
    return LinkedArticle(
        annotated=AnnotatedArticle(
            article=article,
            pipeline_version="1",
            statements=tuple(found.statement for found in statements),
            people=(woman,),
            topics=(
                ArticleTopic(slug="protection", evidence=(), mentions=2),
                ArticleTopic(slug="waiting", evidence=tuple(_evidence(text)), mentions=2),
            ),
        ),
        statements=statements,
        places=(
            place(TITLE, "Boston", BOSTON, **in_title),
            place(text, "BOSTON", BOSTON, role=MentionRole.DATELINE),
            place(text, "Boston", BOSTON),
            place(text, "Massachusetts", MASSACHUSETTS),
            place(text, "Harbor", None, role=MentionRole.NAME_PART),
        ),
        organizations=(
            organization(text, "Harbor Rights Council", COUNCIL),
            organization(text, "Border Works Agency", AGENCY),
        ),
        people=(ortega,),
    )


def _evidence(text: str) -> Iterator[TopicEvidence]:
    yield TopicEvidence(Field.TITLE, Span(7, 14))
    for span in spans(text, "wait,"):
        yield TopicEvidence(Field.TEXT, span)


def _statements(text: str, ortega: SpeakerRecord) -> Iterator[LinkedStatement]:
    yield said(
        text,
        "We will not wait,",
        "Not a day.",
        by=ortega,
        for_=COUNCIL,
        cue="said",
        source="Ana Ortega, director of the Harbor Rights Council",
        title="director",
    )
    yield said(
        text,
        "that it had waited",
        by=speaking(AGENCY),
        cue="denied",
        source="The Border Works Agency",
        kind=StatementKind.INDIRECT,
    )
    yield said(
        text,
        "Officials in Massachusetts declined to talk",
        cue="said",
        source="critics",
        kind=StatementKind.INDIRECT,
    )
