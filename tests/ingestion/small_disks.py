"""Disks that are soon full."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MEGABYTES = 96


@dataclass(frozen=True, slots=True)
class SmallDisk:
    """A disk that can be filled, and freed again."""

    folder: Path

    def fill(self, *, leaving: int) -> None:
        """Leave so many bytes."""
        self._filler.write_bytes(bytes(max(0, shutil.disk_usage(self.folder).free - leaving)))

    def free(self) -> None:
        """Take away what fills it."""
        self._filler.unlink()

    @property
    def _filler(self) -> Path:
        return self.folder / "filler"


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Give a disk at `folder`, which is in memory."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs the right to mount a small disk")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
