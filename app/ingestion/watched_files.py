"""Files below what is watched: which are new or not as they were when a run took them in."""

import os
from collections.abc import Iterator
from pathlib import Path

from app.readers.inputs import find_inputs
from app.storage.watched import Watched


def current_files(path: Path) -> Iterator[tuple[Path, Watched]]:
    """Yield the files below a folder, or that a pattern matches, with what tells their state now.

    A file that goes while they are listed is passed over.
    """
    for found in find_inputs([path]):
        try:
            status = found.stat()
        except OSError:
            continue
        # The last one moves when a file is put in the place of another with its old time.
        version = f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"
        yield found, Watched(origin=_origin(found), version=version)


def _origin(path: Path) -> str:
    """Return the full path as text that a database takes, also of a name that is not UTF-8."""
    return os.fsencode(path.absolute()).decode("utf-8", "backslashreplace")
