"""What an article prints beside a person's name about a public office: chamber, state and party."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from app.domain.links import Party
from app.domain.names import fold
from app.domain.span import Span
from app.linking.gazetteer import Gazetteer
from app.linking.office_holders import Office
from app.linking.state_names import state_at_end, state_in

_POLITICAL = "political_words.txt"
_BEFORE = 160  # characters looked at in front of a name: a list of senators is long
_BEHIND = 60

_NAME = r"[A-Z][\w.’'-]*"
_SENATOR = r"Sens?\.?|[Ss]enators?"
_REPRESENTATIVE = r"Reps?\.?|[Rr]epresentatives?|[Cc]ongress(?:wo)?m[ae]n"
# Behind "Sens." come names with their parties ("R-Ohio" is one too), joined by commas and "and".
_LIST = rf"(?:(?:{_NAME}|and|\([^)]*\))[,]?\s+)*"
_OFFICE = re.compile(
    rf"(?P<words>(?:[\w.’'-]+\s+){{0,3}})\b(?:(?P<sen>{_SENATOR})|(?P<rep>{_REPRESENTATIVE}))"
    rf"\s+(?:elect\s+)?(?P<list>{_LIST})$"
)
_LEADER = re.compile(
    rf"(?P<words>(?:[\w.’'-]+\s+){{0,2}})\b(?P<chamber>House|Senate)\s+(?:{_NAME}\s+|and\s+|of\s+){{0,5}}?"
    r"(?:Speaker|Leader|leader|Whip|whip|Chair(?:wo)?man|chair(?:wo)?man|Chair|chair)\s+$"
)
_PARTY_STATE = re.compile(
    # "I" is a word, too: "Ortega, I think".
    r"\s*,?\s*[(\[]?\s*(?P<party>[RD]|(?<=[(\[])I|I(?=\s*[-–—]\s*[A-Z])|Rep\.|Dem\.|Ind\.)"
    r"(?:\s*[-–—./,]+\s*(?P<state>[A-Z][A-Za-z. ]*?[A-Za-z]\.?))?"
    r"(?=\s*[)\],;:.]|\s*\d|\s+(?:[a-z]|and\b)|$)"
)
_PARTY_BEHIND = re.compile(
    r"\s*,\s*(?P<words>(?:an?|the)\s+(?:[\w.’'-]+\s+){0,4}?|(?:[A-Z][\w.]+\s+){0,2})"
    # of a party, and no "independent lawyer"
    r"(?P<party>Democrat|Republican|[Ii]ndependent(?!\s+(?!and\b|from\b|of\b|who\b)[a-z]))\b"
    rf"(?:,?\s+(?:of|from)\s+(?P<state>{_NAME}(?:\s{_NAME}){{0,2}}))?"
)
_IN_BRACKETS = re.compile(r"\s*\((?P<state>[A-Z][A-Za-z. ]*)\)")
_OF_STATE = re.compile(rf"\s*,?\s+(?:of|from)\s+(?P<state>{_NAME}(?:\s{_NAME}){{0,2}})")
_PARTY_BEFORE = re.compile(
    r"\b(?P<party>Democrat(?:ic)?|Republican|GOP|Libertarian)s?\s+"
    r"(?:(?:(?:Sen|Rep|Gov)s?\.|M[rs]s?\.|state|[Ss]enators?|[HLWMCGR][a-z]+|leader|candidate|nominee|incumbent|lawmaker)"
    r"\s+){0,3}$"
)
_PARTIES = {
    "r": Party.REPUBLICAN,
    "rep": Party.REPUBLICAN,
    "gop": Party.REPUBLICAN,
    "republican": Party.REPUBLICAN,
    "d": Party.DEMOCRATIC,
    "dem": Party.DEMOCRATIC,
    "democrat": Party.DEMOCRATIC,
    "democratic": Party.DEMOCRATIC,
    "i": Party.INDEPENDENT,
    "ind": Party.INDEPENDENT,
    "independent": Party.INDEPENDENT,
    "libertarian": Party.LIBERTARIAN,
}
_WORDS_TOO = frozenset({Party.INDEPENDENT, Party.LIBERTARIAN})
# A sentence that holds one of these is about Congress.
_CONGRESS = re.compile(
    r"\b(?:[Ss]enators?|Sens?\.|Reps?\.|[Ll]awmakers?|[Cc]ongress\w*|Capitol Hill|(?<!White )House|Senate"
    r"|Democrats?|Republicans?|GOP|bipartisan)\b"
)
# "NBC's", "First Lady", "Ald."; behind: ", a spokesman for the city,", " of Harbor Watch".
_IN_FRONT = re.compile(r"((?:[A-Z][\w.’'-]*[^\S\n]+){1,4})$")
_APPOSITION = re.compile(
    r"(?:,(?!\s(?:along|and|as well|but|or)\b)|[^\S\n](?=of|from|with)|[^\S\n]\()"
    r"[^\S\n]?([^,.;:\n”\"()]{3,90})"
)
_STATE_OFFICE = re.compile(r"\b(?:Gov\.|[Gg]overnor|[Aa]ttorney [Gg]eneral|[Ss]ecretary of [Ss]tate)(?!\w)")
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[“\"‘(]?[A-Z])|\n")
_ABBREVIATION = re.compile(r"\b(?:Sens?|Reps?|Gov|[A-Z]|Mr|Ms|Mrs|Dr|Jr|Sr|[A-Z][a-z]{2,4})\.$")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedOffice:
    """What stands beside the mentions of one person, all of them together.

    `offices`: seats in Congress. `state_level`: a seat in a state's legislature.
    `state_office`: the title of an office of a state. `other_title`: a title that is no politician's.
    `congress`: Congress or a party is named in a sentence with the person. `beside`: the words around the
    first mention that may say who it is.
    """

    offices: frozenset[Office] = frozenset()
    states: frozenset[str] = frozenset()
    parties: frozenset[Party] = frozenset()
    state_level: bool = False
    state_office: bool = False
    other_title: bool = False
    congress: bool = False
    beside: str = ""


@dataclass(frozen=True, slots=True)
class _Sign:
    office: Office | None = None
    state: str | None = None
    party: Party | None = None
    state_level: bool = False


def read_office(
    text: str, mentions: Iterable[Span], *, title: str | None, affiliation: str | None, gazetteer: Gazetteer
) -> PrintedOffice:
    """Return what the words around the mentions, and the title kept for the person, say about an office."""
    spans = list(mentions)
    signs = [sign for span in spans for sign in _beside(text, span, gazetteer)]
    signs += _in_title(f"{title or ''} {affiliation or ''}", gazetteer)
    return PrintedOffice(
        offices=frozenset(sign.office for sign in signs if sign.office),
        states=frozenset(sign.state for sign in signs if sign.state),
        parties=frozenset(sign.party for sign in signs if sign.party),
        state_level=any(sign.state_level for sign in signs),
        state_office=title is not None and _STATE_OFFICE.search(title) is not None,
        other_title=title is not None and not _is_political(title, gazetteer),
        congress=any(_CONGRESS.search(text, *_sentence(text, span)) for span in spans),
        beside=_words_beside(text, spans[0]) if spans else "",
    )


def _words_beside(text: str, span: Span) -> str:
    """Return the words right in front of a name on its line, and what an apposition behind it says."""
    front = _IN_FRONT.search(text, max(0, span.start - _BEHIND), span.start)
    behind = _APPOSITION.match(text, span.end)
    return " ".join(found[1] for found in (front, behind) if found)


def _beside(text: str, span: Span, gazetteer: Gazetteer) -> Iterator[_Sign]:
    before = text[max(0, span.start - _BEFORE) : span.start]
    before = before[_last_break(before) :]
    yield from _before(before, gazetteer)
    behind = text[span.end : span.end + _BEHIND].split("\n", 1)[0]
    for pattern in (_PARTY_STATE, _PARTY_BEHIND, _IN_BRACKETS, _OF_STATE):
        found = pattern.match(behind)
        if found is None:
            continue
        groups = found.groupdict()
        named = groups.get("state") or groups.get("words") or ""
        party = _PARTIES.get(fold(groups.get("party") or ""))
        yield _Sign(state=state_in(named, gazetteer=gazetteer), party=party)


def _before(before: str, gazetteer: Gazetteer) -> Iterator[_Sign]:
    office = _OFFICE.search(before)
    if office is not None:
        alone = not office["list"].strip()
        words = office["words"].split()
        seat = Office.SENATOR if office["sen"] else Office.REPRESENTATIVE
        of_a_state = bool(words) and fold(words[-1]) == "state"
        yield _Sign(
            office=None if of_a_state else seat,
            state=state_at_end(office["words"], gazetteer=gazetteer) if alone else None,
            state_level=of_a_state,
        )
    leader = _LEADER.search(before)
    if leader is not None:
        state = state_at_end(leader["words"], gazetteer=gazetteer)
        seat = Office.SENATOR if leader["chamber"] == "Senate" else Office.REPRESENTATIVE
        below = state is not None or fold(leader["words"]).endswith("state")
        white = fold(leader["words"]).endswith("white")
        yield _Sign(office=None if below or white else seat, state=state, state_level=below)
    party = _PARTY_BEFORE.search(before)
    if party is not None and (office is None or not office["list"].strip()):
        yield _Sign(party=_PARTIES[fold(party["party"])])


def _in_title(title: str, gazetteer: Gazetteer) -> Iterator[_Sign]:
    words = fold(title).split()
    of_a_state = "state" in words and not {"secretary", "department"} & set(words)
    state = state_in(title, gazetteer=gazetteer)
    seats = {
        Office.SENATOR: {"sen", "senator"},
        Office.REPRESENTATIVE: {"rep", "representative", "congressman", "congresswoman"},
    }
    for seat, names in seats.items():
        if names & set(words):
            yield _Sign(office=None if of_a_state else seat, state_level=of_a_state, state=state)
    if state is not None:
        yield _Sign(state=state)
    for at, word in enumerate(words):
        party = _PARTIES.get(word.removesuffix("s"))
        if party is None or len(word) == 1 or word in {"rep", "reps", "ind"}:
            continue
        behind = words[at + 1 : at + 2]
        if party in _WORDS_TOO and behind and behind[0] not in _political_words():
            continue  # "libertarian think tank"
        yield _Sign(party=party)


def _is_political(title: str, gazetteer: Gazetteer) -> bool:
    words = fold(title).split()
    return (
        all(word in _political_words() for word in words) or state_in(title, gazetteer=gazetteer) is not None
    )


def _last_break(before: str) -> int:
    """Return where the sentence that a name stands in begins, abbreviations passed over."""
    for found in reversed(list(_SENTENCE_END.finditer(before))):
        if before[found.start()] == "\n" or not _ABBREVIATION.search(before[: found.start() + 1]):
            return found.end()
    return 0


def _sentence(text: str, span: Span) -> tuple[int, int]:
    start = max(0, span.start - 2 * _BEFORE)
    begin = start + _last_break(text[start : span.start])
    end = _SENTENCE_END.search(text, span.end)
    return begin, end.start() if end else min(len(text), span.end + 2 * _BEFORE)


@cache
def _political_words() -> frozenset[str]:
    lines = files("app.linking").joinpath("data", _POLITICAL).read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
