"""Recognised names: the model's, mended by word lists and rules; rewrites `doc.ents`.

The small model misses names after titles and confuses short ones. What a list knows beats the model
on the same words; of two overlapping names the longer one stays.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from app.domain.annotation import Entity, EntityLabel
from app.domain.span import Span as CharSpan
from app.extraction.datelines import find_datelines
from app.extraction.institutions import institutions
from app.extraction.labels import FAC, GPE, LOC, NORP, ORG, PERSON
from app.extraction.locations import (
    COUNTIES,
    MOVABLE,
    before_states,
    behind_prepositions,
    beside_places,
    counties,
    is_no_place,
    located,
    repeated,
)
from app.extraction.names import POSSESSIVES, is_given_name
from app.extraction.person_spans import (
    LONGEST_PERSON,
    after_given_names,
    after_titles,
    before_colons,
    behind_title,
    hides_name,
    is_hyphen,
    is_role,
    last_names,
    looks_like_person,
    person_bounds,
    short_names,
    stands_behind_title,
    trimmed,
    whole_person,
)
from app.extraction.phrases import Phrases
from app.extraction.words import words

NAMES = frozenset({PERSON, ORG, GPE, LOC, FAC, NORP})
"""The labels that are mended and handed on; the model's others stay as they are."""

MODEL_NAMES = NAMES | {"PRODUCT", "WORK_OF_ART", "EVENT", "LAW"}

NO_NAME = "NO_NAME"
"""Label of the phrases that hold their words against a wrong name, and are then left out."""

ENTITY_LABELS = {
    PERSON: EntityLabel.PERSON,
    ORG: EntityLabel.ORGANIZATION,
    GPE: EntityLabel.LOCATION,
    LOC: EntityLabel.LOCATION,
}
"""What users see of the labels; facilities and nationalities are not shown."""

NO_LAST_WORDS = frozenset(
    {"Democratic", "Republican", "District", "of", "for", "and", "in", "at", "on", "by"}
)
"""Words at the end of a model's name that belong to what stands behind it."""

ELECTIONS = frozenset({"election", "elections", "primary", "primaries"})
ELECTION_WORDS = ELECTIONS | {
    "general",
    "special",
    "presidential",
    "gubernatorial",
    "parliamentary",
    "mayoral",
}

ELECTION_REACH = 8
"""Words on each side of a name that may be of the same election, at most."""

STORMS = frozenset({"Cyclone", "Hurricane", "Storm", "Typhoon"})
"""Words before the given name of a storm."""

RANKS = frozenset({"Dame", "King", "Lady", "Lord", "Queen", "Sir"})
"""Titles that are a part of the name as printed: "Queen Ana", "Lord Ortega". "Mr." and offices are none."""

LONGEST_NAME = 14  # tokens; the model runs on through tables and menus


@cache
def _phrases() -> Phrases:
    entries = [(name, ORG) for name in words("organizations.txt")]
    entries += [(name, NO_NAME) for name in words("not_organizations.txt")]
    entries += [(name, GPE) for name in words("countries.txt") if len(name) > 2]  # noqa: PLR2004 - "US" is a pronoun in capitals
    entries += [(name, GPE) for name in words("us_states.tsv")]
    entries += [(name, ORG) for name in words("parties.txt")]
    return Phrases(entries)


def _last_word_is(span: Span, name: str) -> bool:
    return span[-1].text in words(name)


def by_encoder(doc: Doc) -> bool:
    """Tell whether the names are the encoder's: it needs no rules that outvote it, nor some that help it."""
    return bool(doc.has_extension("reading")) and doc._.reading is not None


def relabel(span: Span) -> str:
    """Return the label that word lists give a name of the model, else the model's own."""
    text = span.text
    if span[-1].text == "Office" and any(token.text in POSSESSIVES for token in span):
        return ORG if any(token.text in COUNTIES | {"City", "State"} for token in span) else PERSON
    if (
        len(span) > 1
        and span.label_ in {PERSON, GPE, LOC, FAC, NORP, "PRODUCT"}
        and _last_word_is(span, "organization_heads.txt")
    ):
        return ORG
    if span.label_ in {PERSON, GPE, ORG} and len(span) > 1 and _last_word_is(span, "place_heads.txt"):
        return PERSON if stands_behind_title(span) else FAC
    if span.label_ == ORG and not by_encoder(span.doc) and looks_like_person(span):
        return PERSON
    if text in words("us_states.tsv") or text in words("countries.txt"):
        return GPE
    return span.label_


