"""Who a person is across articles: the printed name without honorifics and middle initials."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files

from app.domain.annotation import SpeakerKind
from app.domain.links import SpeakerRecord
from app.domain.names import fold, slugify

# Part of the name: father and son are two people. ("V" is left out: it is an initial more often.)
_SUFFIXES = {"jr": "Jr.", "junior": "Jr.", "sr": "Sr.", "senior": "Sr.", "ii": "II", "iii": "III", "iv": "IV"}
_FEWEST_WORDS = 2  # a person is told by a first and a last name
# No first names: what they begin is a last name. ("Al", "Del" and "Van" are first names too.)
_PARTICLES = frozenset({"de", "la", "los", "las", "dos", "von", "der", "bin", "ibn", "el"})
# A name may begin with these in small letters.
_SMALL_FIRST = _PARTICLES | {"al", "da", "del", "di", "du", "ibn", "van"}
_POPE = "pope"
_KNOWN = "known_names.tsv"
_WORD = re.compile(r"[^\W\d_]+")


def bare_name(name: str) -> str:
    """Return a printed name without honorifics and degrees."""
    return " ".join(_bare_words(name))


def person_record(name: str) -> SpeakerRecord | None:
    """Return the record that a printed name means, null when it is no first and last name.

    The record's name is the printed one without honorifics and degrees; the slug also leaves middle initials
    out. Other names of one person (`known_names.tsv`) lead to one record.
    """
    words = _bare_words(name)
    bare = " ".join(words)
    identity = _without_initials(words)
    if not _is_full(_without_suffix([fold(word) for word in identity])):
        return None
    known = _known_names().get(fold(" ".join(identity)))
    if known is not None:
        aliases = tuple(dict.fromkeys(one for one in (bare, name) if one != known.name))
        by_name = slugify(" ".join(identity))
        return replace(known, aliases=aliases, name_slug=None if by_name == known.slug else by_name)
    return SpeakerRecord(
        slug=slugify(" ".join(identity)),
        name=bare,
        kind=SpeakerKind.PERSON,
        aliases=() if name == bare else (name,),
    )


def pope_record(name: str, title: str | None) -> SpeakerRecord | None:
    """Return the record of a pope, who is known by one name; null when the title is another one."""
    words = _bare_words(name)
    if title is None or fold(title) != _POPE or len(words) != 1:
        return None
    known = f"{_POPE.capitalize()} {words[0]}"
    return SpeakerRecord(slug=slugify(known), name=known, kind=SpeakerKind.PERSON)


def full_names(names: Iterable[str], *, text: str) -> dict[str, str]:
    """Return the one full name of an article that ends in another of its names, by that name, folded.

    "Ortega Vega" is the last name of "Ana Ortega Vega" there. Where the text has "Vega" alone, "Ortega" is a
    first name, and the longer name has a word too many in front ("Designate Ana Ortega").
    """
    words = {name: _without_initials(_bare_words(name)) for name in names}
    by_end: dict[tuple[str, ...], set[str]] = {}
    for name, whole in words.items():
        if len(whole) == _FEWEST_WORDS + 1:  # one first name and a last name of two words
            by_end.setdefault(_folded(whole[1:]), set()).add(name)
    found: dict[str, set[str]] = {}
    for short, last in words.items():
        longer = by_end.get(_folded(last), set()) if len(last) == _FEWEST_WORDS else set()
        if longer and not _stands_alone(last, text):
            found.setdefault(fold(short), set()).update(longer)
    return {short: longer.pop() for short, longer in found.items() if len(longer) == 1}


def _stands_alone(words: list[str], text: str) -> bool:
    first, last = map(re.escape, words)
    return re.search(rf"\b(?<!{first}\s){last}\b", text) is not None


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(map(fold, words))


def _is_full(words: list[str]) -> bool:
    """Tell whether folded words are a first and a last name: not "De La Rosa", not "Ana O."."""
    given = [word for word in words[:-1] if word not in _PARTICLES]
    return bool(given) and len(words[-1]) > 1 and words[0] not in _PARTICLES


def _bare_words(name: str) -> list[str]:
    """Return the words without honorifics, degrees and commas, in usual capitals."""
    words = name.replace(",", " ").split()
    while len(words) > 1 and fold(words[0]) in _word_list("honorifics.txt"):
        words = words[1:]
    while len(words) > _FEWEST_WORDS and words[0][0].islower() and fold(words[0]) not in _SMALL_FIRST:
        words = words[1:]  # "billionaire Ana Ortega"
    while len(words) > 1 and fold(words[-1]) in _word_list("degrees.txt"):
        words = words[:-1]
    if name.isupper():
        words = [_in_usual_capitals(word) for word in words]
    if len(words) > _FEWEST_WORDS and fold(words[-1]) in _SUFFIXES:
        words[-1] = _SUFFIXES[fold(words[-1])]
    return words


def _in_usual_capitals(word: str) -> str:
    """Return "O’Neil-Ruiz" for "O’NEIL-RUIZ"; initials stay."""
    return word if "." in word else _WORD.sub(lambda part: part[0].capitalize(), word.lower())


def _without_initials(words: list[str]) -> list[str]:
    """Return the words without middle initials; behind a first initial ("J. Ana Ortega") they are needed."""
    if not words or len(fold(words[0])) == 1:
        return words
    last = len(_without_suffix([fold(word) for word in words])) - 1
    return [word for at, word in enumerate(words) if at in {0, last} or at > last or len(fold(word)) != 1]


def _without_suffix(words: list[str]) -> list[str]:
    return words[:-1] if words and words[-1] in _SUFFIXES else words


@cache
def _known_names() -> Mapping[str, SpeakerRecord]:
    """Return the records of those who are printed under several names, by each of them, folded."""
    text = files("app.linking").joinpath("data", _KNOWN).read_text(encoding="utf-8")
    known = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        slug, name, cell = line.split("\t")
        record = SpeakerRecord(slug=slug, name=name, kind=SpeakerKind.PERSON)
        known.update({fold(one): record for one in (name, *cell.split("|"))})
    return known


@cache
def _word_list(name: str) -> frozenset[str]:
    lines = files("app.linking").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
