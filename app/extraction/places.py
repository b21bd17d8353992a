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
from app.extraction.locations import (
    COUNTIES,
    LONGEST_NAME,
    container_behind,
    is_place_word,
    known_at,
    state_words,
)
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
Doc.set_extension("place_words", default=frozenset(), force=True)


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


def _local_bodies(doc: Doc) -> Iterator[_Found]:
    """Yield the places whose authorities and buildings are named: "Tampa" in "Tampa Police Department"."""
    for ent in doc.ents:
        if ent.label_ not in {ORG, FAC}:
            continue
        end = next((at for at in range(ent.start + 1, ent.end) if _is_local_body(doc, at, ent.end)), None)
        end = end or _end_of_place_words(ent)
        if end is not None and _may_have_authorities(doc[ent.start : end]):
            yield _Found(ent.start, end)


def _end_of_place_words(ent: Span) -> int | None:
    """Return the end of the words in front that the encoder takes for a place's, if others follow them."""
    if ent[-1].text in words("not_local_heads.txt"):
        return None
    inside = ent.doc._.place_words
    end = next((at for at in range(ent.start, ent.end) if at not in inside), ent.end)
    return end if ent.start < end < ent.end else None


def _is_local_body(doc: Doc, start: int, end: int) -> bool:
    """Tell whether an authority's name stands behind the place that ends at `start`."""
    words_behind = f"{doc[start:end].text} "
    if doc[start].text == "City" and doc[start - 1].text not in words("us_states.tsv"):
        words_behind = words_behind.removeprefix("City ")
    return any(
        words_behind.startswith((f"{body} ", f"{body}'", f"{body}’")) for body in words("local_bodies.txt")
    )


def _may_have_authorities(name: Span) -> bool:
    """Tell whether the words may be a city, county or state."""
    named = name[:-1] if len(name) > 1 and name[-1].text in COUNTIES else name
    return (
        len(name) <= LONGEST_NAME
        and name.text not in words("countries.txt") - words("us_states.tsv")
        and all(is_place_word(token) for token in named)
    )


def _facilities(doc: Doc) -> Iterator[_Found]:
    """Yield streets, buildings, waters and regions: places, but none that a record stands for."""
    for ent in doc.ents:
        if ent.label_ == FAC and ent[0].text[0].isupper():
            yield _Found(
                ent.start, ent.end, blocked="a street, a building, a water or a region has no record"
            )


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
    found = _without_overlaps([*_datelines(doc), *_named(doc), *_local_bodies(doc), *_facilities(doc)])
    known = {doc[one.start : one.end].text for one in found}
    found = _without_overlaps([*found, *_name_parts(doc, known)])
    for one in found:
        one.kind = one.kind or _said_kind(doc, one)
        one.blocked = one.blocked or _blocked(doc, one)
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
