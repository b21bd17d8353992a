"""All measurements of one kind of database, at every size of the corpus, with everything running at once."""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks import constant_page, naive
from benchmarks.load import Generator
from benchmarks.processes import Server, get, serving
from benchmarks.questions import ARTICLES, Question, questions
from benchmarks.rounds import Target, measure
from benchmarks.statements import costs

PRODUCT, CONSTANT, NAIVE = "product", "constant", "naive"
ROUNDS, SECONDS, STARTS = 10, 0.6, 7  # many short rounds: what else the machine does changes by the second
_DATELINE = str(Path(sys.executable).with_name("dateline"))
_UVICORN = [sys.executable, "-m", "uvicorn", "--factory", "--no-access-log", "--log-level=warning"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure and how long: seconds of load on each server, for each question, in each round.

    The server is started `starts` times to time its first answer, after a start that compiles the modules.
    """

    names: Sequence[str]
    rounds: int = ROUNDS
    seconds: float = SECONDS
    starts: int = STARTS


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bench:
    """One size of the corpus: its questions, and the servers that answer them."""

    asked: dict[str, Question]
    servers: dict[str, Server]


def run(urls: Mapping[int, str], plan: Plan, generator: Generator, folder: Path) -> dict[str, Any]:
    """Return the figures of the databases at `urls`, by the number of their articles."""
    starts = _starts(urls[max(urls)], folder, plan.starts)
    with ExitStack() as stack:
        benches = {
            size: stack.enter_context(_bench(url, plan.names, folder / str(size)))
            for size, url in urls.items()
        }
        measured = {name: _measure(name, benches, plan, generator) for name in plan.names}
        memory = {
            str(size): {name: round(server.resident_mb(), 1) for name, server in bench.servers.items()}
            for size, bench in benches.items()
        }
        asked = {size: bench.asked for size, bench in benches.items()}
    for size, url in urls.items():
        for name, cost in costs(url, asked[size]).items():
            measured[name][str(size)]["database"] = asdict(cost)
    return {"starts": starts, "memory_mb": memory, "questions": measured}


def _starts(url: str, folder: Path, number: int) -> dict[str, float]:
    """Return how long a server takes from its start to its first answer: the least, as all else only adds."""
    starts = []
    for _ in range(number + 1):
        with _product(url, folder) as server:
            starts.append(server)
    return {
        "seconds": round(min(server.start_seconds for server in starts[1:]), 3),
        "cpu_seconds": round(min(server.start_cpu_seconds for server in starts[1:]), 3),
    }


@contextmanager
def _product(url: str, folder: Path) -> Iterator[Server]:
    folder.mkdir(exist_ok=True)
    with serving(
        [_DATELINE, "serve", "--port"],
        environment={"DATELINE_DATABASE_URL": url},
        first_address=ARTICLES,
        log=folder / "product.log",
    ) as server:
        yield server


@contextmanager
def _bench(url: str, names: Sequence[str], folder: Path) -> Iterator[_Bench]:
    """Give the servers of one database: the product, the constant pages of its answers, the naive list."""
    with _product(url, folder) as product, ExitStack() as stack:
        asked = questions(url, product.port, names)
        servers = {PRODUCT: product}
        if pages := _write_pages(asked, product, folder):
            servers[CONSTANT] = stack.enter_context(
                serving(
                    [*_UVICORN, "benchmarks.constant_page:create_app", "--port"],
                    environment={constant_page.VARIABLE: str(folder)},
                    first_address=_constant(pages[0], asked[pages[0]])[0],
                    log=folder / "constant.log",
                )
            )
        servers[NAIVE] = stack.enter_context(
            serving(
                [*_UVICORN, "benchmarks.naive:create_app", "--port"],
                environment={naive.VARIABLE: url},
                first_address="/articles",
                log=folder / "naive.log",
            )
        )
        yield _Bench(asked=asked, servers=servers)


def _write_pages(asked: Mapping[str, Question], product: Server, folder: Path) -> list[str]:
    """Write the constant pages, each the answer of middling length, and return their names."""
    models = {name: question.model for name, question in asked.items() if question.model is not None}
    for name in models:
        bodies = sorted((get(product.port, address)[2] for address in asked[name].addresses), key=len)
        (folder / f"{name}.json").write_bytes(bodies[len(bodies) // 2])
    (folder / "pages.json").write_text(json.dumps(models), "utf-8")
    return list(models)


def _constant(name: str, question: Question) -> list[str]:
    """Return the addresses of the constant page: the same queries, the same keys."""
    if question.model == "item":
        return [f"/{name}/{address.rpartition('/')[2]}" for address in question.addresses]
    return ["?".join([f"/{name}", *address.split("?")[1:]]) for address in question.addresses]


def _measure(name: str, benches: Mapping[int, _Bench], plan: Plan, generator: Generator) -> dict[str, Any]:
    print(f"{name} ...", file=sys.stderr)
    targets = {
        (size, who): target for size, bench in benches.items() for who, target in _targets(name, bench)
    }
    found = measure(
        generator,
        {f"{size} {who}": target for (size, who), target in targets.items()},
        rounds=plan.rounds,
        seconds=plan.seconds,
    )
    figures: dict[str, Any] = {str(size): {} for size in benches}
    for size, who in targets:
        figures[str(size)][who] = asdict(found[f"{size} {who}"])
    return figures


def _targets(name: str, bench: _Bench) -> Iterator[tuple[str, Target]]:
    question = bench.asked[name]
    server = bench.servers[PRODUCT]
    yield (
        PRODUCT,
        Target(
            server=server,
            addresses=question.addresses,
            method=question.method,
            headers=question.headers,
        ),
    )
    if question.model is not None:
        yield CONSTANT, Target(server=bench.servers[CONSTANT], addresses=_constant(name, question))
    if question.naive:
        yield NAIVE, Target(server=bench.servers[NAIVE], addresses=question.naive)
