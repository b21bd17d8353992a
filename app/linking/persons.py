"""Who a person is across articles: the printed name without honorifics and middle initials."""

from functools import cache
from importlib.resources import files

from app.domain.annotation import SpeakerKind
from app.domain.links import SpeakerRecord
from app.domain.names import fold, slugify

# Part of the name: father and son are two people. ("V" is left out: it is an initial more often.)
_SUFFIXES = {"jr": "Jr.", "junior": "Jr.", "sr": "Sr.", "senior": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
_FEWEST_WORDS = 2  # a person is told by a first and a last name


def person_record(name: str, *, keep_initials: frozenset[str] = frozenset()) -> SpeakerRecord | None:
    """Return the record that a printed name means, null for a name of one word.

    The record's name is the printed one without honorifics and degrees; the slug also leaves middle initials
    out, except in the (folded) names of `keep_initials`, where they are what tells two people apart.
    """
    words = _bare_words(name)
    bare = " ".join(words)
    identity = bare if fold(bare) in keep_initials else " ".join(_without_initials(words))
    if len(_without_suffix(fold(identity).split())) < _FEWEST_WORDS:
        return None
    return SpeakerRecord(
        slug=slugify(identity),
        name=bare,
        kind=SpeakerKind.PERSON,
        aliases=() if name == bare else (name,),
    )


def _bare_words(name: str) -> list[str]:
    """Return the words without honorifics, degrees and commas, the suffix in its usual spelling."""
    words = name.replace(",", " ").split()
    while len(words) > _FEWEST_WORDS and fold(words[0]) in _word_list("honorifics.txt"):
        words = words[1:]
    while len(words) > _FEWEST_WORDS and fold(words[-1]) in _word_list("degrees.txt"):
        words = words[:-1]
    if len(words) > _FEWEST_WORDS and fold(words[-1]) in _SUFFIXES:
        words[-1] = _SUFFIXES[fold(words[-1])]
    return words


def _without_initials(words: list[str]) -> list[str]:
    """Return the words without middle initials; behind a first initial ("J. Ana Ortega") they are needed."""
    if not words or len(fold(words[0])) == 1:
        return words
    last = len(_without_suffix([fold(word) for word in words])) - 1
    return [word for at, word in enumerate(words) if at in {0, last} or at > last or len(fold(word)) != 1]


def _without_suffix(words: list[str]) -> list[str]:
    return words[:-1] if words and words[-1] in _SUFFIXES else words


@cache
def _word_list(name: str) -> frozenset[str]:
    lines = files("app.linking").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
