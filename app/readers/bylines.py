"""Bylines as outlets print them, to the names of those who wrote."""

import re

OPENING = re.compile(r"(?:words\s+)?(?:written |reported |compiled |story )?by[:\s]+", re.IGNORECASE)
BETWEEN = re.compile(r"\s*(?:[,;|&\n]|\band\b|\bwith\b)\s*", re.IGNORECASE)
# "Ana Ortega in Boston", "Ana Ortega for the Example Herald": where and for whom, not who.
WHERE = re.compile(r"\s+(?:in|at|for|of)\s+.*", re.IGNORECASE | re.DOTALL)
ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV|M\.?D|Ph\.?D)\.?", re.IGNORECASE)
LONGEST_BYLINE = 2000  # characters; a longer one is a text in the wrong field


def names_of_byline(given: object) -> object:
    """Return the names in a byline, in order; of a list those of each; what is neither stays as it is."""
    if isinstance(given, list):
        if not all(isinstance(each, str) for each in given):
            return given
        return [name for each in given for name in (_names(each) if len(each) <= LONGEST_BYLINE else [each])]
    return _names(given) if isinstance(given, str) and len(given) <= LONGEST_BYLINE else given


def _names(byline: str) -> list[str]:
    found: list[str] = []
    for part in BETWEEN.split(ADDRESS.sub("", byline).strip()):
        name = WHERE.sub("", OPENING.sub("", part, count=1)).strip(" .()\t")
        if found and SUFFIX.fullmatch(name):
            found[-1] = f"{found[-1]}, {name}"
        elif name:
            found.append(name)
    return found
