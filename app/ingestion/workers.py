"""Worker processes for extraction on one machine."""

import gc
import os
import pickle
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory
from threading import Thread
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


def usable_cores() -> int:
    """Return how many cores this process may use: those of its affinity, where the system has one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def process_pool(workers: int) -> Callable[[], Executor] | None:
    """Return what makes a pool of that many processes; null for one, which is the job's own."""
    return None if workers == 1 else partial(WorkerPool, workers)


class WorkerPool(ProcessPoolExecutor):
    """Processes that end with the job and hand their answers over in files.

    Through the pool's pipe goes only where an answer lies, which is written at once or not at all: for the
    rest of a longer message, of a worker that was killed while it wrote, the pool would wait forever.
    """

    def __init__(self, workers: int, *, start: str = "spawn") -> None:
        """Start processes as `start` says: the progress bar's thread does not survive a fork."""
        super().__init__(
            workers,
            mp_context=get_context(start),
            initializer=depend_on_the_job,
            initargs=gc.get_threshold(),
        )
        self._folder = TemporaryDirectory(prefix="dateline-", ignore_cleanup_errors=True)

    def submit(
        self, work: Callable[Given, Answer], /, *args: Given.args, **kwargs: Given.kwargs
    ) -> Future[Answer]:
        """Do `work` in a process."""
        answer: Future[Answer] = Future()
        written = super().submit(_write_answer, Path(self._folder.name), partial(work, *args, **kwargs))
        written.add_done_callback(partial(_hand_on, answer=answer))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as it is
        """End the processes at once; what they have in work is lost.

        Asked to end, they might not: one that was killed while it waited keeps the lock of the queue in
        which the others would be told.
        """
        for process in list((self._processes or {}).values()):  # kill_workers() from Python 3.14 on
            process.kill()
        super().shutdown(wait, cancel_futures=cancel_futures)
        self._folder.cleanup()


def _write_answer(folder: Path, work: Callable[[], object]) -> Path:
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(work(), file, pickle.HIGHEST_PROTOCOL)
    return Path(file.name)


def _hand_on(written: Future[Path], *, answer: Future[Answer]) -> None:
    """Let an answer be what a process has written, or what it failed of."""
    if written.cancelled():
        answer.cancel()
        answer.set_running_or_notify_cancel()  # tells those who wait
        return
    try:
        path = written.result()
        with path.open("rb") as file:
            found = pickle.load(file)  # noqa: S301 - our own process wrote it
        path.unlink()
    except Exception as error:  # noqa: BLE001 - whatever it is, who waits is to know
        answer.set_exception(error)
    else:
        answer.set_result(found)


def depend_on_the_job(*garbage: int) -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the job: it lets the article in hand be
    finished. End when the job ends, even if it was killed and could tell nobody. Look for `garbage` when the
    job does: a process that is spawned would begin with Python's thresholds.
    """
    gc.set_threshold(*garbage)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_job, daemon=True).start()


def _end_with_the_job() -> None:
    job = parent_process()
    if job is not None:
        job.join()
        os._exit(1)
