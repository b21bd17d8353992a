"""Word lists: the data files of this package, read once."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

COMMENT = "#"


def _lines(name: str) -> Iterator[str]:
    text = files("app.extraction").joinpath("data", name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith(COMMENT))


@cache
def words(name: str) -> frozenset[str]:
    """Return the entries of the list `name`, one a line; what stands behind a tab is left out."""
    return frozenset(line.split("\t")[0] for line in _lines(name))


@cache
def table(name: str) -> dict[str, str]:
    """Return the first two columns of the tab-separated list `name`."""
    return {row[0]: row[1] for row in rows(name)}


def rows(name: str) -> Iterator[list[str]]:
    """Yield the lines of the tab-separated list `name` as columns."""
    return (line.split("\t") for line in _lines(name))


@cache
def column(name: str, index: int) -> frozenset[str]:
    """Return one column of the tab-separated list `name`."""
    return frozenset(row[index] for row in rows(name))
