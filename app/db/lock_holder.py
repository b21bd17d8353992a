"""Who holds the lock on a SQLite file, as far as Linux tells."""

import os
import re
from pathlib import Path

from sqlalchemy import URL

from app.db.sqlite_files import IN_MEMORY

WRITE_LOCK = 120  # the byte of the `-shm` file that stands for the write lock, by SQLite's WAL format
LOCK = re.compile(r" WRITE (?P<pid>[0-9]+) \S+:(?P<inode>[0-9]+) (?P<first>[0-9]+) ")
LONGEST_COMMAND = 120  # characters of a command that are shown


def lock_holder(url: URL) -> str | None:
    """Return process and command of who writes a SQLite database; null when nobody does or none can tell."""
    if url.get_backend_name() != "sqlite" or url.database in {None, "", IN_MEMORY}:
        return None
    try:
        inode = Path(f"{os.path.realpath(url.database or '')}-shm").stat().st_ino
        locks = Path("/proc/locks").read_text("utf-8").splitlines()
    except OSError:
        return None
    pid = next((found for line in locks if (found := _writer(line, inode)) is not None), None)
    return None if pid is None else f"process {pid}{_command(pid)}"


def _writer(line: str, inode: int) -> int | None:
    """Return the process of `1: POSIX ADVISORY WRITE 6847 fe:00:2146662 120 120`, if it is the lock."""
    found = LOCK.search(line)
    if found is None or (int(found["inode"]), int(found["first"])) != (inode, WRITE_LOCK):
        return None
    return int(found["pid"])


def _command(pid: int) -> str:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", errors="replace").split("\0")
    except OSError:
        return ""
    shown = " ".join(filter(None, words))[:LONGEST_COMMAND]
    return f" ({shown})" if shown else ""
