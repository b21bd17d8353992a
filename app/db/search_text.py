"""Search words: one function for both databases and for the query.

The engines only index its output, so that the same search finds the same articles everywhere.
"""

import re
import unicodedata
from functools import lru_cache

import Stemmer

SEARCHED_CHARACTERS = 500_000
"""Characters of a text that are searched: a tsvector holds 1 MiB."""

_APOSTROPHES = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_WORD = re.compile(r"[^\W_]+")


def search_words(text: str) -> list[str]:
    """Return the words of `text` without case and diacritics, stemmed (Snowball, English), in order.

    `"Bostón’s sanctuary cities"` gives `["boston", "sanctuari", "citi"]`.
    """
    stems: list[str] = _stemmer().stemWords(folded_words(text))
    return stems


def folded_words(text: str) -> list[str]:
    """Return the words of `text` without case and diacritics, with their endings: `["bostons", ...]`."""
    folded = text[:SEARCHED_CHARACTERS]
    for _ in range(2):  # styled capitals lose their style before they can lose their case
        folded = unicodedata.normalize("NFKD", folded.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return _WORD.findall(_APOSTROPHES.sub("", plain))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
