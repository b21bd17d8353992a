from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.db import engine as engines
from app.db.engine import writing_engine
from app.ingestion.patience import IN_DOUBT, Patience
from tests.conftest import Templates


class Clock:
    """A clock that moves when somebody sleeps; `then` is done once it has come so far."""

    def __init__(self) -> None:
        self.now = 0.0
        self.then: dict[float, Iterator[None]] = {}

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        for at in [at for at in self.then if at <= self.now]:
            next(self.then.pop(at), None)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def patience(clock: Clock, told: list[str]) -> Patience:
    return Patience(seconds=60, tell=told.append, sleep=clock.sleep, clock=clock)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 1)
    made = writing_engine(f"sqlite:///{tmp_path}/some.db")
    yield made
    made.dispose()


def write(engine: Engine) -> str:
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE words (word TEXT)")
    return "written"


def lock(engine: Engine) -> Iterator[None]:
    with engine.begin():
        yield


def test_what_passes_is_waited_for_ever_longer(
    engine: Engine, patience: Patience, clock: Clock, told: list[str]
) -> None:
    locked = lock(engine)
    next(locked)
    clock.then[6.5] = locked
    assert patience.keep_trying(lambda: write(engine), engine) == "written"
    assert [sentence.rpartition("; ")[2] for sentence in told] == [
        f"trying again in {seconds} s" for seconds in (1, 2, 4)
    ]


def test_patience_ends(engine: Engine, patience: Patience, clock: Clock, told: list[str]) -> None:
    with engine.begin(), pytest.raises(DBAPIError, match="locked"):
        patience.keep_trying(lambda: write(engine), engine)
    assert len(told) == 5
    assert 30 <= clock.now <= 60


def test_patience_ends_when_the_run_is_to_stop(engine: Engine, told: list[str]) -> None:
    patience = Patience(seconds=60, tell=told.append, stop=lambda: True)
    with engine.begin(), pytest.raises(DBAPIError, match="locked"):
        patience.keep_trying(lambda: write(engine), engine)
    assert told == []


def test_what_does_not_pass_is_told_at_once(
    engine: Engine, patience: Patience, clock: Clock, tmp_path: Path
) -> None:
    write(engine)
    with pytest.raises(DBAPIError, match="already exists"):
        patience.keep_trying(lambda: write(engine), engine)
    nowhere = writing_engine(f"sqlite:///{tmp_path}/none/some.db")
    with pytest.raises(DBAPIError, match="unable to open"):
        patience.keep_trying(lambda: write(nowhere), nowhere)
    assert clock.now == 0


def test_a_server_that_never_answered_is_not_waited_for(patience: Patience, clock: Clock) -> None:
    nowhere = writing_engine("postgresql://nobody@127.0.0.1:1/none")
    with pytest.raises(DBAPIError):
        patience.keep_trying(lambda: write(nowhere), nowhere)
    assert clock.now == 0
    patience.keep_trying(lambda: None, nowhere)  # something succeeded: it was there
    with pytest.raises(DBAPIError):
        patience.keep_trying(lambda: write(nowhere), nowhere)
    assert clock.now > 30


def test_what_may_have_been_done_is_repeated_only_where_that_does_no_harm(
    templates: Templates, patience: Patience, told: list[str]
) -> None:
    engine = writing_engine(templates.databases("postgresql").create())
    tries: list[int] = []

    def broken_at_first() -> str:
        with engine.begin() as connection:
            tries.append(1)
            if len(tries) == 1:
                connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        return write(engine)

    with pytest.raises(DBAPIError):
        patience.keep_trying(broken_at_first, engine, repeatable=False)
    assert told == [IN_DOUBT]
    tries.clear()
    assert patience.keep_trying(broken_at_first, engine) == "written"
    assert len(told) == 2
    engine.dispose()
