"""Recognised names: the model's, mended by word lists and rules; rewrites `doc.ents`.

The small model misses names after titles and confuses short ones. What a list knows beats the model
on the same words; of two overlapping names the longer one stays.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from app.domain.annotation import Entity, EntityLabel
from app.domain.span import Span as CharSpan
from app.extraction.datelines import find_datelines
from app.extraction.locations import (
    MOVABLE,
    before_states,
    behind_prepositions,
    beside_places,
    counties,
    is_no_place,
    located,
    repeated,
)
from app.extraction.names import (
    INITIAL,
    POSSESSIVES,
    is_given_name,
    is_name_word,
    is_person_suffix,
    is_title_word,
    parse_name,
)
from app.extraction.phrases import Phrases
from app.extraction.words import column, words

PERSON, ORG, GPE, LOC, FAC, NORP = "PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"
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

LONGEST_PERSON = 5  # tokens after title words are cut away; longer ones are run-together lines
VERBS = frozenset({"VBZ", "VBD", "VBP"})
"""Tags at which a person's name ends, in a headline."""

NO_LAST_WORDS = frozenset(
    {"Democratic", "Republican", "District", "of", "for", "and", "in", "at", "on", "by"}
)
"""Words at the end of a model's name that belong to what stands behind it."""

TRANSCRIPT = re.compile(
    r"^(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){1,3})(?:,[^:\n]{1,60}| \([^)\n]{1,40}\))?:", re.MULTILINE
)
SHORTEST_IN_CAPITALS = 3  # letters of a last name looked for in capitals: "LEE" may be an acronym
LONG_WORD, FEWEST_LONG_WORDS, HEADLINE_SHARE = 4, 5, 0.7  # letters, words, share of capitalised ones
LONGEST_NAME = 14  # tokens; the model runs on through tables and menus

EDGES = frozenset("\"'“”‘’()[]—–-,.;:|>*•/#&") | POSSESSIVES | {"the", "The", "a", "an", "A", "An", "THE"}


@cache
def _phrases() -> Phrases:
    entries = [(name, ORG) for name in words("organizations.txt")]
    entries += [(name, NO_NAME) for name in words("not_organizations.txt")]
    entries += [(name, GPE) for name in words("countries.txt") if len(name) > 2]  # noqa: PLR2004 - "US" is a pronoun in capitals
    entries += [(name, GPE) for name in words("us_states.tsv")]
    entries += [(name, ORG) for name in words("parties.txt")]
    return Phrases(entries)


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Cut white space, quotation marks, articles and possessives off both ends."""
    for index in range(start, end):
        if "\n" in doc[index].text:
            end = index if index > start else end
            break
    while start < end and (doc[start].is_space or doc[start].text in EDGES):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in EDGES):
        end -= 1
    return start, end


def _person_bounds(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the name within a span: title words in front and what follows a possessive are cut."""
    while start < end - 1 and (
        is_title_word(doc[start]) or doc[start].text in POSSESSIVES or not doc[start].text[0].isupper()
    ):
        start += 1
    stop = start + (end > start)
    if doc[start].text in column("presidents.txt", 1):
        return start, stop  # "Trump Donald John": a heap of tags
    while (
        stop < end
        and doc[stop].tag_ not in VERBS
        and (
            is_name_word(doc[stop])
            or doc[stop].text in ("-", "–")
            or doc[stop].text in words("name_particles.txt")
            or is_person_suffix(doc[stop])
        )
    ):
        stop += 1
    return _trimmed(doc, start, stop)


