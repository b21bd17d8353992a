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
    are not followed, so that no loop can be. A path that is there is itself and no pattern.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        elif path == STANDARD_INPUT or path.exists() or not is_pattern(path):
            yield path
        else:
            # Path.glob takes no absolute patterns.
            for found in sorted(map(Path, glob.iglob(str(path), recursive=True))):  # noqa: PTH207
                if _is_article_file(found):
                    yield found


def is_pattern(path: Path) -> bool:
    """Tell whether `path` has `*`, `?` or `[...]` in it."""
    return glob.has_magic(str(path))


def total_bytes(inputs: Sequence[Path]) -> int | None:
    """Return the size of all inputs on the disk, null when one's cannot be known."""
    sizes = [None if path == STANDARD_INPUT else _size(path) for path in inputs]
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        pages = {name.rpartition(".")[0] for name in names if name.casefold().endswith(PAGES)}
        folders[:] = sorted(name for name in folders if not _passed_over(name, pages))
        for name in sorted(names):
            path = Path(parent, name)
            if _is_article_file(path):
                yield path


def _passed_over(folder: str, pages: set[str]) -> bool:
    saved_with_page = folder.endswith(PARTS_OF_A_PAGE) and folder.removesuffix(PARTS_OF_A_PAGE) in pages
    return folder.startswith(".") or saved_with_page


def _is_article_file(path: Path) -> bool:
    beside = path.name.casefold().partition(".")[0] in BESIDE_A_CORPUS
    return not path.name.startswith(".") and not beside and _size(path) is not None


def _size(path: Path) -> int | None:
    """Return the size of a regular file, null for everything else."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None
