"""What a cue is found by: its words as a search has them, without case, diacritics and English endings."""

from functools import lru_cache

from app.db.search_text import search_words

LONGEST = 200
"""Characters of words that a cue is found by: nobody asks for more, and an index takes no more than 2,700."""


def asked_words(cue: str) -> str:
    """Return what a cue has to be found by: `"Claims"` gives `"claim"`; empty without a letter or digit."""
    return " ".join(search_words(cue))


@lru_cache(maxsize=10_000)  # most statements share a few cues
def findable_words(cue: str) -> tuple[str, ...]:
    """Return all that a cue is found by: each of its words, and all of them as they stand, without
    repetitions. `"said in a letter"` is found by `"said"` and by `"said in a letter"`.
    """
    words = search_words(cue)
    found = dict.fromkeys([*words, " ".join(words)])
    return tuple(each for each in found if 0 < len(each) <= LONGEST)
