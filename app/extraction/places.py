"""Mentions of places: the model's, and what patterns of news writing give away.

No gazetteer stands behind this: a later stage drops the names that are no place. So patterns lean to
recall, and what is certainly no place is marked blocked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from app.domain.annotation import Field, MentionRole, PlaceKind, PlaceMention
from app.domain.span import Span as CharSpan
from app.extraction.datelines import find_datelines
from app.extraction.labels import FAC, GPE, LOC, ORG
from app.extraction.locations import container_behind, known_at, state_words
from app.extraction.words import words

PLACE_LABELS = frozenset({GPE, LOC})
GOVERNMENT_SEATS = frozenset({"Washington"})
"""Names of a seat of government that, as who acts, mean the government."""

STATE_MATTERS = re.compile(
    r"\bstate(?:['’]s)? (?:law|legislature|senator|senate|assembly|lawmaker|attorney|official|agenc)"
    r"|\bstate['’]s\b"
)
"""Words that make New York and Washington the states."""

Doc.set_extension("places", default=(), force=True)


@dataclass(slots=True)
class _Found:
    """Token bounds of a name and what is known about it."""

    start: int
    end: int
    role: MentionRole = MentionRole.MENTION
    kind: PlaceKind | None = None
    container: str | None = None
    blocked: str | None = None
    printed_behind: bool = False  # the state in "Springfield, Ill."


def _datelines(doc: Doc) -> Iterator[_Found]:
    for city, container in find_datelines(doc):
        yield _Found(city.start, city.end, role=MentionRole.DATELINE, container=container)
        state = container_behind(doc, city.end)
        if state is not None:
            yield _Found(state.start, state.end, role=MentionRole.DATELINE)


def _named(doc: Doc) -> Iterator[_Found]:
    """Yield the recognised places, and the states printed behind them."""
    for ent in doc.ents:
        if ent.label_ not in PLACE_LABELS or not ent[0].text[0].isupper():
            continue
        found = _without_city_of(ent)
        state = container_behind(doc, ent.end)
        if state is not None and ent.text not in state_words():
            found.container = state.text
            yield _Found(state.start, state.end, printed_behind=True)
        yield found


def _without_city_of(ent: Span) -> _Found:
    """Return the name in "City of Boston", "State of Texas", with the kind it says."""
    kinds = {
        "City": PlaceKind.CITY,
        "city": PlaceKind.CITY,
        "Town": PlaceKind.CITY,
        "State": PlaceKind.STATE,
        "County": PlaceKind.COUNTY,
    }
    if len(ent) > 2 and ent[1].text == "of" and ent[0].text in kinds:  # noqa: PLR2004 - "City", "of", name
        return _Found(ent.start + 2, ent.end, kind=kinds[ent[0].text])
    return _Found(ent.start, ent.end)


def _said_kind(doc: Doc, found: _Found) -> PlaceKind | None:
    """Return the kind that the words around a name say."""
    before = doc[found.start - 2 : found.start].text.lower() if found.start > 1 else ""
    behind = doc[found.end].text if found.end < len(doc) else ""
    last = doc[found.end - 1].text
    if last in {"County", "Parish", "Borough"} and found.end - found.start > 1:
        return PlaceKind.COUNTY
    if before in {"city of", "town of", "village of"}:
        return PlaceKind.CITY
    if (
        before == "state of"
        or behind == "state"
        or (behind == "State" and doc[found.start : found.end].text in {"Washington", "New York"})
    ):
        return PlaceKind.STATE
    if behind in {"city", "City"} and last != "City":
        return PlaceKind.CITY
    if doc[found.start : found.end].text in {"New York", "Washington"} and _speaks_of_state(doc[found.start]):
        return PlaceKind.STATE
    return None


def _speaks_of_state(token: Token) -> bool:
    """Tell whether a name's sentence speaks of state law and of no city."""
    sentence = token.sent.text
    return STATE_MATTERS.search(sentence) is not None and "city" not in sentence.lower()


def _blocked(doc: Doc, found: _Found) -> str | None:
    """Return why a name is no place here, if so."""
    name = doc[found.start : found.end].text
    if (
        name in GOVERNMENT_SEATS
        and found.kind is None
        and not found.printed_behind
        and found.role is MentionRole.MENTION
    ):
        token = doc[found.end - 1]
        if token.dep_ in {"nsubj", "agent"} and token.head.pos_ in {"VERB", "AUX"}:
            return "a seat of government stands for the government"
    return None


def _name_parts(doc: Doc, known: set[str]) -> Iterator[_Found]:
    """Yield the place names inside names of organizations and facilities."""
    lists = words("us_states.tsv") | words("countries.txt") | known
    for ent in doc.ents:
        if ent.label_ not in {ORG, FAC} or len(ent) < 2:  # noqa: PLR2004 - a name and something else
            continue
        at = ent.start
        while at < ent.end:
            end = known_at(doc, at, lists)
            if end is not None and end <= ent.end and end - at < len(ent):
                yield _Found(at, end, role=MentionRole.NAME_PART)
                at = end
            else:
                at += 1


def _without_overlaps(found: Iterable[_Found]) -> list[_Found]:
    """Return names in text order; of two that overlap the earlier in the input stays."""
    kept: list[_Found] = []
    covered: set[int] = set()
    for one in found:
        if one.start < one.end and not covered.intersection(range(one.start, one.end)):
            kept.append(one)
            covered.update(range(one.start, one.end))
    return sorted(kept, key=lambda one: one.start)


def find_places(doc: Doc) -> list[_Found]:
    """Return the place names of a text by token bounds, in text order."""
    found = _without_overlaps([*_datelines(doc), *_named(doc)])
    known = {doc[one.start : one.end].text for one in found}
    found = _without_overlaps([*found, *_name_parts(doc, known)])
    for one in found:
        one.kind = one.kind or _said_kind(doc, one)
        one.blocked = _blocked(doc, one)
    return found


def to_mention(doc: Doc, found: _Found) -> PlaceMention:
    """Return the mention for a name found in `doc`."""
    span = doc[found.start : found.end]
    return PlaceMention(
        field=Field.TEXT,
        span=CharSpan(span.start_char, span.end_char),
        text=span.text,
        role=found.role,
        kind=found.kind,
        container=found.container,
        blocked=found.blocked,
    )


@Language.component(
    "dateline_places", requires=["doc.ents", "token.tag", "token.dep", "doc.sents"], assigns=["doc._.places"]
)
def places(doc: Doc) -> Doc:
    """Set `doc._.places`, a tuple of PlaceMention in text order."""
    doc._.places = tuple(to_mention(doc, one) for one in find_places(doc))
    return doc
