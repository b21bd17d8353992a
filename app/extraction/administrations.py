"""Administrations of presidents: "the Obama administration", and what "the administration" stands for."""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from app.extraction.in_order import InOrder
from app.extraction.names import DEFINITE
from app.extraction.people import NamedPerson
from app.extraction.presidents import PRESIDENT
from app.extraction.words import column

_PRINTED = re.compile(r"\b(\w+)(?:['’]s?)? administration\b", re.IGNORECASE)
_OF_SOMEBODY = re.compile(r"\b(?!The|This|That|An)[A-Z]\w*(?:['’]s?)? administration\b")


class Administrations:
    """The administrations that a text names, and whose "the administration" may be where it names none."""

    def __init__(self, text: str, people: Iterable[NamedPerson]) -> None:
        self._named = InOrder(_printed(text))
        presidents = [person for person in people if person.is_president and not person.is_former]
        named = {name for _, name in _printed(text)} | {_of(person.last) for person in presidents}
        titled = any(one.head == PRESIDENT for person in presidents for one in person.presentations)
        others = any(not any(_printed(one[0])) for one in _OF_SOMEBODY.finditer(text))
        self._only = named.pop() if len(named) == 1 and titled and not others else None

    def meant(self, doc: Doc, start: int, end: int, opens: int) -> str | None:
        """Return the administration that a noun phrase means, null when it means none or the text does not
        say whose. "The administration" is the one that was named before, if one alone was; of several, the
        one that its paragraph alone names before; where none was, that of the only president of the text,
        who is called so somewhere.

        `opens` is the character at which the paragraph begins.
        """
        if doc[end - 1].lower_ != "administration":
            return None
        if own := [name for _, name in _printed(doc[start:end].text)]:
            return own[0] if len(own) == 1 else None
        if end - start != 2 or doc[start].lower_ not in DEFINITE:  # noqa: PLR2004 - "the" and noun
            return None
        before = self._named.last(0, doc[start].idx)
        if len(before) > 1:
            before = self._named.last(opens, doc[start].idx)
        elif not before:
            return self._only
        return before[0] if len(before) == 1 else None


def _printed(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each administration is named, and its name."""
    for one in _PRINTED.finditer(text):
        if one[1] in column("presidents.txt", 1):
            yield one.start(), _of(one[1])


def _of(president: str) -> str:
    return f"{president} administration"
