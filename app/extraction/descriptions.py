"""Whom "the Ohio Democrat" and "the Ohio senator" describe: the one person of that state and seat."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from spacy.tokens import Doc, Span

from app.extraction.in_order import InOrder
from app.extraction.people import FORMER, NamedPerson
from app.extraction.titles import Presentation, title_start
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

KINDS = (frozenset({DEMOCRAT, REPUBLICAN}), frozenset(SEATS.values()))
SIGNS = KINDS[0] | KINDS[1]

LEADING = frozenset({"chairman", "chairwoman", "leader", "speaker", "whip"})
CHAMBERS = frozenset({"house", "majority", "minority", "senate"})
"""Words that make a leader's title that of a member of Congress."""

LONGEST_BEFORE = 3
"""Tokens before a title that may tell party and state, too: "New York Republican Sen. Ana Ortega"."""

LONGEST_ASIDE = 6
"""Tokens behind a name in which party and state may stand."""

_PARTY_AND_STATE = re.compile(r"(?:,| \() ?([DR])(?:\)|[-‑–] ?([A-Z][A-Za-z.]*(?: [A-Z][a-z]+)?))")
_OF_STATE = re.compile(r" of ([A-Z][a-z]+(?: [A-Z][a-z]+)?)")


@cache
def _states() -> dict[str, str]:
    """Return the states by name and abbreviation, without full stops."""
    return {form.replace(".", ""): row[0] for row in rows("us_states.tsv") for form in row if form}


@cache
def _state_names() -> frozenset[str]:
    return frozenset(_states().values())


class Descriptions:
    """The persons of a text by state, and party or seat; and who is named where."""

    def __init__(self, people: Iterable[NamedPerson]) -> None:
        self._signs: dict[NamedPerson, frozenset[str]] = {}
        self._fitting: dict[tuple[str, str], list[NamedPerson]] = {}
        mentions: list[tuple[int, NamedPerson]] = []
        for person in people:
            if person.is_president:
                continue
            self._signs[person] = signs = frozenset(_signs(person)) - {""}
            mentions.extend((span.start, person) for span in person.spans)
            if not person.is_former:
                for state in signs & _state_names():
                    for sign in signs & SIGNS:
                        self._fitting.setdefault((state, sign), []).append(person)
        self._named = InOrder(mentions)

    def meant(self, doc: Doc, start: int, end: int, openings: Iterable[int]) -> NamedPerson | None:
        """Return whom the noun phrase between two tokens describes: the one person named before it whom print
        gives this state and party or seat. Where it gives them to nobody, the member of Congress or governor
        whom alone the paragraph names before it, or else the one before, if it gives this one no others.

        `openings` are the tokens before these paragraphs.
        """
        noun = doc[end - 1].lower_
        state = _states().get(doc[start + 1 : end - 1].text) if end - start > 2 else None  # noqa: PLR2004 - "the", state, noun
        if state is None or doc[start].lower_ != "the" or noun not in PARTIES.keys() | SEATS.keys():
            return None
        sign = PARTIES.get(noun) or SEATS[noun]
        fitting = [one for one in self._fitting.get((state, sign), [])[:2] if one.spans[0].start < start]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
        for opens in openings:
            if near := self._named.last(opens + 1, start):
                return near[0] if len(near) == 1 and self._may_be(near[0], state, sign) else None
        return None

    def _may_be(self, person: NamedPerson, state: str, sign: str) -> bool:
        """Tell whether a person holds a seat, and nothing is told of another state, party or seat."""
        signs = self._signs[person]
        offices = [one for one in person.presentations if _is_seat(one)]
        if not offices or any(FORMER & one.words for one in person.presentations):
            return False
        kind = next(kind for kind in KINDS if sign in kind)
        return signs & _state_names() <= {state} and signs & kind <= {sign}


def _is_seat(one: Presentation) -> bool:
    """Tell whether a title is a governor's or of Congress: "Senate Minority Leader", "Speaker"."""
    leads = one.head in LEADING and not CHAMBERS.isdisjoint(one.words)
    return one.head in SEATS or leads or one.words == {"speaker"}


def _signs(person: NamedPerson) -> Iterator[str]:
    """Yield the states, parties and seats that print puts beside a person's name."""
    for one in person.presentations:
        yield SEATS.get(one.head or "", "")
        yield from _parties_and_states((one.title or "").split())
    for span in person.spans:
        yield from _parties_and_states(_before_title(span))
        behind = span[-1].whitespace_ + span.doc[span.end : span.end + LONGEST_ASIDE].text
        if aside := _PARTY_AND_STATE.match(behind):
            yield PARTIES[aside[1]]
            yield _state(aside[2])
        if of_state := _OF_STATE.match(behind):
            yield _state(of_state[1])


def _before_title(name: Span) -> list[str]:
    """Return the capitalised words right before the title of a name, none where it has no title."""
    doc, end = name.doc, title_start(name.doc, name.start)
    start = end
    while end < name.start and start > max(end - LONGEST_BEFORE, 0) and doc[start - 1].text.istitle():
        start -= 1
    return [token.text for token in doc[start:end]]


def _parties_and_states(printed: Sequence[str]) -> Iterator[str]:
    """Yield the parties and states that printed words name."""
    yield from (PARTIES.get(word.lower(), "") for word in printed)
    pairs = (" ".join(pair) for pair in pairwise(printed))
    yield from (_states().get(one.replace(".", ""), "") for one in (*printed, *pairs))


def _state(printed: str | None) -> str:
    """Return the state that printed words begin with; empty when none does."""
    if not printed:
        return ""
    whole, first = printed.replace(".", ""), printed.split()[0].replace(".", "")
    return _states().get(whole) or _states().get(first, "")
