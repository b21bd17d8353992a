"""Load on a server, from a process of its own: a few connections that each send the next request when they
have their answer.

Runs as `python -m benchmarks.load` and takes jobs on standard input, one JSON object a line; it answers each
with one. asyncio and httptools (what the server itself is built on) keep it cheaper than what it measures.
"""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle
from time import perf_counter, process_time
from typing import Any

import uvloop
from httptools import HttpResponseParser

PATIENCE_SECONDS = 60  # for an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to send: addresses in turn, for some seconds, over some connections that are kept open."""

    port: int
    addresses: Sequence[str]
    method: str = "GET"
    headers: Sequence[tuple[str, str]] = ()
    connections: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What came of it. `cpu_seconds` are those of the process that made the load."""

    requests: int
    seconds: float
    cpu_seconds: float
    latencies_ms: Sequence[float]
    statuses: dict[str, int]
    body_bytes: int


class Generator:
    """The process that makes the load, seen from outside."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, job: Job) -> Load:
        """Do a job. Raises RuntimeError when the process fails."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("the load generator has no standard input and output")
        self._process.stdin.write(json.dumps(asdict(job)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the load generator failed; its error is above")
        return Load(**json.loads(line))


@contextmanager
def generator() -> Iterator[Generator]:
    """Give a load generator for as long as the context lasts."""
    command = [sys.executable, "-m", "benchmarks.load"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own arguments
        try:
            yield Generator(process)
        finally:
            process.kill()


class _Connection(asyncio.Protocol):
    """Sends a request, waits for its answer, sends the next, until there are none left."""

    def __init__(self, requests: Iterator[bytes], *, bodiless: bool) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.latencies: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.body_bytes = 0
        self._requests, self._bodiless = requests, bodiless
        self._parser = HttpResponseParser(self)
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport  # type: ignore[assignment] # a stream's, as asyncio promises
        self._send()

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except Exception as error:  # noqa: BLE001 - asyncio would swallow it
            self._fail(error)

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail(exc or ConnectionError("the server closed the connection"))

    def on_body(self, body: bytes) -> None:
        self.body_bytes += len(body)

    def on_headers_complete(self) -> None:
        if self._bodiless:  # the parser cannot be told that an answer to HEAD has no body: take a new one
            self._note()
            self._parser = HttpResponseParser(self)
            asyncio.get_running_loop().call_soon(self._send)

    def on_message_complete(self) -> None:
        if not self._bodiless:
            self._note()
            self._send()

    def _note(self) -> None:
        self.latencies.append((perf_counter() - self._sent) * 1000)
        self.statuses[str(self._parser.get_status_code())] += 1

    def _send(self) -> None:
        request = next(self._requests, None)
        if request is not None:
            self._sent = perf_counter()
            self._transport.write(request)
        elif not self.done.done():
            self.done.set_result(None)
            self._transport.close()

    def _fail(self, error: Exception) -> None:
        if not self.done.done():
            self.done.set_exception(error)


async def _run(job: Job) -> Load:
    requests = _requests(job, until=perf_counter() + job.seconds)
    loop, bodiless = asyncio.get_running_loop(), job.method == "HEAD"
    began, cpu_began = perf_counter(), process_time()
    connections = []
    for _ in range(job.connections):
        _, connection = await loop.create_connection(
            lambda: _Connection(requests, bodiless=bodiless), "127.0.0.1", job.port
        )
        connections.append(connection)
    async with asyncio.timeout(job.seconds + PATIENCE_SECONDS):
        await asyncio.gather(*(connection.done for connection in connections))
    seconds, cpu_seconds = perf_counter() - began, process_time() - cpu_began
    latencies = sorted(latency for connection in connections for latency in connection.latencies)
    return Load(
        requests=len(latencies),
        seconds=seconds,
        cpu_seconds=cpu_seconds,
        latencies_ms=[round(latency, 3) for latency in latencies],
        statuses=dict(sum((connection.statuses for connection in connections), Counter())),
        body_bytes=sum(connection.body_bytes for connection in connections),
    )


def _requests(job: Job, *, until: float) -> Iterator[bytes]:
    """Yield requests in turn while there is time."""
    given = "".join(f"{name}: {value}\r\n" for name, value in (("Host", "127.0.0.1"), *job.headers))
    made = [f"{job.method} {address} HTTP/1.1\r\n{given}\r\n".encode() for address in job.addresses]
    for request in cycle(made):
        if perf_counter() >= until:
            return
        yield request


def main() -> None:
    """Do the jobs of standard input."""
    for line in sys.stdin:
        fields: dict[str, Any] = json.loads(line)
        load = uvloop.run(_run(Job(**fields)))
        print(json.dumps(asdict(load)), flush=True)


if __name__ == "__main__":
    main()