def _of_model(doc: Doc) -> Iterator[Span]:
    for ent in doc.ents:
        if ent.label_ not in MODEL_NAMES:
            yield ent
            continue
        start, end = trimmed(doc, ent.start, ent.end)
        if start >= end or end - start > LONGEST_NAME or not any(t.text[0].isupper() for t in doc[start:end]):
            continue
        while end - start > 1 and doc[end - 1].text in NO_LAST_WORDS:
            end -= 1
        start += hides_name(doc, start, end)
        end = _without_press(doc, end)
        if start == end or is_role(doc[start:end]):
            continue
        label = relabel(Span(doc, start, end, label=ent.label_))
        behind = behind_title(doc, start, end) if label == ORG else start
        if behind > start:
            start, label = behind, PERSON
        if label == PERSON:
            start, end = person_bounds(doc, start, end)
            start, end = whole_person(doc, start, end)
            if (
                start >= end
                or sum(not is_hyphen(t) for t in doc[start:end]) > LONGEST_PERSON
                or any(t.like_num for t in doc[start:end])
            ):
                continue
        yield Span(doc, start, end, label=label)


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield the names; two organizations that a list knows, joined by "and", as two."""
    known = words("organizations.txt")
    for span in spans:
        joins = [token.i for token in span[1:-1] if token.text == "and"] if span.label_ == ORG else []
        parts = [(span.doc[span.start : at], span.doc[at + 1 : span.end]) for at in joins]
        two = next((pair for pair in parts if all(part.text in known for part in pair)), None)
        yield from [Span(span.doc, part.start, part.end, label=ORG) for part in two] if two else [span]


def _without_press(doc: Doc, end: int) -> int:
    """Return the end of a name without the first word of "Press Secretary"."""
    split = doc[end - 1].text == "Press" and end < len(doc) and doc[end].text.startswith("Secretar")
    return end - split


def _defined_acronyms(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield every occurrence of the acronyms that are defined in brackets behind an organization."""
    acronyms = {
        doc[span.end + 1].text
        for span in spans
        if span.label_ == ORG and len(span) > 1 and span.end + 2 < len(doc) and doc[span.end].text == "("
        if doc[span.end + 1].is_upper and doc[span.end + 2].text == ")"
    }
    for token in doc:
        if token.text in acronyms:
            yield Span(doc, token.i, token.i + 1, label=ORG)


def _joined_with_place(doc: Doc, spans: Iterable[Span]) -> Iterator[Span]:
    """Yield organizations that go on with "of" and a place: "Coalition ... of Los Angeles"."""
    by_start = {span.start: span for span in spans}
    for span in by_start.values():
        if span.label_ != ORG or span.end + 1 >= len(doc) or doc[span.end].text != "of":
            continue
        place = by_start.get(span.end + 1) or by_start.get(span.end + 2)
        if (
            place is not None
            and place.label_ in {GPE, LOC}
            and (place.start == span.end + 1 or doc[span.end + 1].text in {"the", "Greater"})
        ):
            yield Span(doc, span.start, place.end, label=ORG)


def _in_election(span: Span) -> bool:
    """Tell whether a name is a part of an election's ("the 2024 Ohio Senate general election")."""
    if span.label_ == PERSON:
        return False
    doc, start, end = span.doc, span.start, span.end
    first, last = max(0, start - ELECTION_REACH), min(len(doc), end + ELECTION_REACH)
    while start > first and doc[start - 1].text[0].isupper():
        start -= 1
    while end < last and (doc[end].text[0].isupper() or doc[end].text in ELECTION_WORDS):
        end += 1
    return start > 0 and doc[start - 1].like_num and doc[end - 1].text in ELECTIONS


def _is_storm(span: Span) -> bool:
    """Tell whether a name is that of a storm: "Hurricane Ana", or "Ana" behind the word."""
    before = span[0].nbor(-1).text if span.start else ""
    return span.label_ in {ORG, PERSON} and len(span) <= 2 and not STORMS.isdisjoint({before, span[0].text})  # noqa: PLR2004 - "Hurricane", name


def _kept(span: Span) -> bool:
    if span.label_ == GPE and is_no_place(span):
        return False
    if _is_storm(span):
        return False
    if span.label_ == ORG and len(span) > 1 and span[0].tag_ == "PRP":
        return False  # a title of a work: "We Carried Stones"
    if span.label_ == ORG and all(token.lower_ in words("title_nouns.txt") for token in span):
        return False  # of "Congresswoman Ana Ortega's Office"
    if span.label_ == ORG and len(span) == 1 and span[0].tag_ == "NNS" and span.text.istitle():
        return span.text in words("parties.txt")
    return span.label_ != NO_NAME and not (
        span.label_ in {ORG, PERSON} and span.text in words("not_organizations.txt")
    )


