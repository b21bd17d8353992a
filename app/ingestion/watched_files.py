"""Files below what is watched: which are new or not as they were when a run took them in."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from app.readers.inputs import find_inputs
from app.storage.watched import Watched


class File(NamedTuple):
    """A file as it stands now; `changed_at` is in seconds of the clock."""

    path: Path
    watched: Watched
    changed_at: float

    def is_young(self, seconds: float) -> bool:
        """Tell whether somebody may still be writing it: it has changed within so many seconds."""
        return time.time() - self.changed_at < seconds


def current_files(path: Path) -> Iterator[File]:
    """Yield the files below a folder, or that a pattern matches, with what tells their state now.

    A file that goes while they are listed is passed over.
    """
    for found in find_inputs([path]):
        file = current_file(found)
        if file is not None:
            yield file


def current_file(path: Path) -> File | None:
    """Return a file with what tells its state now, null when it is not there."""
    try:
        status = path.stat()
    except OSError:
        return None
    # The last one moves when a file is put in the place of another with its old time.
    version = f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"
    watched = Watched(origin=_origin(path), version=version)
    return File(path, watched, max(status.st_mtime, status.st_ctime))


def _origin(path: Path) -> str:
    """Return the full path as text that a database takes, also of a name that is not UTF-8."""
    return os.fsencode(path.absolute()).decode("utf-8", "backslashreplace")
