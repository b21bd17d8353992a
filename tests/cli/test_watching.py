"""`dateline watch` as it is installed."""

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli.application import app
from tests.conftest import ROOT, Templates

COMMAND = (sys.executable, "-c", "from app.cli import main; main()", "watch")
TEXT = "Mayor Ana Ortega said the vote in Boston was fair."


@pytest.fixture
def settings(templates: Templates) -> dict[str, str]:
    """Give settings that name a database with the known places in it."""
    url = templates.databases("sqlite").create(templates.corpus("sqlite"))
    return {"DATELINE_DATABASE_URL": url, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}


def test_one_look(tmp_path: Path, settings: dict[str, str]) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.jsonl").write_text("{oops", "utf-8")
    runner = CliRunner(env=settings)
    first, second = (runner.invoke(app, ["watch", "--once", str(tmp_path)]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "1 new, 0 replaced, 0 unchanged, 1 quarantined (finished)" in first.stdout
    assert "b.jsonl:1: bad_json" in first.stderr
    assert (second.stdout, second.stderr) == ("", "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_watch(tmp_path: Path, settings: dict[str, str], number: signal.Signals) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    started = subprocess.Popen(
        [*COMMAND, "--every", "1", str(tmp_path)],
        cwd=tmp_path,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lines: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        for line in started.stdout or ():
            lines.put(line)

    with started:
        listener = threading.Thread(target=listen)
        listener.start()
        assert "1 new" in lines.get(timeout=120)
        (tmp_path / "b.txt").write_text(f"{TEXT} So it was.", "utf-8")
        assert "1 new" in lines.get(timeout=120)
        started.send_signal(number)
        assert started.wait(timeout=60) == 0
        listener.join()
        assert started.stderr is not None
        assert started.stderr.read() == "Ending after the article in hand.\n"
