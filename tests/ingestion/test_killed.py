from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, select

from app.db.engine import writing_engine
from app.db.models.corpus import IngestionRun, RunStatus
from app.ingestion.killed import done_here, end_killed_runs
from app.ingestion.processes import this_process
from app.storage.runs import finish_run, start_run

NOW = datetime(2026, 1, 2, tzinfo=UTC)
GONE = replace(this_process(), started=1)  # what had this number before
ELSEWHERE = replace(GONE, host="elsewhere.example")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = writing_engine(database_url)
    yield made
    made.dispose()


def test_only_runs_of_this_machine_whose_process_is_gone_are_ended(engine: Engine) -> None:
    with engine.begin() as connection:
        runs = [
            start_run(connection, pipeline_version="1", report={"linked_with": "x", **done}, now=NOW)
            for done in (
                {"process": asdict(GONE)},
                done_here(),
                {"process": asdict(ELSEWHERE)},
                {},
                {"process": asdict(GONE)},
            )
        ]
        finish_run(connection, runs[-1], status=RunStatus.STOPPED, report={}, now=NOW)
        assert end_killed_runs(connection, now=NOW) == [runs[0]]
        assert end_killed_runs(connection, now=NOW) == []
        rows = connection.execute(select(IngestionRun).order_by(IngestionRun.id)).all()
    assert [row.status for row in rows] == ["failed", "running", "running", "running", "stopped"]
    assert [row.finished_at for row in rows] == [NOW, None, None, None, NOW]
    assert rows[0].report["linked_with"] == "x"
