from datetime import UTC, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from app.db.engine import writing_engine
from app.db.migrations import downgrade, upgrade
from app.domain.article import UnreadableArticle, UnreadableReason
from app.storage.runs import add_failures, start_run

NOW = datetime(2023, 5, 1, tzinfo=UTC)
REASONS = (UnreadableReason.FETCH_FAILED, UnreadableReason.FETCH_REFUSED, UnreadableReason.EMPTY)


def test_failures_are_kept_when_their_reasons_go(database_url: str) -> None:
    engine = writing_engine(database_url)
    with engine.begin() as connection:
        run = start_run(connection, pipeline_version="1", report={}, now=NOW)
        refused = [UnreadableArticle(origin=reason, reason=reason, detail="") for reason in REASONS]
        add_failures(connection, run, refused, now=NOW)
        downgrade(connection, "0006")
        kept = connection.exec_driver_sql("SELECT reason FROM ingestion_failures ORDER BY origin").all()
        upgrade(connection)
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.exec_driver_sql("UPDATE ingestion_failures SET reason = 'of no kind'")
    engine.dispose()
    assert [reason for (reason,) in kept] == ["empty", "unreadable_file", "unreadable_file"]
