"""Rounds of load: every server in turn, round after round, so that what else the machine does meets all.

Rates and latencies are medians over the rounds; processor time is that of all rounds over all their requests.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from benchmarks.load import Generator, Job, Load
from benchmarks.processes import Server

CONNECTIONS = 4
WARM_UP_SHARE = 0.2  # of the seconds that are measured, before them
EXPECTED_STATUSES = {"200", "304"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A server and what it is asked, in turn."""

    server: Server
    addresses: Sequence[str]
    method: str = "GET"
    headers: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a server did. `cpu_us` is its processor time a request, `generator_cpu_us` that of the process
    which makes the load, `requests` how many there were in all rounds.
    """

    requests: int
    per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float
    body_bytes: int
    generator_cpu_us: float


def measure(
    generator: Generator, targets: Mapping[str, Target], *, rounds: int, seconds: float
) -> dict[str, Measured]:
    """Return what each target did. Raises RuntimeError when one answers with an error."""
    legs: dict[str, list[tuple[Load, float]]] = {name: [] for name in targets}
    for _ in range(rounds):
        for name, target in targets.items():
            legs[name].append(_leg(generator, target, seconds))
    return {name: _measured(each) for name, each in legs.items()}


def _leg(generator: Generator, target: Target, seconds: float) -> tuple[Load, float]:
    """Return the load, and the processor time that the server spent on it."""
    _load(generator, target, seconds * WARM_UP_SHARE)
    before = target.server.cpu_seconds()
    load = _load(generator, target, seconds)
    return load, target.server.cpu_seconds() - before


def _load(generator: Generator, target: Target, seconds: float) -> Load:
    load = generator.run(
        Job(
            port=target.server.port,
            addresses=target.addresses,
            method=target.method,
            headers=target.headers,
            connections=CONNECTIONS,
            seconds=seconds,
        )
    )
    if not load.requests or set(load.statuses) - EXPECTED_STATUSES:
        raise RuntimeError(f"{target.addresses[0]} is answered {load.statuses}")
    return load


def _measured(legs: Sequence[tuple[Load, float]]) -> Measured:
    requests = sum(load.requests for load, _ in legs)
    return Measured(
        requests=requests,
        per_second=round(median(load.requests / load.seconds for load, _ in legs), 1),
        cpu_us=round(sum(cpu for _, cpu in legs) / requests * 1e6, 1),
        p50_ms=round(median(median(load.latencies_ms) for load, _ in legs), 2),
        p99_ms=round(median(_percentile(load.latencies_ms, 0.99) for load, _ in legs), 2),
        body_bytes=round(sum(load.body_bytes for load, _ in legs) / requests),
        generator_cpu_us=round(sum(load.cpu_seconds for load, _ in legs) / requests * 1e6, 1),
    )


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[max(ceil(len(ordered) * share) - 1, 0)]
