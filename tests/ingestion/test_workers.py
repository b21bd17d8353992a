"""Real pools of processes, and workers that are killed."""

import gc
import signal
import tempfile
import time
from concurrent.futures import BrokenExecutor, wait
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest

from app.ingestion.workers import WorkerPool

SIZE = 2 << 20  # bytes of an answer: many times what a pipe holds
LONGEST = 60  # seconds that a broken pool may take to say so
MOMENTS = [number / 1_000 for number in (0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20)]
"""Seconds behind the work's end: while it hands over, and while it waits for more."""


def hand_over(size: int, dies_in: float | None) -> bytes:
    """Return so many bytes, and have this process die a moment later."""
    if dies_in is not None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, dies_in)
    return bytes(size)


def fail() -> None:
    raise ValueError("cannot bear it")


def test_answers_and_errors_come_from_a_process() -> None:
    with WorkerPool(2, start="fork") as pool:
        assert len(pool.submit(hand_over, 3, dies_in=None).result()) == 3
        with pytest.raises(ValueError, match="cannot bear it"):
            pool.submit(fail).result()


def test_a_spawned_process_looks_for_garbage_when_the_job_does() -> None:
    with WorkerPool(1) as pool:
        assert pool.submit(gc.get_threshold).result() == gc.get_threshold()


def test_nothing_is_left_of_an_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with WorkerPool(2, start="fork") as pool:
        pool.submit(hand_over, 3, dies_in=None).result()
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
        assert list(tmp_path.iterdir()) != []
    assert list(tmp_path.iterdir()) == []


def test_nobody_waits_for_what_a_closed_pool_had_in_work() -> None:
    pool = WorkerPool(1, start="fork")
    answers = [pool.submit(time.sleep, LONGEST) for _ in range(5)]
    pool.shutdown(cancel_futures=True)
    assert wait(answers, LONGEST / 2).not_done == set()


@pytest.mark.parametrize("dies_in", MOMENTS)
def test_a_worker_that_dies_while_it_hands_over_or_waits_holds_up_nobody(dies_in: float) -> None:
    told: list[int] = []

    def ask() -> None:
        with WorkerPool(2, start="fork") as pool:
            answer = pool.submit(hand_over, SIZE, dies_in=dies_in)
            with suppress(BrokenExecutor):  # or it was faster
                assert len(answer.result()) == SIZE
        told.append(1)

    asking = Thread(target=ask, daemon=True)
    asking.start()
    asking.join(LONGEST)
    assert told == [1]
