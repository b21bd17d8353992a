"""`dateline serve` as a process of its own, asked over real connections.

Not a thread of the tests: its last log line is written after the answer is read, when the next test
may already be setting up logging for itself.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 20


@dataclass(frozen=True, kw_only=True)
class Server:
    """A process that serves a database, and the port on which it listens."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def serving(database_url: str, folder: Path) -> Iterator[Server]:
    """Give the server of a database, started in an empty folder, when it listens. Its life ends with it."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("dateline")), "serve", "--port", str(port)]
    environment = os.environ | {"DATELINE_DATABASE_URL": database_url}
    process = subprocess.Popen(command, env=environment, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_listening(port))
        yield Server(process=process, port=port)
    finally:
        process.kill()
        process.wait()


def is_listening(port: int) -> bool:
    """Tell whether anybody takes connections at a port of this machine."""
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], bool]) -> None:
    """Wait for something that another process does; fail when it takes too long."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < end, "it takes too long"
        time.sleep(0.02)


def free_port() -> int:
    """Return a port on which nobody listens at the moment."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
