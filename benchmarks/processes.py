"""Servers as processes of their own, and what the operating system says they cost. Needs Linux's /proc."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

PATIENCE_SECONDS = 60
POLL_SECONDS = 0.005
_TICKS = os.sysconf("SC_CLK_TCK")
_UTIME, _STIME = 11, 12  # fields of /proc/PID/stat, counted behind the name of the program


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A process that serves at a port. `start_seconds` passed, and `start_cpu_seconds` were spent, from its
    start until it had given its first answer.
    """

    pid: int
    port: int
    start_seconds: float
    start_cpu_seconds: float

    def cpu_seconds(self) -> float:
        """Return the processor time that the process has taken so far, by steps of 10 ms."""
        return _cpu_seconds(self.pid)

    def resident_mb(self) -> float:
        """Return the resident memory in megabytes of 1,000,000 bytes."""
        status = Path(f"/proc/{self.pid}/status").read_text("utf-8")
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6


@contextmanager
def serving(
    command: Sequence[str], *, environment: Mapping[str, str], first_address: str, log: Path
) -> Iterator[Server]:
    """Give the server that `command`, with a port behind it, starts; when it has answered `first_address`.

    Compiled modules are kept, as in any install, whatever the environment says: without them, imports take
    longer than all the rest.
    """
    port = _free_port()
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    with log.open("w") as lines:
        process = subprocess.Popen(  # noqa: S603 - our own arguments
            [*command, str(port)], env={**variables, **environment}, stdout=lines, stderr=lines
        )
        try:
            _wait_for_answer(process, port, first_address, log)
            yield Server(
                pid=process.pid,
                port=port,
                start_seconds=time.perf_counter() - began,
                start_cpu_seconds=_cpu_seconds(process.pid),
            )
        finally:
            process.terminate()
            process.wait()


def get(port: int, address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of one answer."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def _wait_for_answer(process: subprocess.Popen[bytes], port: int, address: str, log: Path) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not _is_listening(port):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"a server did not start: {log.read_text('utf-8')[-2000:]}")
        time.sleep(POLL_SECONDS)
    status, _, body = get(port, address)
    if status != 200:  # noqa: PLR2004 - OK
        raise RuntimeError(f"{address} answers {status}: {body[:2000]!r}")


def _cpu_seconds(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    fields = stat.rpartition(")")[2].split()
    return (int(fields[_UTIME]) + int(fields[_STIME])) / _TICKS


def _is_listening(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