def _whole_person(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return a name with the given name and the initial in front of it that the model left out."""
    left = start
    if left > 1 and doc[left - 1].text == "-" and is_name_word(doc[left - 2]):
        return left - 2, end
    if left > 0 and INITIAL.fullmatch(doc[left - 1].text) and len(doc[left - 1].text) <= 2:  # noqa: PLR2004 - "G."
        left -= 1
    if left > 0 and end - start == 1 and is_given_name(doc[left - 1].text) and not doc[left - 1].is_upper:
        return left - 1, end
    return start, end


def _last_word_is(span: Span, name: str) -> bool:
    return span[-1].text in words(name)


def relabel(span: Span) -> str:
    """Return the label that word lists give a name of the model, else the model's own."""
    text = span.text
    if span[-1].text == "Office" and any(token.text in POSSESSIVES for token in span):
        return PERSON
    if (
        len(span) > 1
        and span.label_ in {PERSON, GPE, LOC, FAC, NORP, "PRODUCT"}
        and _last_word_is(span, "organization_heads.txt")
    ):
        return ORG
    if span.label_ in {PERSON, GPE, ORG} and len(span) > 1 and _last_word_is(span, "place_heads.txt"):
        return FAC
    if span.label_ == ORG and _looks_like_person(span):
        return PERSON
    if text in words("us_states.tsv") or text in words("countries.txt"):
        return GPE
    return span.label_


def _looks_like_person(span: Span) -> bool:
    """Tell whether an ORG is a given name and one or two capitalised words more."""
    if not 2 <= len(span) <= 3 or not is_given_name(span[0].text):  # noqa: PLR2004 - first, middle, last
        return False
    heads = words("organization_heads.txt")
    return all(
        is_name_word(token)
        and token.text not in heads
        and (not token.is_upper or INITIAL.fullmatch(token.text))
        for token in span
    )


def _hides_name(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a name's first word belongs to the title: "Secretary of [State Ruben Falk]"."""
    if start < 2 or end - start < 3 or doc[start - 1].text not in {"of", "for"}:  # noqa: PLR2004 - "State", first, last
        return False
    return is_title_word(doc[start - 2]) and is_given_name(doc[start + 1].text)


def _of_model(doc: Doc) -> Iterator[Span]:
    for ent in doc.ents:
        if ent.label_ not in MODEL_NAMES:
            yield ent
            continue
        start, end = _trimmed(doc, ent.start, ent.end)
        if start >= end or end - start > LONGEST_NAME or not any(t.text[0].isupper() for t in doc[start:end]):
            continue
        while end - start > 1 and doc[end - 1].text in NO_LAST_WORDS:
            end -= 1
        start += _hides_name(doc, start, end)
        label = relabel(Span(doc, start, end, label=ent.label_))
        if label == PERSON:
            start, end = _person_bounds(doc, start, end)
            start, end = _whole_person(doc, start, end)
            if start >= end or end - start > LONGEST_PERSON or any(t.like_num for t in doc[start:end]):
                continue
        yield Span(doc, start, end, label=label)


def _after_titles(doc: Doc) -> Iterator[Span]:
    """Yield the capitalised words behind "Rep.", "Mr." and the like as persons, and a given name behind
    "Mayor".
    """
    for token in doc[:-1]:
        if not is_title_word(token):
            continue
        if token.text.lower() in words("title_nouns.txt") and not _opens_name(token, doc[token.i + 1]):
            continue
        start = token.i + 1
        start, end = _person_bounds(doc, start, min(len(doc), start + LONGEST_PERSON))
        if start < end and start == token.i + 1 and doc[start].text[0].isupper() and not doc[start].is_space:
            yield Span(doc, start, end, label=PERSON)


def _opens_name(title: Token, token: Token) -> bool:
    """Tell whether the word behind a title noun opens a name: a given name, or any behind "Senator"."""
    if is_given_name(token.text):
        return True
    office = title.text.istitle() and title.text.lower() in words("office_titles.txt")
    if not office or title.text in {"General", "Attorney", "Chief", "Justice", "King", "Queen"}:
        return False
    heads = words("organization_heads.txt") | words("not_organizations.txt")
    return (
        token.tag_ == "NNP" and is_name_word(token) and token.text not in heads and not is_title_word(token)
    )


def _before_colons(doc: Doc) -> Iterator[Span]:
    """Yield the names in capitals that open the lines of a transcript: "ANA ORTEGA, HOST:"."""
    for match in TRANSCRIPT.finditer(doc.text):
        span = doc.char_span(*match.span("name"), label=PERSON)
        if span is not None:
            yield span


def _after_given_names(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Yield a known given name and the capitalised word behind it, where the model saw nothing."""
    for token in doc[:-1]:
        if token.i in taken or token.is_upper or not is_given_name(token.text) or is_headline(token):
            continue
        end = token.i + 1
        if end < len(doc) - 1 and INITIAL.fullmatch(doc[end].text):
            end += 1
        last = doc[end] if end < len(doc) else None
        if last is None or last.i in taken or last.pos_ != "PROPN" or not is_name_word(last) or last.is_upper:
            continue
        if (
            last.text in words("organization_heads.txt")
            or last.text in words("place_heads.txt")
            or is_title_word(last)
        ):
            continue
        yield Span(doc, token.i, end + 1, label=PERSON)


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


def is_headline(token: Token) -> bool:
    """Tell whether a token stands in a sentence in which nearly every long word is capitalised."""
    long = [word for word in token.sent if word.is_alpha and len(word) >= LONG_WORD]
    capitalised = sum(word.text[0].isupper() for word in long)
    return len(long) >= FEWEST_LONG_WORDS and capitalised > HEADLINE_SHARE * len(long)


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


def _last_names(spans: Iterable[Span]) -> frozenset[str]:
    names = {parse_name(span)[1] for span in spans if span.label_ == PERSON and len(span) > 1}
    known = words("us_states.tsv") | words("countries.txt") | words("organizations.txt")
    return frozenset(name for name in names - known if len(name) > 1)


def _behind_title(span: Span) -> bool:
    return span.start > 0 and is_title_word(span.doc[span.start - 1])


def _short_names(doc: Doc, spans: list[Span]) -> Iterator[Span]:
    """Yield words that are the last name of a person of the text and no part of a longer name."""
    last_names = _last_names(spans)
    last_names |= column("presidents.txt", 1)
    last_names |= {name.upper() for name in last_names if len(name) > SHORTEST_IN_CAPITALS}
    inside = {i for span in spans if len(span) > 1 for i in range(span.start, span.end)}
    for token in doc:
        if token.text in last_names and token.i not in inside and token.tag_ in {"NNP", "NNPS"}:
            yield Span(doc, token.i, token.i + 1, label=PERSON)


def _in_election(span: Span) -> bool:
    """Tell whether a place is a word of an election's name ("the 2024 Ohio general election")."""
    doc = span.doc
    if span.label_ != GPE or span.start == 0 or not doc[span.start - 1].like_num:
        return False
    return any(token.text in {"election", "elections"} for token in doc[span.end : span.end + 3])


def _kept(span: Span) -> bool:
    if span.label_ == GPE and is_no_place(span):
        return False
    if span.label_ == ORG and len(span) == 1 and span[0].tag_ == "NNS":
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
    spans = filter_spans([*datelines, *_before_colons(doc), *phrases, *_of_model(doc), *_after_titles(doc)])
    spans += _after_given_names(doc, _tokens(spans))
    spans = filter_spans([*_joined_with_place(doc, spans), *spans])
    spans = _with_short_names(doc, spans)
    acronyms = list(_defined_acronyms(doc, spans))
    fixed |= {(span.start, span.end) for span in acronyms}
    spans = filter_spans([*acronyms, *spans])
    spans = _with_places(doc, spans, fixed)
    doc.ents = tuple(span for span in spans if _kept(span))
    return doc


def _tokens(spans: Iterable[Span]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end)}


def _with_short_names(doc: Doc, spans: list[Span]) -> list[Span]:
    """Return the spans with the short names of persons, which beat one-word names of other kinds."""
    short = list(_short_names(doc, spans))
    at = {span.start for span in short}
    return filter_spans([*short, *(span for span in spans if not (len(span) == 1 and span.start in at))])


def _with_places(doc: Doc, spans: list[Span], fixed: set[tuple[int, int]]) -> list[Span]:
    """Return the spans with the names relabelled and added that stand as places."""
    sure = [s for s in spans if s.label_ == PERSON and (is_given_name(s[0].text) or _behind_title(s))]
    names = located(spans, _last_names(sure), fixed)
    spans = [
        Span(doc, s.start, s.end, label=GPE) if s.text in names and s.label_ in MOVABLE else s for s in spans
    ]
    found = list(counties(doc))
    at = _tokens(found)
    spans = [
        *found,
        *(s for s in spans if s.label_ not in {GPE, LOC} or not at.intersection(range(s.start, s.end))),
    ]
    spans = filter_spans(spans)
    spans = filter_spans(
        [*spans, *behind_prepositions(doc, _tokens(spans)), *before_states(doc, _tokens(spans))]
    )
    spans = filter_spans([*spans, *beside_places(doc, spans, _tokens(spans))])
    again = [span for span in repeated(doc, spans) if (span.start, span.end) not in fixed]
    bounds = {(span.start, span.end) for span in again}
    return filter_spans([*again, *(s for s in spans if (s.start, s.end) not in bounds)])


def raw_entities(doc: Doc) -> Iterator[Entity]:
    """Yield the recognised names of a text: persons, organizations, locations."""
    for ent in doc.ents:
        if ent.label_ in ENTITY_LABELS and not _in_election(ent):
            yield Entity(span=CharSpan(ent.start_char, ent.end_char), label=ENTITY_LABELS[ent.label_])
