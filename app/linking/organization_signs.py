"""Whether the words of a name say that it is one of an organization, and no person or headline."""

import re
from functools import cache
from importlib.resources import files

from app.domain.names import fold

_WORDS = "organization_words.txt"
_SENTENCE_WORDS = "sentence_words.txt"
# Behind the word that says what it is: "Association of Harbor Pilots", "Committee to Protect Harbors".
_SMALL_WORDS = frozenset({"of", "for", "on", "in", "at", "to", "the"})
_NUMBER = re.compile(r"[\d\W]+")  # "Harbor Workers Local 12"
# One name with a comma in it: "Ortega Foods, Inc.", "Committee on Health, Labor and Pensions".
_COMMA_OF_NAME = re.compile(r",\s+(?:(?:Inc|LLC|LLP|Ltd|Corp)\b|(?:[\w’'-]+\s+)*(?:and|&)\s)")


def is_organization_name(name: str) -> bool:
    """Tell whether a word of the name is one for organizations, where such a word stands."""
    words = _folded(name)
    if not _is_one_name(name) or _is_headline(words):
        return False
    heads = _word_list(_WORDS)
    while len(words) > 1 and _NUMBER.fullmatch(words[-1]):
        words = words[:-1]
    if len(words) > 1 and words[-1] in heads:
        return True
    small = _first_small_word(words)
    if small is None:
        return False
    return words[small - 1] in heads or f"{words[small - 1]} {words[small]}" in heads


def _is_one_name(name: str) -> bool:
    return "," not in name or _COMMA_OF_NAME.search(name) is not None


def _is_headline(words: list[str]) -> bool:
    """Tell whether the words hold one that makes them a sentence."""
    return any(
        word in _word_list(_SENTENCE_WORDS) or (word == "to" and words[at - 1] not in _word_list(_WORDS))
        for at, word in enumerate(words)
        if at
    )


def _first_small_word(words: list[str]) -> int | None:
    return next((at for at, word in enumerate(words) if at and word in _SMALL_WORDS), None)


def _folded(name: str) -> list[str]:
    return [folded for word in name.split() if (folded := fold(word))]


@cache
def _word_list(name: str) -> frozenset[str]:
    lines = files("app.linking").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