@Language.component("dateline_entities", requires=["doc.ents", "token.tag"], assigns=["doc.ents"])
def entities(doc: Doc) -> Doc:
    """Rewrite `doc.ents` with the mended names."""
    phrases = _phrases().find(doc)
    datelines = [city for city, _ in find_datelines(doc)]
    fixed = {(span.start, span.end) for span in (*phrases, *datelines)}
    listed = [*datelines, *before_colons(doc), *institutions(doc), *phrases, *_united_states(doc)]
    spans = filter_spans([*listed, *_apart(_of_model(doc)), *after_titles(doc)])
    if not by_encoder(doc):
        spans += after_given_names(doc, _tokens(spans))
    spans = filter_spans([*_joined_with_place(doc, spans), *spans])
    spans = _with_short_names(doc, spans)
    acronyms = list(_defined_acronyms(doc, spans))
    fixed |= {(span.start, span.end) for span in acronyms}
    spans = filter_spans([*acronyms, *spans])
    spans = _with_places(doc, spans, fixed)
    doc.ents = tuple(span for span in spans if _kept(span))
    return doc


def _united_states(doc: Doc) -> Iterator[Span]:
    """Yield "US" where it is no pronoun: its neighbours are not in capitals throughout."""
    for token in doc:
        if token.text == "US":
            beside = [
                near for near in doc[max(token.i - 1, 0) : token.i + 2] if near.is_alpha and near != token
            ]
            if beside and not any(near.is_upper for near in beside):
                yield Span(doc, token.i, token.i + 1, label=GPE)


def _tokens(spans: Iterable[Span]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end)}


def _with_short_names(doc: Doc, spans: list[Span]) -> list[Span]:
    """Return the spans with the short names of persons, which beat one-word names of other kinds."""
    short = list(short_names(doc, spans))
    at = {span.start for span in short}
    return filter_spans([*short, *(span for span in spans if not (len(span) == 1 and span.start in at))])


def _with_places(doc: Doc, spans: list[Span], fixed: set[tuple[int, int]]) -> list[Span]:
    """Return the spans with the names relabelled and added that stand as places."""
    if not by_encoder(doc):
        sure = [
            s for s in spans if s.label_ == PERSON and (is_given_name(s[0].text) or stands_behind_title(s))
        ]
        names = located(spans, last_names(sure), fixed)
        spans = [
            Span(doc, s.start, s.end, label=GPE) if s.text in names and s.label_ in MOVABLE else s
            for s in spans
        ]
    spans = _with_counties(doc, spans)
    spans = filter_spans([*spans, *before_states(doc, _tokens(spans))])
    if not by_encoder(doc):
        spans = filter_spans([*spans, *behind_prepositions(doc, _tokens(spans))])
        spans = filter_spans([*spans, *beside_places(doc, spans, _tokens(spans))])
    again = [span for span in repeated(doc, spans) if (span.start, span.end) not in fixed]
    bounds = {(span.start, span.end) for span in again}
    return filter_spans([*again, *(s for s in spans if (s.start, s.end) not in bounds)])


def _with_counties(doc: Doc, spans: Iterable[Span]) -> list[Span]:
    """Return the spans with the counties, which beat other places on their words."""
    found = list(counties(doc))
    at = _tokens(found)
    others = (s for s in spans if s.label_ not in {GPE, LOC} or not at.intersection(range(s.start, s.end)))
    return filter_spans([*found, *others])


def raw_entities(doc: Doc) -> Iterator[Entity]:
    """Yield the recognised names of a text: persons, organizations, locations."""
    for ent in doc.ents:
        if ent.label_ in ENTITY_LABELS and not _in_election(ent):
            start = doc[_behind_rank(ent)].idx
            yield Entity(span=CharSpan(start, ent.end_char), label=ENTITY_LABELS[ent.label_])


def _behind_rank(ent: Span) -> int:
    """Return the token at which a name begins, the rank of a person included."""
    before = ent.doc[ent.start - 1] if ent.start else None
    ranked = ent.label_ == PERSON and before is not None and before.text in RANKS and not before.ent_type
    return ent.start - ranked
