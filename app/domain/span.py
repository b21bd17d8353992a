"""Half-open character ranges over a stored text."""

from typing import NamedTuple


class Span(NamedTuple):
    """`text[start:end]`, counted in Unicode code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span covers in `text`."""
        return text[self.start : self.end]
