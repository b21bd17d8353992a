"""`dateline serve` stops as a supervisor wants it: what is under way is answered, nothing new is taken."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2
from sqlalchemy import create_engine

from tests.contract.serving import free_port

PATIENCE_SECONDS = 20
SLOW = "/v1/speakers"  # waits for a thread and the database, not on the loop


@contextmanager
def serving(url: str, port: int, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Give the process that serves a database, when it answers."""
    command = [str(Path(sys.executable).with_name("dateline")), "serve", "--port", str(port)]
    environment = os.environ | {"DATELINE_DATABASE_URL": url}
    process = subprocess.Popen(command, env=environment, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_listening(port))
        yield process
    finally:
        process.kill()
        process.wait()


def is_listening(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


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
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    with serving(database_url, port, tmp_path) as process, ThreadPoolExecutor(1) as pool:
        with nobody_may_read(database_url):
            asked = pool.submit(httpx2.get, base + SLOW, timeout=PATIENCE_SECONDS)
            time.sleep(0.3)
            assert httpx2.get(f"{base}/healthz").status_code == 200  # it is not the server that is slow
            assert not asked.done()
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: not is_listening(port))
            time.sleep(0.3)
            assert process.poll() is None
            assert not asked.done()
        answer = asked.result(PATIENCE_SECONDS)
        assert (answer.status_code, answer.json()["results"]) == (200, [])
        assert process.wait(PATIENCE_SECONDS) in {0, -signal.SIGTERM}
