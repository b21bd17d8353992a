"""What a hostile input is: a file, how it is made, and what has to become of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.domain.article import UnreadableReason

SENTENCE = "Mayor Ana Ortega of Elmford said on Friday that the vote had been fair."
"""What is read from an input that gives an article: invented words of an invented person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """An input that is broken or made to do harm.

    `make` puts it at a path, which begins with the folder of all inputs and ends with `name`. `stored` is
    the number of articles that it has to give, `refused` the reasons of its rows in the quarantine, in order.
    """

    name: str
    make: Callable[[Path], object]
    stored: int = 0
    refused: tuple[UnreadableReason, ...] = ()


Content = bytes | str | Callable[[], bytes | str]
"""What stands in a file, a text in UTF-8; what is large is made when it is asked for."""


def stored(name: str, content: Content, *, articles: int = 1) -> Hostile:
    """Return an input of these bytes that has to be stored."""
    return Hostile(name=name, make=_writer(content), stored=articles)


def refused(name: str, reason: UnreadableReason, content: Content, *, articles: int = 0) -> Hostile:
    """Return an input of these bytes that has to be refused, once, behind so many articles."""
    return Hostile(name=name, make=_writer(content), stored=articles, refused=(reason,))


def _writer(content: Content) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(_bytes(content() if callable(content) else content))


def _bytes(content: bytes | str) -> bytes:
    return content.encode("utf-8") if isinstance(content, str) else content
