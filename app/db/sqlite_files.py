"""Whether a SQLite file is there, and how it is opened to read: never made, and from read-only places too."""

import os
from pathlib import Path

from sqlalchemy import URL

IN_MEMORY = ":memory:"
_LOGS = ("-wal", "-journal")
"""Endings of files beside a database that hold some of its content, or what undoes half a change."""


def database_exists(url: URL) -> bool:
    """Tell whether there is a database to connect to; asking SQLite itself would make an empty file.

    True where only connecting can tell: a server, memory, an address of SQLite's own (`file:...`), a folder
    that this process may not look into.
    """
    name = url.database or IN_MEMORY
    if url.get_backend_name() != "sqlite" or name == IN_MEMORY or "uri" in url.query:
        return True
    try:
        Path(name).stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def uri_to_read(name: str) -> str:
    """Return the address under which SQLite opens an existing file to read, and fails when there is none.

    `mode=rw` falls back to reading where the file may not be written; `query_only` keeps the rest from
    writing. With `mode=ro` the last one to close a database would leave its write-ahead log behind, which a
    copy of the file then lacks. Reading in WAL mode makes files beside the database; where the folder may not
    be written, `immutable` does without them. It looks at no log and takes no lock, so it is for files
    without a log only.
    """
    file = Path(os.path.realpath(name))  # the log stands beside the file, not beside a link to it
    logged = any(Path(f"{file}{ending}").exists() for ending in _LOGS)
    mode = "rw" if logged or _may_write(file.parent) else "ro&immutable=1"
    return f"{file.as_uri()}?mode={mode}"


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
