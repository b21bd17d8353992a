"""Ctrl-C and SIGTERM end a run after the article in hand; a second one ends it at once."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stopping(announce: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Give a function that tells whether to stop; `announce` is called at the first signal.

    At the second one KeyboardInterrupt is raised: the transaction in hand is rolled back.
    """
    stopped = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal stopped
        del number, frame
        if stopped:
            raise KeyboardInterrupt
        stopped = True
        announce()

    before = {number: signal.signal(number, handle) for number in SIGNALS}
    try:
        yield lambda: stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
