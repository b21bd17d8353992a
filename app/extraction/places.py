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
from app.extraction.entities import FAC, GPE, LOC, ORG, PERSON, state_abbreviations
from app.extraction.words import words

PLACE_LABELS = frozenset({GPE, LOC})
GOVERNMENT_SEATS = frozenset({"Washington"})
"""Names of a seat of government that, as who acts, mean the government."""

PREPOSITIONS = frozenset(
    {
        "in",
        "near",
        "outside",
        "throughout",
        "across",
        "around",
        "toward",
        "towards",
        "from",
        "In",
        "Near",
        "Outside",
        "From",
        "Across",
    }
)
STATE_MATTERS = re.compile(
    r"\bstate(?:['’]s)? (?:law|legislature|senator|senate|assembly|lawmaker|attorney|official|agenc)"
    r"|\bstate['’]s\b"
)
"""Words that make New York and Washington the states."""

LIST_SEPARATORS = frozenset({",", "and", "or", "&"})
LONGEST_PATTERN = 4  # words of a place name found by pattern

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


def _is_capitalised(token: Token) -> bool:
    return (
        token.text[0].isupper()
        and token.text.replace("-", "").replace(".", "").replace("'", "").replace("’", "").isalpha()
    )


def _run(doc: Doc, start: int, taken: dict[int, str]) -> int:
    """Return the end of the run of capitalised, unlabelled words from `start`."""
    end = start
    while (
        end < len(doc)
        and end - start < LONGEST_PATTERN
        and _is_capitalised(doc[end])
        and end not in taken
        and doc[end].text not in words("not_after_in.txt")
    ):
        end += 1
    return end


def _after_prepositions(doc: Doc, taken: dict[int, str]) -> Iterator[_Found]:
    for token in doc[:-1]:
        if token.text not in PREPOSITIONS:
            continue
        start = token.i + 1
        end = _run(doc, start, taken)
        if (
            end > start
            and doc[start].pos_ == "PROPN"
            and not _is_headline(doc[start])
            and not (end < len(doc) and taken.get(end) in {PERSON, ORG} and doc[end].i == end)
        ):
            yield _Found(start, end)


def _is_headline(token: Token) -> bool:
    """Tell whether a token stands in a line where nearly every word is capitalised."""
    words_ = [t for t in token.sent if t.is_alpha and len(t) > 3]  # noqa: PLR2004 - short words stay small in headlines
    return len(words_) > 3 and sum(t.text[0].isupper() for t in words_) > 0.7 * len(words_)  # noqa: PLR2004 - "nearly every"


def _before_state(doc: Doc, taken: dict[int, str]) -> Iterator[_Found]:
    """Yield the name before ", Ill." and ", Texas", with its container."""
    states = words("us_states.tsv") | state_abbreviations() | words("countries.txt")
    for token in doc[1:-1]:
        if token.text != "," or not _is_capitalised(doc[token.i - 1]):
            continue
        behind = _known_at(doc, token.i + 1, states)
        if behind is None:
            continue
        start = token.i
        while (
            start > 0
            and token.i - start < LONGEST_PATTERN
            and _is_capitalised(doc[start - 1])
            and taken.get(start - 1) in {None, GPE, LOC, PERSON}
            and not doc[start - 1].is_sent_start
        ):
            start -= 1
        if start == token.i or doc[start : token.i].text in states:
            continue
        yield _Found(start, token.i, container=doc[token.i + 1 : behind].text)


def _known_at(doc: Doc, start: int, names: frozenset[str]) -> int | None:
    """Return the end of the longest of `names` that begins at token `start`."""
    for end in range(min(len(doc), start + LONGEST_PATTERN), start, -1):
        if doc[start:end].text in names:
            return end
    return None


def _datelines(doc: Doc) -> Iterator[_Found]:
    for city, container in find_datelines(doc):
        yield _Found(city.start, city.end, role=MentionRole.DATELINE, container=container)


def _of_model(doc: Doc) -> Iterator[_Found]:
    for ent in doc.ents:
        if ent.label_ in PLACE_LABELS and ent[0].text[0].isupper():
            yield _without_city_of(ent)


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
    if name in GOVERNMENT_SEATS and found.kind is None and found.role is MentionRole.MENTION:
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
            end = _known_at(doc, at, lists)
            if end is not None and end <= ent.end and end - at < len(ent):
                yield _Found(at, end, role=MentionRole.NAME_PART)
                at = end
            else:
                at += 1


def _list_neighbours(doc: Doc, found: Iterable[_Found], taken: dict[int, str]) -> Iterator[_Found]:
    """Yield unlabelled names that stand in one list with a known place ("A, B and C")."""
    for one in found:
        if one.role is not MentionRole.MENTION or one.container:
            continue
        at = one.end
        while at + 1 < len(doc) and doc[at].text in LIST_SEPARATORS:
            start = at + 1 + (doc[at + 1].text in LIST_SEPARATORS)
            end = _run(doc, start, taken)
            if end == start or end >= len(doc) or doc[end].text not in {",", "and", ".", "or", ";"}:
                break
            yield _Found(start, end)
            at = end


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
    taken = {token.i: token.ent_type_ for token in doc if token.ent_type_}
    found = _without_overlaps(
        [*_datelines(doc), *_before_state(doc, taken), *_of_model(doc), *_after_prepositions(doc, taken)]
    )
    found = _without_overlaps([*found, *_list_neighbours(doc, found, taken)])
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
