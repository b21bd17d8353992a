"""Search words: one function for both databases and for the query.

The engines only index its output, so that the same search finds the same articles everywhere.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

SEARCHED_CHARACTERS = 500_000
"""Characters of a text that are searched: a tsvector holds 1 MiB."""

_APOSTROPHES = re.compile(r"['’ʼ](?<=\w.)(?=\w)")
_WORD = re.compile(r"[^\W_]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_SEPARATOR = '"'
_ASCII = str.maketrans({chr(code): chr(code).lower() if chr(code).isalnum() else " " for code in range(128)})

_SEVERAL = 200  # characters beyond ASCII, up to which replacing each is faster than looking at all
_LONGEST_WORD = 500  # characters; a tsvector takes words of 2,046 bytes

_STEMS_KEPT = 50_000  # words with their stems, some 10 MB


def search_words(text: str) -> list[str]:
    """Return the words of `text` without case and diacritics, stemmed (Snowball, English), in order.

    `"Bostón’s sanctuary cities"` gives `["boston", "sanctuari", "citi"]`.
    """
    stems = _stems()
    return list(map(stems.__getitem__, folded_words(text)))


def folded_words(text: str) -> list[str]:
    """Return the words of `text` without case and diacritics, with their endings: `["bostons", ...]`."""
    plain = text[:SEARCHED_CHARACTERS]
    beyond = set(_BEYOND_ASCII.findall(plain))
    if len(beyond) > _SEVERAL:
        plain = plain.translate({ord(char): _plain(char) for char in beyond})
    else:
        for char in beyond:
            plain = plain.replace(char, _plain(char))
    plain = _APOSTROPHES.sub("", plain)
    words = plain.translate(_ASCII).split() if plain.isascii() else _WORD.findall(plain.casefold())
    return (
        [word[:_LONGEST_WORD] for word in words]
        if len(max(words, key=len, default="")) > _LONGEST_WORD
        else words
    )


@lru_cache(maxsize=4_096)
def _plain(char: str) -> str:
    """Return what a character beyond ASCII means to a search: mostly ASCII, whose words are soon found."""
    folded = char
    for _ in range(2):  # styled capitals lose their style before they can lose their case
        folded = unicodedata.normalize("NFKD", folded.casefold())
    folded = folded.replace("’", "'")
    bare = (part for part in folded if not unicodedata.combining(part))
    return "".join(part if part.isalnum() or part in "_'" else _SEPARATOR for part in bare)


class _Stems(dict[str, str]):
    """Stems of words, each found once: an article has few words that no other had."""

    def __init__(self) -> None:
        super().__init__()
        self._stemmer = Stemmer.Stemmer("english")

    def __missing__(self, word: str) -> str:
        if len(self) >= _STEMS_KEPT:
            self.clear()
        stem: str = self._stemmer.stemWord(word)
        self[word] = stem
        return stem


@lru_cache(maxsize=1)
def _stems() -> _Stems:
    return _Stems()
