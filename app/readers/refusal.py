"""Why an input gives no article, raised inside the readers and never out of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from app.domain.article import UnreadableArticle, UnreadableReason


class Refused(Exception):  # noqa: N818 # an answer about the input, not an error of the program
    """The input at hand gives no article; `detail` is one sentence that names the field or the byte."""

    def __init__(self, reason: UnreadableReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

    def at(self, origin: str) -> UnreadableArticle:
        """Return the record of this refusal for the input at `origin`."""
        return UnreadableArticle(origin=origin, reason=self.reason, detail=self.detail)


SHOWN_CHARS = 60  # of a bad value: enough to find it, short enough for a report line

LONGEST_MESSAGE = 200  # characters of a library's own words


def shown(value: object) -> str:
    """Return `value` on one line of readable length, as a report shows it; of a nested one the type."""
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    printed = repr(value[: SHOWN_CHARS + 1] if isinstance(value, str) else value)
    return printed if len(printed) <= SHOWN_CHARS + 2 else f"{printed[:SHOWN_CHARS]}..."


def too_deep(what: str) -> Refused:
    """Return the refusal of what nests so deeply that a parser cannot follow."""
    return Refused(UnreadableReason.BAD_STRUCTURE, f"{what} has too many brackets or elements in one another")


@contextmanager
def parser_failures(what: str, reason: UnreadableReason = UnreadableReason.UNREADABLE) -> Iterator[None]:
    """Turn whatever a library raises over damaged input into Refused: the next input must be read."""
    try:
        yield
    except Refused:
        raise
    except RecursionError:
        raise too_deep(what) from None
    except Exception as error:
        message = " ".join(str(error).split())[:LONGEST_MESSAGE]
        raise Refused(reason, f"{what} cannot be read: {message or type(error).__name__}") from error
