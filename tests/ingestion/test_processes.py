import os
import subprocess
import sys
from dataclasses import replace

from app.ingestion.processes import this_process


def test_this_process_lives() -> None:
    assert this_process().pid == os.getpid()
    assert this_process().lives() is True


def test_a_process_that_has_ended_does_not_live_though_nobody_has_asked_how() -> None:
    tell = "from app.ingestion.processes import this_process; print(this_process().started)"
    child = subprocess.Popen([sys.executable, "-c", tell], stdout=subprocess.PIPE)
    assert child.stdout is not None
    process = replace(this_process(), pid=child.pid, started=int(child.stdout.read()))
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert process.lives() is False
    child.communicate()
    assert process.lives() is False


def test_another_process_of_the_same_number_is_another() -> None:
    assert replace(this_process(), started=1).lives() is False


def test_of_another_machine_nobody_can_tell() -> None:
    assert replace(this_process(), host="elsewhere.example").lives() is None
