"""Which articles tell one story, from the pairs that are copies; pure."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet


def stories(articles: Iterable[int], copies: Mapping[int, AbstractSet[int]]) -> dict[int, int]:
    """Return the story of each article: the earliest one that it is a copy of and that is a copy of none
    before it, else itself.

    `articles` come the earliest first; `copies` are the copies of an article, both ways. Each article of a
    story is a copy of its earliest: what two others have in common brings no two stories together. The answer
    depends on articles and copies alone, not on the order in which they came to be known.
    """
    found: dict[int, int] = {}
    places: dict[int, int] = {}  # of the earliest articles of stories
    for place, article in enumerate(articles):
        earlier = copies.get(article, frozenset()) & places.keys()
        found[article] = min(earlier, key=places.__getitem__, default=article)
        if found[article] == article:
            places[article] = place
    return found
