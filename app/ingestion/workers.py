"""Worker processes for extraction on one machine."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context, parent_process
from threading import Thread


def usable_cores() -> int:
    """Return how many cores this process may use: those of its affinity, where the system has one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def process_pool(workers: int) -> Callable[[], Executor] | None:
    """Return what makes a pool of that many processes; null for one, which is the job's own."""
    if workers == 1:
        return None
    return partial(
        ProcessPoolExecutor,
        max_workers=workers,
        mp_context=get_context("spawn"),  # the progress bar's thread does not survive a fork
        initializer=depend_on_the_job,
    )


def depend_on_the_job() -> None:
    """Leave Ctrl-C, which reaches every process of a terminal, to the job: it lets the article in hand be
    finished. End when the job ends, even if it was killed and could tell nobody.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_the_job, daemon=True).start()


def _end_with_the_job() -> None:
    job = parent_process()
    if job is not None:
        job.join()
        os._exit(1)
