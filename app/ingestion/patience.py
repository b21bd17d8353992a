"""Patience with a database: what fails of something that passes is tried again, ever more slowly."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Engine

from app.db.troubles import Trouble, in_words, trouble_of

FIRST_WAIT = 1.0  # seconds; each further one is twice as long
STEP = 0.2  # seconds: how soon a wait ends when the run is told to stop
IN_DOUBT = "it may have been done all the same: look before you do it again"

Answer = TypeVar("Answer")


@dataclass(slots=True, kw_only=True)
class Patience:
    """For how long after its first failure a piece of work is tried again, in seconds; 0 for not at all.

    `tell` is given a sentence each time; no further try is made when `stop` turns true.
    """

    seconds: float = 0.0
    tell: Callable[[str], None] = field(default=lambda _: None)
    stop: Callable[[], bool] = field(default=lambda: False)
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _reached: bool = False

    def keep_trying(self, work: Callable[[], Answer], engine: Engine, *, repeatable: bool = True) -> Answer:
        """Do a piece of work that is a transaction or reads only, and return what it returns.

        Not `repeatable` is what must not be done twice: it is not tried again when it may have been done.
        Raises the last error.
        """
        wait, until = FIRST_WAIT, None
        while True:
            try:
                answer = work()
            except Exception as error:
                trouble = trouble_of(error)
                if trouble is None or not self._may_pass(trouble):
                    raise
                if not (repeatable or trouble.undone):
                    self.tell(IN_DOUBT)
                    raise
                until = until or self.clock() + self.seconds
                if self.clock() + wait > until or self.stop():
                    raise
                self.tell(f"{in_words(error, engine.url)}; trying again in {wait:g} s")
            else:
                self._reached = True
                return answer
            self._pause(wait)
            wait *= 2

    def _may_pass(self, trouble: Trouble) -> bool:
        self._reached = self._reached or trouble.reached
        return trouble.passing and self._reached

    def _pause(self, seconds: float) -> None:
        end = self.clock() + seconds
        while not self.stop() and (left := end - self.clock()) > 0:
            self.sleep(min(left, STEP))
