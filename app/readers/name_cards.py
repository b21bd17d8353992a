"""Cards that some pages put behind a person's name, run into the text: the whole name and headlines.

"Rep. Ana Ortega Ana Maria OrtegaFerry bill fails Harbor vote delayed MORE (D-Ohio) said": the headlines are
not of the article, and they part the name from its party.
"""

import re
from collections.abc import Iterator

_LONGEST = 1_500  # characters of a card
_END = re.compile(r"(?<![A-Z])MORE\b")
_NAME_AGAIN = re.compile(
    r"\b(?P<last>[A-Z][\w’'-]{1,30})"
    r" [^\n]{0,60}?\b(?P=last)(?=[A-Z0-9'\"‘“])"  # glued to a headline
)


def without_name_cards(text: str) -> str:
    """Return the text without such cards; the names that they stand behind stay."""
    return "".join(_pieces(text))


def _pieces(text: str) -> Iterator[str]:
    kept = before = 0
    for end in _END.finditer(text):
        begin = max(before, end.start() - _LONGEST, text.rfind("\n", before, end.start()) + 1)
        before = end.end()
        name = _NAME_AGAIN.search(text, begin, before)
        if name is not None:
            yield text[kept : name.end("last")]
            kept = before
    yield text[kept:]
