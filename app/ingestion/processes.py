"""Which process does a run, and whether it still lives."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path

STATE, STARTED = 0, 19  # places in /proc/PID/stat, counted behind the command's name
ZOMBIE = "Z"  # it has ended, and nobody has asked yet how


@dataclass(frozen=True, slots=True)
class Process:
    """A process of a machine. `started` tells it from others that had or will have its number: clock ticks
    since the machine came up, null where the system does not tell.
    """

    host: str
    pid: int
    started: int | None

    def lives(self) -> bool | None:
        """Tell whether it runs; null when it is one of another machine, which nobody here can know."""
        if self.host != socket.gethostname():
            return None
        return _lives(self.pid) and _started(self.pid) == self.started


def this_process() -> Process:
    """Return the process that asks."""
    return Process(socket.gethostname(), os.getpid(), _started(os.getpid()))


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return _stat(pid)[STATE : STATE + 1] != [ZOMBIE]


def _started(pid: int) -> int | None:
    told = _stat(pid)
    return int(told[STARTED]) if told else None


def _stat(pid: int) -> list[str]:
    """Return what Linux tells of a process; nothing elsewhere, and of one that is gone."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()  # the command's name may hold anything
