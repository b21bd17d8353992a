"""The corpus as a whole: its revision, the runs that made it, what was refused or withdrawn."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.db.models.base import Base
from app.db.types import Ordered, RowId, UtcDateTime, enum_type
from app.domain.article import UnreadableReason


class RecordKind(StrEnum):
    """What kind of record a public key belongs to."""

    ARTICLE = "article"
    STATEMENT = "statement"
    SPEAKER = "speaker"
    ORGANIZATION = "organization"
    CITY = "city"
    SOURCE = "source"
    TOPIC = "topic"


class RunStatus(StrEnum):
    """How an ingestion run stands."""

    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"  # by the user, after the article in hand
    FAILED = "failed"


class CorpusState(Base):
    """One row: the revision that every commit of the job raises, and when."""

    __tablename__ = "corpus_state"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    revision: Mapped[int]
    committed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class IngestionRun(Base):
    """One run of the job; `report` is its summary as `ingest --json` prints it."""

    __tablename__ = "ingestion_runs"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    status: Mapped[RunStatus] = mapped_column(enum_type(RunStatus))
    pipeline_version: Mapped[str]
    report: Mapped[dict[str, object]] = mapped_column(JSON)


class IngestionFailure(Base):
    """An input that gave no article, with its reason."""

    __tablename__ = "ingestion_failures"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("ingestion_runs.id"), index=True)
    origin: Mapped[str]
    reason: Mapped[UnreadableReason] = mapped_column(enum_type(UnreadableReason))
    detail: Mapped[str] = mapped_column(Text)
    failed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Withdrawal(Base):
    """A public key that stood once and stands no more: it answers 410 with the reason."""

    __tablename__ = "withdrawals"

    key: Mapped[str] = mapped_column(Ordered, primary_key=True)
    kind: Mapped[RecordKind] = mapped_column(enum_type(RecordKind))
    reason: Mapped[str]
    withdrawn_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SlugRedirect(Base):
    """A slug whose record was merged into another: it answers 308."""

    __tablename__ = "slug_redirects"

    kind: Mapped[RecordKind] = mapped_column(enum_type(RecordKind), primary_key=True)
    slug: Mapped[str] = mapped_column(Ordered, primary_key=True)
    target: Mapped[str]
