"""Cards that some pages put behind a person's name, run into the text: the whole name and headlines.

"Rep. Ana Ortega Ana Maria OrtegaFerry bill fails Harbor vote delayed MORE (D-Ohio) said": the headlines are
not of the article, and they part the name from its party.
"""

import re
from collections.abc import Iterator

_LONGEST = 1_500  # characters of a card
_END = re.compile(r"(?<![A-Z])MORE\b")
_NAME_AGAIN = re.compile(
    r"\b(?:(?P<last>[A-Z][\w’'-]{1,30}) [^\n]{0,60}?\b(?P=last)"
    r"|(?P<name>[A-Z][\w’'-]{1,30}(?: [A-Z][\w’'-]{1,30}){1,3})(?P=name))"
    r"(?=[A-Z0-9'\"‘“])"  # glued to a headline
)


def without_name_cards(text: str, *, keep_offsets: bool = False) -> str:
    """Return the text without such cards, or with a space for each of their characters; the names that they
    stand behind stay.
    """
    return "".join(_pieces(text, keep_offsets=keep_offsets))


def _pieces(text: str, *, keep_offsets: bool) -> Iterator[str]:
    kept = before = 0
    for end in _END.finditer(text):
        begin = max(before, end.start() - _LONGEST, text.rfind("\n", before, end.start()) + 1)
        before = end.end()
        name = _NAME_AGAIN.search(text, begin, before)
        if name is not None:
            start = max(name.end("last"), name.end("name"))  # -1 for the one that is not there
            yield text[kept:start]
            yield " " * (before - start) if keep_offsets else ""
            kept = before
    yield text[kept:]
