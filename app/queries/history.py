"""What the job did: its runs, and the inputs that they refused."""

from typing import Any

from sqlalchemy import Select, select

from app.db.models.corpus import IngestionFailure, IngestionRun


def runs(limit: int) -> Select[*tuple[Any, ...]]:
    """Return the newest runs, the last one first."""
    return (
        select(
            IngestionRun.id,
            IngestionRun.status,
            IngestionRun.started_at,
            IngestionRun.finished_at,
            IngestionRun.pipeline_version,
            IngestionRun.report,
        )
        .order_by(IngestionRun.id.desc())
        .limit(limit)
    )


def run(id_: int) -> Select[int]:
    """Return a run's id, if there is such a run."""
    return select(IngestionRun.id).where(IngestionRun.id == id_)


def failures(run: int) -> Select[*tuple[Any, ...]]:
    """Return what a run refused, in the order in which it did."""
    return (
        select(
            IngestionFailure.origin,
            IngestionFailure.reason,
            IngestionFailure.detail,
            IngestionFailure.failed_at,
        )
        .where(IngestionFailure.run_id == run)
        .order_by(IngestionFailure.id)
    )
