"""Which files a run reads: files, folders with all below them, patterns, standard input."""

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.readers.streams import STANDARD_INPUT

# What stands beside a corpus in its folder, in any case and with any ending; named outright, they are read.
BESIDE_A_CORPUS = ("readme", "license", "licence", "copying", "notice")
PAGES = (".html", ".htm")
PARTS_OF_A_PAGE = (
    "_files"  # "page_files": the folder of pictures and styles that a browser saves with "page.html"
)


def find_inputs(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the inputs in the order of the paths, sorted within a folder or pattern.

    What a folder or a pattern yields is a regular file, not hidden and no README or LICENSE; links to folders
    are not followed, so that no loop can be. A path that is there is itself and no pattern. What cannot be
    looked at (a folder that is closed, a link that leads nowhere) is yielded too: opening it tells why.
    """
    for path in paths:
        mode = _mode(path)
        if mode is not None and stat.S_ISDIR(mode):
            yield from _walk(path)
        elif path == STANDARD_INPUT or mode is not None or not is_pattern(path):
            yield path
        else:
            yield from filter(_is_article_file, _matches(path))


def is_pattern(path: Path) -> bool:
    """Tell whether `path` has `*`, `?` or `[...]` in it."""
    return glob.has_magic(str(path))


def total_bytes(inputs: Sequence[Path]) -> int | None:
    """Return the size of all inputs on the disk, null when one's cannot be known."""
    sizes = [None if path == STANDARD_INPUT else _size(path) for path in inputs]
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None


def _matches(pattern: Path) -> list[Path]:
    """Return what a pattern matches, without what is in hidden folders unless it names one.

    `glob.glob` follows links to folders: two that lead to their own folder would keep it busy for ever.
    """
    all_below = pattern / "*" if pattern.name == "**" else pattern  # else folders alone before Python 3.13
    found = sorted(Path(pattern.anchor).glob(str(all_below.relative_to(pattern.anchor))))
    names_hidden = any(_is_hidden(part) for part in pattern.parts)
    return [path for path in found if names_hidden or not any(map(_is_hidden, path.parts))]


def _is_hidden(name: str) -> bool:
    return name.startswith(".") and name != ".."


def _walk(folder: Path) -> Iterator[Path]:
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        pages = {name.rpartition(".")[0] for name in names if name.casefold().endswith(PAGES)}
        folders[:] = sorted(name for name in folders if not _passed_over(name, pages))
        for name in sorted(names):
            path = Path(parent, name)
            if _is_article_file(path):
                yield path
    yield from (Path(os.fsdecode(error.filename)) for error in closed)


def _passed_over(folder: str, pages: set[str]) -> bool:
    saved_with_page = folder.endswith(PARTS_OF_A_PAGE) and folder.removesuffix(PARTS_OF_A_PAGE) in pages
    return folder.startswith(".") or saved_with_page


def _is_article_file(path: Path) -> bool:
    beside = path.name.casefold().partition(".")[0] in BESIDE_A_CORPUS
    return not path.name.startswith(".") and not beside and _size(path) is not None


def _size(path: Path) -> int | None:
    """Return the size of a regular file, null for everything else, 0 for what cannot be looked at."""
    try:
        status = path.stat()
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def _mode(path: Path) -> int | None:
    """Return what tells a folder from a file, null when it cannot be looked at."""
    try:
        return path.stat().st_mode
    except OSError:
        return None
