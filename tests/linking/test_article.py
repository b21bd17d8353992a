import hashlib
from datetime import UTC, datetime

import pytest

from app.domain.annotation import (
    AnnotatedArticle,
    Attribution,
    AttributionMethod,
    Field,
    OrganizationMention,
    Person,
    PlaceMention,
    SpeakerKind,
    Statement,
    StatementKind,
)
from app.domain.article import Article, Precision
from app.domain.links import Outcome
from app.domain.span import Span
from app.linking.article import Indexes, link_article

TEXT = (
    "Mayor Ana Ortega of Boston spoke for the Harbor Welcome Network (HWN). Immigration and Customs "
    "Enforcement did not answer. Critics disagreed."
)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def annotated() -> AnnotatedArticle:
    article = Article(
        key="a1",
        identity="id:test:1",
        text=TEXT,
        text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        language="en",
        origin="test",
        published_at=datetime(2019, 5, 1, tzinfo=UTC),
        published_precision=Precision.DAY,
    )
    ortega = Attribution(
        name="Ana Ortega",
        kind=SpeakerKind.PERSON,
        method=AttributionMethod.NAME,
        title="Mayor",
        affiliation="HWN",
    )
    mystery = Attribution(name="Zed", kind=SpeakerKind.PERSON, method=AttributionMethod.NAME)
    return AnnotatedArticle(
        article=article,
        pipeline_version="test",
        statements=(
            Statement(
                kind=StatementKind.INDIRECT,
                content=(span("did not answer"),),
                speakers=(ortega,),
                confidence=1.0,
            ),
            Statement(
                kind=StatementKind.INDIRECT, content=(span("disagreed"),), speakers=(mystery,), confidence=1.0
            ),
        ),
        people=(
            Person(name="Ana Ortega", title="Mayor", affiliation=None, mentions=()),
            Person(name="Zed", title=None, affiliation=None, mentions=()),
        ),
        places=(PlaceMention(field=Field.TEXT, span=span("Boston"), text="Boston"),),
        organizations=(
            OrganizationMention(
                field=Field.TEXT, span=span("HWN"), text="HWN", full_name="Harbor Welcome Network"
            ),
            OrganizationMention(
                field=Field.TEXT,
                span=span("Immigration and Customs Enforcement"),
                text="Immigration and Customs Enforcement",
                full_name="Immigration and Customs Enforcement",
            ),
        ),
    )


def test_every_name_of_an_article_gets_its_record(annotated: AnnotatedArticle, indexes: Indexes) -> None:
    linked = link_article(annotated, indexes=indexes)
    assert [place.place.slug for place in linked.places if place.place] == ["boston-ma"]
    assert [one.organization.slug for one in linked.organizations if one.organization] == [
        "harbor-welcome-network",
        "us-immigration-and-customs-enforcement",
    ]
    assert all(one.outcome is Outcome.LINKED for one in linked.organizations)


def test_a_statement_whose_speaker_cannot_be_told_keeps_no_attribution(
    annotated: AnnotatedArticle, indexes: Indexes
) -> None:
    first, second = link_article(annotated, indexes=indexes).statements
    (attribution,) = first.attributions
    assert attribution.speaker.slug == "ana-ortega"
    assert attribution.organization is not None
    assert attribution.organization.slug == "harbor-welcome-network"
    assert second.attributions == ()


def test_people_stand_beside_the_annotated_ones(annotated: AnnotatedArticle, indexes: Indexes) -> None:
    people = link_article(annotated, indexes=indexes).people
    assert [None if person is None else person.slug for person in people] == ["ana-ortega", None]


def test_linking_is_pure(annotated: AnnotatedArticle, indexes: Indexes) -> None:
    assert link_article(annotated, indexes=indexes) == link_article(annotated, indexes=indexes)
