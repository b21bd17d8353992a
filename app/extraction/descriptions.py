"""Whom "the Ohio Democrat" and "the Ohio senator" describe: the one person of that state and seat."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc

from app.extraction.people import FORMER, NamedPerson
from app.extraction.words import rows

DEMOCRAT, REPUBLICAN = "democrat", "republican"
PARTIES = {
    "D": DEMOCRAT,
    "R": REPUBLICAN,
    "democrat": DEMOCRAT,
    "democratic": DEMOCRAT,
    "republican": REPUBLICAN,
    "gop": REPUBLICAN,
}
SEATS = {
    "senator": "senator",
    "representative": "representative",
    "congressman": "representative",
    "congresswoman": "representative",
    "governor": "governor",
}
"""Nouns of offices by the title that print puts before a name."""

LONGEST_ASIDE = 6
"""Tokens behind a name in which party and state may stand."""

_PARTY_AND_STATE = re.compile(r"(?:,| \() ?([DR])(?:\)|[-‑–] ?([A-Z][A-Za-z.]*(?: [A-Z][a-z]+)?))")
_OF_STATE = re.compile(r" of ([A-Z][a-z]+(?: [A-Z][a-z]+)?)")


@cache
def _states() -> dict[str, str]:
    """Return the states by name and abbreviation, without full stops."""
    return {form.replace(".", ""): row[0] for row in rows("us_states.tsv") for form in row if form}


def described(doc: Doc, people: Iterable[NamedPerson], start: int, end: int) -> NamedPerson | None:
    """Return whom the noun phrase between two tokens describes, if one person named before it fits."""
    noun = doc[end - 1].lower_
    state = _states().get(doc[start + 1 : end - 1].text) if end - start > 2 else None  # noqa: PLR2004 - "the", state, noun
    if state is None or doc[start].lower_ != "the" or noun not in PARTIES.keys() | SEATS.keys():
        return None
    found = [one for one in people if one.spans[0].start < start and _fits(one, noun, state)]
    return found[0] if len(found) == 1 else None


def _fits(person: NamedPerson, noun: str, state: str) -> bool:
    """Tell whether print gives a person the state, and the party or seat that a noun tells."""
    signs = set(_signs(person))
    former = person.presentations and all(FORMER & one.words for one in person.presentations)
    return not former and {state, PARTIES.get(noun) or SEATS[noun]} <= signs


def _signs(person: NamedPerson) -> Iterator[str]:
    """Yield the states, parties and seats that print puts beside a person's name."""
    for one in person.presentations:
        yield SEATS.get(one.head or "", "")
        words = (one.title or "").split()
        yield from (PARTIES.get(word.lower(), "") for word in words)
        pairs = (" ".join(pair) for pair in pairwise(words))
        yield from (_states().get(one, "") for one in (*words, *pairs))
    for span in person.spans:
        behind = span[-1].whitespace_ + span.doc[span.end : span.end + LONGEST_ASIDE].text
        if aside := _PARTY_AND_STATE.match(behind):
            yield PARTIES[aside[1]]
            yield _state(aside[2])
        if of_state := _OF_STATE.match(behind):
            yield _state(of_state[1])


def _state(printed: str | None) -> str:
    """Return the state that printed words begin with; empty when none does."""
    if not printed:
        return ""
    whole, first = printed.replace(".", ""), printed.split()[0].replace(".", "")
    return _states().get(whole) or _states().get(first, "")
