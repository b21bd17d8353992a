"""Which states and countries a text is about: their names, abbreviations and peoples, counted."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from app.domain.names import fold
from app.linking.containers import Container, read_container
from app.linking.gazetteer import Gazetteer

_DEMONYMS = "demonyms.tsv"
_LONGEST = 4  # words: "Democratic Republic of Congo" is found by "Congo"
# A run of capitalised words on one line; abbreviations keep their full stop ("Ill.").
_RUN = re.compile(r"[A-Z][\w.’'-]*(?: (?:of |and |the )?[A-Z][\w.’'-]*)*")
# A postal code counts only behind a name and a comma: "OR", "IN" and "ME" are words in headlines.
_POSTAL = re.compile(r"(?<=[a-z]), ?([A-Z]{2})\b")
# Names that mean a city, a person or the government more often than the state.
_NOT_ALONE = frozenset({"new york", "washington"})
_CITY = "City"  # behind a state's name it makes a city's, which may lie elsewhere: "Kansas City"
_BASED = "-based"  # "a Va.-based court"
# Shorter names without a full stop are words or initials, unless they are whole names ("Miss", "Pa"; "Ohio").
_WITH_STOP = 6  # letters


def named_containers(text: str, *, gazetteer: Gazetteer) -> Mapping[Container, float]:
    """Return how often the text names each state and country; a name of two counts half for each."""
    counts: dict[Container, float] = {}
    for inside in _found(text, gazetteer):
        for container in inside:
            counts[container] = counts.get(container, 0.0) + 1 / len(inside)
    return counts


def _found(text: str, gazetteer: Gazetteer) -> Iterator[frozenset[Container]]:
    for run in _RUN.finditer(text):
        yield from _in_run(run[0].split(" "), gazetteer)
    for code in _POSTAL.finditer(text):
        inside = read_container(code[1], gazetteer=gazetteer)
        yield frozenset(one for one in inside if one.state == code[1])


def _in_run(words: list[str], gazetteer: Gazetteer) -> Iterator[frozenset[Container]]:
    """Yield what the words of a run name, the longest names first, each word used once."""
    at = 0
    while at < len(words):
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            inside = _meaning(" ".join(words[at : at + length]), gazetteer)
            if inside:
                at += length
                if not "".join(words[at : at + 1]).startswith(_CITY):
                    yield inside
                break
        else:
            at += 1


def _meaning(name: str, gazetteer: Gazetteer) -> frozenset[Container]:
    name = name.removesuffix(_BASED)
    bare = name.rstrip(".,’'").removesuffix("’s").removesuffix("'s")
    if bare in _demonyms():
        return _demonyms()[bare]
    if fold(bare) in _NOT_ALONE:
        return frozenset()
    short = len(bare) < _WITH_STOP and "." not in name
    return read_container(bare, gazetteer=gazetteer, whole=short)


@cache
def _demonyms() -> Mapping[str, frozenset[Container]]:
    lines = files("app.linking").joinpath("data", _DEMONYMS).read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: frozenset({Container(country)}) for word, country in cells}
