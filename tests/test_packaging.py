"""The wheel works outside a clone: migrations, word lists and reference data are inside it."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--wheel-dir", str(folder), str(ROOT)], check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(unpacked: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "DATELINE_DATABASE_URL": "sqlite:///wheel.db"}
    command = [sys.executable, "-c", "from app.cli import main; main()", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_nothing_that_the_package_reads_is_missing(unpacked: Path) -> None:
    data = [
        path for path in (ROOT / "app").rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}
    ]
    assert data
    assert [path for path in data if not (unpacked / path.relative_to(ROOT)).is_file()] == []
    assert (unpacked / "app/migrations/env.py").is_file()


def test_a_database_is_made_and_an_article_loaded(unpacked: Path, tmp_path: Path) -> None:
    article = tmp_path / "brief.txt"
    article.write_text("City budget\n\nMayor Ana Ortega of Boston said the budget would grow.\n", "utf-8")
    made = run(unpacked, tmp_path, "db", "upgrade")
    assert made.returncode == 0, made.stderr
    loaded = run(unpacked, tmp_path, "ingest", "--json", str(article))
    assert loaded.returncode == 0, loaded.stderr
    assert '"new": 1' in loaded.stdout.replace('":1', '": 1')
