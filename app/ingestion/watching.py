"""Keeping a corpus current: round after round, what is new or changed goes into an ordinary run."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from app.db.models.corpus import RunStatus
from app.db.troubles import in_words
from app.fetching.fetcher import Fetcher
from app.ingestion.database import prepare, writing
from app.ingestion.job import Options, run_ingestion
from app.ingestion.report import Report
from app.ingestion.watched_feeds import poll, watched_address
from app.ingestion.watched_files import File, current_file, current_files
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
    """What is watched and how: paths, and addresses, which `fetcher` asks.

    `every` is the time between two rounds, `settle` that for which a file must stand still to be read: half a
    file would become an article of its own. Both are in seconds, which `sleep` lets pass.
    """

    paths: tuple[Path, ...]
    addresses: tuple[str, ...]
    every: float
    fetcher: Fetcher | None
    options: Options
    settle: float = 2.0
    sleep: Callable[[float], None] = time.sleep


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
        except Exception as error:
            words = in_words(error, engine.url)
            if words is None:
                raise
            show(Round(report=None, troubles=(f"the database: {words}",)))
        _pause(watch, watch.every)


def watch_once(watch: Watch, *, engine: Engine, now: datetime) -> Round:
    """Take in what is new or changed since it was last taken in, and remember that when the run is done.

    An input that cannot be read or fetched stops no other one. Raises as `run_ingestion`.
    """
    patience = watch.options.patience
    patience.keep_trying(lambda: prepare(engine), engine)
    found = _Found()
    for path in watch.paths:
        _look(path, watch, engine, found)
    for url in watch.addresses:
        _ask(url, watch, engine, found, now)
    if watch.options.stop():
        return Round(report=None, troubles=tuple(found.troubles))
    report = run_ingestion(found.inputs, engine=engine, options=watch.options) if found.inputs else None
    if found.watched and (report is None or report.status is RunStatus.FINISHED):
        patience.keep_trying(lambda: _keep(engine, found), engine)
    return Round(report=report, troubles=tuple(found.troubles))


def _look(path: Path, watch: Watch, engine: Engine, found: _Found) -> None:
    """Find the files below `path` that are not as they were, and not being written."""
    if not path.exists() and not is_pattern(path):
        found.troubles.append(f"{path}: it is not there")
        return
    files = list(current_files(path))
    known = _known([file.watched.origin for file in files], watch, engine)
    changed = [file for file in files if known.get(file.watched.origin) != file.watched]
    for file in _settled(changed, watch):
        if file.watched.origin not in found.watched:
            found.inputs.append(file.path)
            found.watched[file.watched.origin] = file.watched


def _settled(files: list[File], watch: Watch) -> list[File]:
    """Return the files that stand still; the others are left for the next round."""
    young = {file.path for file in files if file.is_young(watch.settle)}
    if young:
        _pause(watch, watch.settle)
    return [file for file in files if file.path not in young or current_file(file.path) == file]


def _ask(url: str, watch: Watch, engine: Engine, found: _Found, now: datetime) -> None:
    """Ask an address whether there is anything new."""
    origin = watched_address(url)
    if watch.fetcher is None or origin in found.watched or watch.options.stop():
        return
    known = _known([origin], watch, engine).get(origin)
    polled = poll(url, known, watch.fetcher, now=now, every=watch.every)
    if polled.remote is not None:
        found.inputs.append(polled.remote)
    if polled.watched != known:
        found.watched[origin] = polled.watched


def _known(origins: list[str], watch: Watch, engine: Engine) -> dict[str, Watched]:
    def look() -> dict[str, Watched]:
        with engine.begin() as connection:
            return watched_inputs(connection, origins)

    return watch.options.patience.keep_trying(look, engine)


def _keep(engine: Engine, found: _Found) -> None:
    with writing(engine) as connection:
        keep_watched(connection, list(found.watched.values()))


def _pause(watch: Watch, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not watch.options.stop() and (left := end - time.monotonic()) > 0:
        watch.sleep(min(left, STEP_SECONDS))
