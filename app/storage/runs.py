"""Runs of the job and the inputs that gave no article."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from app.db.models.corpus import IngestionFailure, IngestionRun, RunStatus
from app.domain.article import UnreadableArticle
from app.storage.bulk import insert_rows


def start_run(
    connection: Connection, *, pipeline_version: str, report: Mapping[str, object], now: datetime
) -> int:
    """Record that a run has begun, with what is known of its report, and return its id."""
    run = insert(IngestionRun).values(
        started_at=now, status=RunStatus.RUNNING, pipeline_version=pipeline_version, report=dict(report)
    )
    return connection.execute(run.returning(IngestionRun.id)).scalar_one()


def last_report(connection: Connection) -> dict[str, object]:
    """Return the report of the newest run, finished or not; empty when there was none."""
    query = select(IngestionRun.report).order_by(IngestionRun.id.desc()).limit(1)
    return connection.scalar(query) or {}


def running_runs(connection: Connection) -> dict[int, dict[str, object]]:
    """Return the runs that have not ended, or of which nobody could say so, with what is known of them."""
    query = select(IngestionRun.id, IngestionRun.report).where(IngestionRun.status == RunStatus.RUNNING)
    return {row.id: row.report for row in connection.execute(query)}


def finish_run(
    connection: Connection, run: int, *, status: RunStatus, report: Mapping[str, object], now: datetime
) -> None:
    """Record how a run ended."""
    change = update(IngestionRun).where(IngestionRun.id == run)
    connection.execute(change.values(finished_at=now, status=status, report=dict(report)))


def add_failures(
    connection: Connection, run: int, failures: Sequence[UnreadableArticle], *, now: datetime
) -> None:
    """Keep inputs that gave no article, each with its reason."""
    rows = [
        {
            "run_id": run,
            "origin": failure.origin,
            "reason": failure.reason,
            "detail": failure.detail,
            "failed_at": now,
        }
        for failure in failures
    ]
    insert_rows(connection, IngestionFailure, rows)
