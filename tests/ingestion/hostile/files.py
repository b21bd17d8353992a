"""What a file system can hold beside plain files: loops, links to nothing, what cannot be read, odd names."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from app.domain.article import UnreadableReason as Reason
from tests.ingestion.hostile.hostile_input import SENTENCE, Hostile

NOT_UTF_8 = os.fsdecode(b"caf\xe9.txt")


def inputs() -> Iterator[Hostile]:
    """Yield them. A folder that leads to itself, a socket and a pipe give neither article nor refusal."""
    unreadable = (Reason.UNREADABLE,)
    yield Hostile(name="link-to-itself.txt", make=_link("link-to-itself.txt"), refused=unreadable)
    yield Hostile(name="link-to-nothing.txt", make=_link("nothing.txt"), refused=unreadable)
    yield Hostile(name="not-to-be-read.txt", make=_link("/proc/self/mem"), refused=unreadable)
    yield Hostile(name="loop", make=_link("."))
    yield Hostile(name="pipe.txt", make=os.mkfifo)
    yield Hostile(name="socket.txt", make=_socket)
    yield Hostile(name="device.txt", make=_link("/dev/zero"))
    yield Hostile(name=NOT_UTF_8, make=_text, stored=1)
    yield Hostile(name="two\nlines\t\x1b[31m.txt", make=_text, stored=1)
    yield Hostile(name=f"{'n' * 240}.txt", make=_text, stored=1)


def _link(target: str) -> Callable[[Path], None]:
    return lambda path: path.symlink_to(target)


def _text(path: Path) -> None:
    path.write_text(SENTENCE, encoding="utf-8")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))
