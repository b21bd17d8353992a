"""`dateline serve` stops as a supervisor wants it: what is under way is answered, nothing new is taken."""

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2
from sqlalchemy import create_engine

from tests.contract.serving import PATIENCE_SECONDS, is_listening, serving, wait_until

SLOW = "/v1/speakers"  # waits for a thread and the database, not on the loop


@contextmanager
def nobody_may_read(url: str) -> Iterator[None]:
    """Hold up every reader for as long as the context lasts."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if url.startswith("sqlite"):
            connection.exec_driver_sql("BEGIN EXCLUSIVE")
        else:
            connection.exec_driver_sql("BEGIN")
            connection.exec_driver_sql("LOCK TABLE speakers, attributions, articles IN ACCESS EXCLUSIVE MODE")
        yield
        connection.exec_driver_sql("ROLLBACK")
    engine.dispose()


def without_log(url: str) -> None:
    """Let writers of SQLite hold up readers, which they do not with a write-ahead log."""
    if url.startswith("sqlite"):
        engine = create_engine(url)
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
        engine.dispose()


def test_what_is_under_way_is_answered_and_nothing_new_is_taken(database_url: str, tmp_path: Path) -> None:
    without_log(database_url)
    with serving(database_url, tmp_path) as server, ThreadPoolExecutor(1) as pool:
        with nobody_may_read(database_url):
            asked = pool.submit(httpx2.get, server.address + SLOW, timeout=PATIENCE_SECONDS)
            time.sleep(0.3)
            healthy = httpx2.get(f"{server.address}/healthz")
            assert healthy.status_code == 200  # it is not the server that is slow
            assert not asked.done()
            server.process.send_signal(signal.SIGTERM)
            wait_until(lambda: not is_listening(server.port))
            time.sleep(0.3)
            assert server.process.poll() is None
            assert not asked.done()
        answer = asked.result(PATIENCE_SECONDS)
        assert (answer.status_code, answer.json()["results"]) == (200, [])
        assert server.process.wait(PATIENCE_SECONDS) in {0, -signal.SIGTERM}
