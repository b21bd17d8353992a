"""Worker processes for extraction on one machine."""

import signal
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context


def process_pool(workers: int) -> Callable[[], Executor] | None:
    """Return what makes a pool of that many processes; null for one, which is the job's own."""
    if workers == 1:
        return None
    return partial(
        ProcessPoolExecutor,
        max_workers=workers,
        mp_context=get_context("spawn"),  # the progress bar's thread does not survive a fork
        initializer=_leave_signals_to_the_job,
    )


def _leave_signals_to_the_job() -> None:
    """Ctrl-C reaches every process of a terminal: the job lets the article in hand be finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
