"""What a run did, counted as it goes."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from enum import StrEnum

from app.db.models.corpus import RunStatus
from app.domain.annotation import MentionRole, PlaceKind
from app.domain.article import Article, UnreadableArticle
from app.domain.links import LinkedArticle
from app.ingestion.known import known_data
from app.storage.article_rows import word_count
from app.storage.saving import WRITTEN, Outcome

SHOWN = 100
"""Refused inputs and warnings that a report names; all refused ones stand in `ingestion_failures`."""


class Job(StrEnum):
    """What a run did."""

    INGEST = "ingest"
    REEXTRACT = "reextract"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A run's summary, as `ingest --json` prints it; docs/ingestion.md says what each number counts."""

    job: Job
    status: RunStatus
    dry_run: bool
    linked_with: str  # names the gazetteer, authority file and topics
    read: int
    new: int
    unchanged: int
    replaced: int
    withdrawn: int
    quarantined: int
    not_english: int
    summaries: int
    statements: int
    speakers: int
    organizations: int
    cities: int
    topics: int
    reasons: dict[str, int]
    failures: list[dict[str, str]]
    warnings: int
    warned: list[dict[str, str]]
    words: int
    seconds: float
    articles_per_second: float
    words_per_second: float

    def as_json(self) -> dict[str, object]:
        """Return the report as plain values."""
        return asdict(self)


@dataclass(slots=True)
class Tally:
    """The counts of a run so far."""

    job: Job = Job.INGEST
    dry_run: bool = False
    clock: Callable[[], float] = time.monotonic
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    failures: list[dict[str, str]] = field(default_factory=list)
    warnings: int = 0
    warned: list[dict[str, str]] = field(default_factory=list)
    not_english: int = 0
    summaries: int = 0
    words: int = 0
    statements: int = 0
    speakers: set[str] = field(default_factory=set)
    organizations: set[str] = field(default_factory=set)
    cities: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    started: float = field(init=False)

    def __post_init__(self) -> None:
        """Start the clock."""
        self.started = self.clock()

    @property
    def read(self) -> int:
        """Return the number of inputs that are done with."""
        return self.outcomes.total() + self.reasons.total()

    def add_failure(self, failure: UnreadableArticle) -> None:
        """Count an input that gave no article."""
        self.reasons[failure.reason] += 1
        if len(self.failures) < SHOWN:
            self.failures.append(
                {"origin": failure.origin, "reason": failure.reason, "detail": failure.detail}
            )

    def add_warnings(self, article: Article) -> None:
        """Count what the reader could not take over."""
        self.warnings += len(article.warnings)
        room = SHOWN - len(self.warned)
        self.warned += [{"origin": article.origin, "warning": warning} for warning in article.warnings[:room]]

    def add(self, linked: LinkedArticle, outcome: Outcome) -> None:
        """Count an article and, when it was saved, what was found in it."""
        self.outcomes[outcome] += 1
        if outcome not in WRITTEN:
            return
        self.not_english += not linked.annotated.extracted
        self.summaries += linked.annotated.article.summary_only
        self.words += word_count(linked.annotated.article)
        self.statements += len(linked.statements)
        for statement in linked.statements:
            self.speakers.update(found.speaker.slug for found in statement.attributions)
        self.organizations.update(
            found.organization.slug
            for found in linked.organizations
            if found.organization and found.mention.role is MentionRole.MENTION
        )
        self.cities.update(
            found.place.slug
            for found in linked.places
            if found.place
            and found.place.kind is PlaceKind.CITY
            and found.mention.role is MentionRole.MENTION
        )
        self.topics.update(topic.slug for topic in linked.annotated.topics)

    def report(self, status: RunStatus) -> Report:
        """Return the summary as of now."""
        seconds = max(self.clock() - self.started, 1e-6)
        return Report(
            job=self.job,
            status=status,
            dry_run=self.dry_run,
            linked_with=known_data(),
            read=self.read,
            new=self.outcomes[Outcome.NEW],
            unchanged=self.outcomes[Outcome.UNCHANGED],
            replaced=self.outcomes[Outcome.REPLACED],
            withdrawn=self.outcomes[Outcome.WITHDRAWN],
            quarantined=self.reasons.total(),
            not_english=self.not_english,
            summaries=self.summaries,
            statements=self.statements,
            speakers=len(self.speakers),
            organizations=len(self.organizations),
            cities=len(self.cities),
            topics=len(self.topics),
            reasons={str(reason): count for reason, count in self.reasons.most_common()},
            failures=list(self.failures),
            warnings=self.warnings,
            warned=list(self.warned),
            words=self.words,
            seconds=round(seconds, 3),
            articles_per_second=round(self.read / seconds, 1),
            words_per_second=round(self.words / seconds, 1),
        )
