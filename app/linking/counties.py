"""Which counties a text names, whole or in the name of an office: "Ortega County", "Ortega Parish Jail"."""

import re
from collections.abc import Mapping

from app.linking.gazetteer import Gazetteer

# One to three capitalised words before the word for a county. They are short: one without end would be read
# anew at each of its capitals.
_NAMED = re.compile(r"((?:[A-Z][\w.’'-]{0,40}\s){1,3})(County|Parish|Borough)\b")


def named_counties(text: str, *, gazetteer: Gazetteer) -> Mapping[str, float]:
    """Return the counties that the text names by FIPS number; of n that bear a name each has 1/n."""
    found: dict[str, float] = {}
    for named in _NAMED.finditer(text):
        numbers = _numbers(named[1].split(), named[2], gazetteer)
        for number in numbers:
            found[number] = max(found.get(number, 0.0), 1 / len(numbers))
    return found


def _numbers(words: list[str], kind: str, gazetteer: Gazetteer) -> frozenset[str]:
    """Return the counties of the longest name that some words before the kind make up."""
    for first in range(len(words)):
        places = (one.place for one in gazetteer.candidates(" ".join([*words[first:], kind])))
        numbers = frozenset(place.county_fips for place in places if place.county_fips)
        if numbers:
            return numbers
    return frozenset()
