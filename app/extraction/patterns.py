"""Readable patterns of words, found by one automaton in one pass over a text.

A pattern is words in a row: `a|b` is either word, `word?` may be left out, `word*` is any word that begins
so, `_` is any one word. A word in small letters is found in any case and as a possessive, one with a capital
only as written or in capitals throughout. Hyphens, slashes, quotation marks and brackets between words make
no difference; full stops, commas, dashes and empty lines end a phrase.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

from app.domain.span import Span

# Words with an apostrophe inside are one. Of what stands between words only what ends a phrase is seen.
_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.,;:!?–—…]|\n[^\S\n]*\n|--")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_ANY = "_"
_PREFIX = "*"
# Texts repeat their words; this many distinct ones are remembered with what they match.
_REMEMBERED = 1 << 15


Kind = TypeVar("Kind", bound=Hashable)
Tokens = list[tuple[tuple[str, ...], int, int]]
"""Of each token the elements that it matches, its start and its end."""


@dataclass(slots=True)
class _Node(Generic[Kind]):
    """A state: where each element leads, and patterns of which kinds end here."""

    after: "dict[str, _Node[Kind]]" = field(default_factory=dict)
    ends: list[Kind] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Match(Generic[Kind]):
    """Words that match a pattern of some kind."""

    kind: Kind
    span: Span


class Automaton(Generic[Kind]):
    """Finds the patterns of all kinds at once; time is linear in the text for a given set of patterns."""

    def __init__(self, patterns: Iterable[tuple[Kind, str]]) -> None:
        """Take pairs of a kind and a pattern. Raises ValueError for one that begins with any word."""
        self._root: _Node[Kind] = _Node()
        self._elements: set[str] = set()
        for kind, pattern in patterns:
            for elements in expanded(pattern):
                self._add(kind, elements)
        longest = max((len(one) - 1 for one in self._elements if one.endswith(_PREFIX)), default=0)
        self._prefix_lengths = range(1, longest + 1)
        self._matched = lru_cache(_REMEMBERED)(self._elements_of)

    def find(self, text: str) -> Iterator[Match[Kind]]:
        """Yield what is found, by where it begins, the longest first; matches may overlap."""
        tokens = [(self._matched(token[0]), token.start(), token.end()) for token in _TOKEN.finditer(text)]
        beginnings = self._root.after
        for at, (elements, start, _) in enumerate(tokens):
            for element in elements:
                if element in beginnings:
                    ends = sorted(_ends(beginnings[element], tokens, at), key=lambda end: -end[0])
                    for last, kind in dict.fromkeys(ends):
                        yield Match(kind, Span(start, tokens[last][2]))

    def _add(self, kind: Kind, elements: tuple[str, ...]) -> None:
        if not elements or elements[0] == _ANY:
            raise ValueError(f"a pattern of {kind} may begin with any word")
        node = self._root
        for element in elements:
            self._elements.add(element)
            node = node.after.setdefault(element, _Node())
        if kind not in node.ends:
            node.ends.append(kind)

    def _elements_of(self, token: str) -> tuple[str, ...]:
        """Return the elements that a word matches; none for what ends a phrase."""
        if not token[0].isalnum():
            return ()
        bare = _POSSESSIVE.sub("", token)
        small = bare.casefold()
        forms = {small, token.casefold().replace("’", "'"), bare}
        if bare.isupper():
            forms.add(bare.capitalize())
        prefixes = {small[:length] + _PREFIX for length in self._prefix_lengths}
        return (*sorted((forms | prefixes) & self._elements), _ANY)


def expanded(pattern: str) -> Iterator[tuple[str, ...]]:
    """Yield every row of elements that a pattern stands for."""
    choices: list[list[tuple[str, ...]]] = []
    for word in pattern.split():
        options: list[tuple[str, ...]] = [(element,) for element in word.removesuffix("?").split("|")]
        choices.append([*options, ()] if word.endswith("?") else options)
    for chosen in product(*choices):
        yield tuple(element for part in chosen for element in part)


def _ends(node: _Node[Kind], tokens: Tokens, at: int) -> Iterator[tuple[int, Kind]]:
    """Yield the last token and the kind of each pattern that goes on from `node`, reached by token `at`."""
    for kind in node.ends:
        yield at, kind
    if node.after and at + 1 < len(tokens):
        for element in tokens[at + 1][0]:
            if element in node.after:
                yield from _ends(node.after[element], tokens, at + 1)
