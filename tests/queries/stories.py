"""The articles of the small corpus for filters and pages: fictional people in real cities.

Each is a list of what it has, so that a test can say which ones a filter selects.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from app.db.article_ids import article_id, published_order
from app.domain.annotation import CueClass, StatementKind
from app.domain.article import Precision
from app.domain.links import GazetteerPlace, OrganizationRecord, SpeakerRecord, Topic
from app.domain.review import Review
from tests.queries.cast import (
    AGENCY,
    BOSTON,
    BUREAU,
    CHICAGO,
    COUNCIL,
    DIAZ,
    DOCKS,
    FRANCE,
    MASSACHUSETTS,
    ORTEGA,
    PIERS,
    SAN_JOSE,
    SPOKEN_AGENCY,
    SPRINGFIELD_IL,
    SPRINGFIELD_MA,
    SUFFOLK,
    TOLLS,
)

DIRECT, INDIRECT, MIXED = StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED
WRITING, INTENT = CueClass.WRITING, CueClass.INTENT


@dataclass(frozen=True)
class Said:
    """A statement: its kind, by whom, for which organization, under which title; its reporting words, what
    they report, and how sure it is; what it says, where that is long enough to be known again; its review.
    """

    kind: StatementKind
    by: tuple[SpeakerRecord, ...] = ()
    for_: OrganizationRecord | None = None
    title: str | None = None
    cue: str | None = "said"
    cue_class: CueClass = CueClass.SPEECH
    confidence: float = 0.75
    says: str | None = None
    review: Review = Review.UNREVIEWED

    @property
    def quotation(self) -> str | None:
        """What it quotes, null for what is only reported."""
        return None if self.kind is INDIRECT else self.says


@dataclass(frozen=True)
class Story:
    """An article: when, where, what it has."""

    key: str
    on: datetime | None
    source: str | None = "Harbor Herald"
    precision: Precision = Precision.DAY
    places: tuple[GazetteerPlace, ...] = ()
    organizations: tuple[OrganizationRecord, ...] = ()
    says: tuple[Said, ...] = ()
    words: str = ""
    title: str | None = "Notes"
    datelines: tuple[GazetteerPlace, ...] = field(default=())
    topics: tuple[Topic, ...] = ()  # whose names it prints; it is on the broader ones too
    wire: int | None = None  # which report it is a copy of, with what it has besides

    @property
    def order(self) -> tuple[bool, int]:
        """What sorts articles the earliest first."""
        return published_order(article_id(self.on, self.key))

    def same(self, other: "Story") -> bool:
        """Tell whether the other one tells the same story."""
        return self.key == other.key or (self.wire is not None and self.wire == other.wire)


def at(year: int, month: int = 1, day: int = 1, *time: int) -> datetime:
    return datetime(year, month, day, *time, tzinfo=UTC)  # type: ignore[misc, arg-type] # hour, minute, second


def by(*speakers: SpeakerRecord) -> tuple[SpeakerRecord, ...]:
    return speakers


BOATS = "We counted every boat on the north quay: 0"
"""Ends in the number of the statements that say it, as all they say."""

STORIES = (
    Story(
        "feb14",
        at(2020, 2, 14),
        wire=1,
        places=(BOSTON,),
        organizations=(AGENCY,),
        says=(
            Said(DIRECT, by(ORTEGA), COUNCIL, "director", says=BOATS),
            Said(INDIRECT, by(SPOKEN_AGENCY), cue="wrote in a létter", cue_class=WRITING, confidence=0.5),
        ),
        words="sanctuary cities wait",
        topics=(PIERS, TOLLS),
    ),
    Story(
        "feb15",
        at(2020, 2, 15, 10, 30, 5),
        precision=Precision.INSTANT,
        places=(BOSTON, CHICAGO, CHICAGO),
        organizations=(AGENCY, BUREAU),
        says=(
            Said(DIRECT, by(DIAZ), cue=None, confidence=1.0, review=Review.CONFIRMED),
            Said(INDIRECT, cue="According to", confidence=0.9, review=Review.RETRACTED),
        ),
        words="sanctuary policy city council waits",
        topics=(DOCKS, PIERS),
    ),
    Story(
        "march",
        at(2020, 3),
        wire=1,
        precision=Precision.MONTH,
        places=(CHICAGO,),
        says=(Said(MIXED, by(ORTEGA, DIAZ), COUNCIL, "director", says=BOATS, review=Review.CORRECTED),),
        words="council of the city",
        title="A naïve sanctuary",
    ),
    Story(
        "springfields",
        at(2021),
        source="Prairie Post",
        precision=Precision.YEAR,
        places=(SPRINGFIELD_IL, SPRINGFIELD_MA),
        words="nothing said",
    ),
    Story(
        "undated",
        None,
        wire=1,
        places=(BOSTON,),
        says=(Said(DIRECT, by(ORTEGA), title="commissioner"),),
    ),
    Story(
        "leap",
        at(2020, 2, 29),
        source="Prairie Post",
        places=(MASSACHUSETTS, FRANCE),
        organizations=(COUNCIL,),
        words="tactical unit",
        topics=(DOCKS,),
    ),
    Story(
        "county",
        at(2022, 7, 4),
        source=None,
        places=(SUFFOLK,),
        says=(
            Said(INDIRECT, cue="has said", confidence=0.25, says=BOATS, review=Review.CONFIRMED),
            Said(INDIRECT, by(DIAZ), AGENCY, "clerk", cue="hopes", cue_class=INTENT, confidence=0.0),
        ),
        words="O’Brien’s clerks",
        title=None,
        datelines=(BOSTON,),
        topics=(TOLLS,),
    ),
    Story(
        "joined",
        at(2023, 1, 1, 23, 59, 59),
        source="Prairie Post",
        precision=Precision.INSTANT,
        places=(SAN_JOSE,),
        says=(
            Said(DIRECT, by(ORTEGA, SPOKEN_AGENCY), None, "director", says=BOATS.upper()),
            Said(DIRECT, by(ORTEGA), None, "director"),
        ),
    ),
)

KEYS = tuple(story.key for story in STORIES)


def topics_of(story: Story) -> set[str]:
    """Return the slugs of the topics that a story is on."""
    return {slug for topic in story.topics for slug in (topic.slug, topic.broader) if slug}


def words_said(said: Said, number: int) -> str:
    """Return the words of a statement, which is this one of its article."""
    return said.says or f"remark number {number}"
