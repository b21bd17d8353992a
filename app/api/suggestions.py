"""Near misses: what somebody probably meant."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

NEAR = 70.0  # of 100: `citty` is 89 to `city`, `town` 45 to `county`; below, suggestions are noise
MOST_SUGGESTIONS = 5


def nearest(word: str, candidates: Iterable[str], *, most: int = MOST_SUGGESTIONS) -> list[str]:
    """Return the candidates that `word` may have meant, the likeliest first; empty when none is near."""
    lowered = word.casefold()
    found = process.extract(
        lowered, list(candidates), scorer=fuzz.WRatio, processor=str.casefold, limit=most, score_cutoff=NEAR
    )
    return [candidate for candidate, _, _ in found]
