"""Administrations of presidents: "the Obama administration", and what "the administration" stands for."""

import re

from spacy.tokens import Doc

from app.extraction.names import DEFINITE
from app.extraction.words import column

_PRINTED = re.compile(r"\b(\w+)(?:['’]s?)? administration\b", re.IGNORECASE)


def administrations(text: str) -> dict[str, int]:
    """Return the administrations that a text names, each with the character where it first does."""
    found: dict[str, int] = {}
    for one in _PRINTED.finditer(text):
        if one[1] in column("presidents.txt", 1):
            found.setdefault(f"{one[1]} administration", one.start())
    return found


def administration(doc: Doc, start: int, end: int, named: dict[str, int]) -> str | None:
    """Return the name of the administration that a noun phrase means, null when it means none or the text
    does not say whose: "the administration" is the one that was named before, if one alone was.

    `named` are those of the text.
    """
    if doc[end - 1].lower_ != "administration":
        return None
    if own := list(administrations(doc[start:end].text)):
        return own[0] if len(own) == 1 else None
    if end - start != 2 or doc[start].lower_ not in DEFINITE:  # noqa: PLR2004 - "the" and noun
        return None
    before = [name for name, first in named.items() if first < doc[start].idx]
    return before[0] if len(before) == 1 else None
