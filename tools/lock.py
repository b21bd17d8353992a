"""Write the requirements files: every dependency pinned, with hashes, for every platform; no index named.

`dev` is resolved first and constrains the others, so that all installs agree.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = Path("requirements")
OLDEST_PYTHON = "3.11"
LOCKS = {
    "dev": ("pyproject.toml", "--extra=ingest", "--group=dev", "--group=build"),
    "ingest": ("pyproject.toml", "--extra=ingest"),
    "api": ("pyproject.toml",),
    "build": ("--group=build",),
}
"""What each file covers."""


def compile_lock(name: str, covered: tuple[str, ...]) -> None:
    """Resolve one requirements file."""
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--python-version", OLDEST_PYTHON, "--custom-compile-command", "make lock"]
    if name != "dev":
        command += ["--constraints", str(FOLDER / "dev.txt")]
    if "--upgrade" in sys.argv:
        command += ["--upgrade"]
    command += [*covered, "--output-file", str(FOLDER / f"{name}.txt")]
    subprocess.run(command, check=True, cwd=ROOT)  # noqa: S603 - our own arguments


if __name__ == "__main__":
    for lock, lock_covers in LOCKS.items():
        compile_lock(lock, lock_covers)
