"""Runs whose process was killed: they are marked as failed when the next one begins."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from app.db.models.corpus import RunStatus
from app.ingestion.processes import Process, this_process
from app.storage.runs import finish_run, running_runs

PROCESS = "process"  # of a run's report while it runs


def done_here() -> dict[str, object]:
    """Return the part of a report that says which process does the run."""
    return {PROCESS: asdict(this_process())}


def end_killed_runs(connection: Connection, *, now: datetime) -> list[int]:
    """Mark runs as failed whose process is gone, and return their ids.

    Those of processes that live stay, as do those of other machines. What such a run had committed is whole.
    """
    killed = {run: report for run, report in running_runs(connection).items() if _is_gone(report)}
    for run, report in killed.items():
        finish_run(connection, run, status=RunStatus.FAILED, report=report, now=now)
    return list(killed)


def _is_gone(report: Mapping[str, Any]) -> bool:
    told = report.get(PROCESS)
    return told is not None and Process(**told).lives() is False
