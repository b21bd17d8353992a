"""Keeping a corpus current: round after round, what is new or changed goes into an ordinary run."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from app.db.models.corpus import RunStatus
from app.fetching.fetcher import Fetcher
from app.ingestion.database import prepare, writing
from app.ingestion.job import Options, run_ingestion
from app.ingestion.report import Report
from app.ingestion.watched_feeds import poll, watched_address
from app.ingestion.watched_files import current_files
from app.ingestion.writing import LOST
from app.readers.files import Remote
from app.readers.inputs import is_pattern
from app.storage.watched import Watched, keep_watched, watched_inputs

STEP_SECONDS = 0.2  # how soon a pause ends when the watch is told to stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What one look at all inputs gave: the report of its run, null when nothing had changed; troubles."""

    report: Report | None
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is watched and how: paths, and addresses, which `fetcher` asks; `every` is in seconds."""

    paths: tuple[Path, ...]
    addresses: tuple[str, ...]
    every: float
    fetcher: Fetcher | None
    options: Options


@dataclass(slots=True)
class _Found:
    """What a round has to do: inputs for its run, and what to keep when that is done."""

    inputs: list[Path | Remote] = field(default_factory=list)
    watched: dict[str, Watched] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)


def keep_watching(watch: Watch, *, engine: Engine, show: Callable[[Round], None]) -> None:
    """Go round until `watch.options.stop` turns true, which ends a run after the article in hand.

    A round in which the database fails is shown, and the next one tries again. Raises DatabaseNotReadyError.
    """
    while not watch.options.stop():
        try:
            show(watch_once(watch, engine=engine, now=datetime.now(UTC)))
        except LOST as error:
            show(Round(report=None, troubles=(f"the database: {' '.join(str(error.orig).split())}",)))
        _pause(watch.every, watch.options.stop)


def watch_once(watch: Watch, *, engine: Engine, now: datetime) -> Round:
    """Take in what is new or changed since it was last taken in, and remember that when the run is done.

    An input that cannot be read or fetched stops no other one. Raises DatabaseNotReadyError, and SQLAlchemy's
    errors when the database fails.
    """
    prepare(engine)
    found = _Found()
    for path in watch.paths:
        _look(path, engine, found)
    for url in watch.addresses:
        _ask(url, watch, engine, found, now)
    if watch.options.stop():
        return Round(report=None, troubles=tuple(found.troubles))
    report = run_ingestion(found.inputs, engine=engine, options=watch.options) if found.inputs else None
    if found.watched and (report is None or report.status is RunStatus.FINISHED):
        with writing(engine) as connection:
            keep_watched(connection, list(found.watched.values()))
    return Round(report=report, troubles=tuple(found.troubles))


def _look(path: Path, engine: Engine, found: _Found) -> None:
    """Find the files below `path` that are not as they were."""
    if not path.exists() and not is_pattern(path):
        found.troubles.append(f"{path}: it is not there")
        return
    files = list(current_files(path))
    with engine.begin() as connection:
        known = watched_inputs(connection, [watched.origin for _, watched in files])
    for file, watched in files:
        if known.get(watched.origin) != watched and watched.origin not in found.watched:
            found.inputs.append(file)
            found.watched[watched.origin] = watched


def _ask(url: str, watch: Watch, engine: Engine, found: _Found, now: datetime) -> None:
    """Ask an address whether there is anything new."""
    origin = watched_address(url)
    if watch.fetcher is None or origin in found.watched or watch.options.stop():
        return
    with engine.begin() as connection:
        known = watched_inputs(connection, [origin]).get(origin)
    polled = poll(url, known, watch.fetcher, now=now, every=watch.every)
    if polled.remote is not None:
        found.inputs.append(polled.remote)
    if polled.watched != known:
        found.watched[origin] = polled.watched


def _pause(seconds: float, stop: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while not stop() and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, STEP_SECONDS))
