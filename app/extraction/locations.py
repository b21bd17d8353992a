"""Which names the words around them make places: "in Tampa" is one whatever the model says."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from spacy.tokens import Doc, Span, Token

from app.extraction.labels import GPE
from app.extraction.names import is_given_name, is_person_suffix, is_title_word
from app.extraction.phrases import Phrases
from app.extraction.words import column, words

LOCATIVES = frozenset({"in", "near", "outside", "throughout", "across", "around"})
"""Prepositions that, before a name, nearly always make it a place."""

SOURCES_AND_GOALS = frozenset({"from", "to", "toward", "towards", "at"})
"""Prepositions that do so behind a word of moving or staying, or, `from`, where no label contradicts."""

LONGEST_NAME = 4  # words
LONGEST_ACRONYM = 5  # letters
SHORTEST_NAME = 3  # letters, of a name looked for again: "LA" and "US" are other words too
COUNTIES = frozenset({"County", "Parish"})
COUNTY_GOES_ON = frozenset(
    {"Democrats", "Republicans", "Executive", "District", "Sheriff", "Judge", "Attorney"}
)
"""Words behind "Ortega County" that belong to what follows, not to an institution's name."""

CITY_LIKE_STATES = frozenset({"New York", "Washington"})
"""States that stand in lists of cities, where the name before them is not in them."""

LIST_WORDS = frozenset({",", "and", "or", "&"})
MOVABLE = frozenset({"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "NORP", "FAC", "EVENT", "LAW", "LOC"})
"""Labels of the model that the words around a name outweigh."""


@cache
def state_words() -> frozenset[str]:
    """Return names and abbreviations of states, and countries: what may stand behind "Tampa,"."""
    abbreviations = column("us_states.tsv", 1) | column("us_states.tsv", 2)
    return words("us_states.tsv") | abbreviations | words("countries.txt")


def is_place_word(token: Token) -> bool:
    """Tell whether a token may be a word of a place's name."""
    text = token.text
    if not text[0].isupper() or text in words("not_after_in.txt") or is_person_suffix(token):
        return False
    return text.replace("-", "").replace(".", "").replace("'", "").replace("’", "").isalpha()


def known_at(doc: Doc, start: int, names: frozenset[str]) -> int | None:
    """Return the end of the longest of `names` that begins at token `start`."""
    for end in range(min(len(doc), start + LONGEST_NAME), start, -1):
        if doc[start:end].text in names:
            return end
    return None


def container_behind(doc: Doc, end: int) -> Span | None:
    """Return the state or country in "Springfield, Ill." behind the name that ends at token `end`."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return None
    behind = known_at(doc, end + 1, state_words())
    if behind is None:
        return None
    span = Span(doc, end + 1, behind, label=GPE)
    if span.text in CITY_LIKE_STATES and behind + 1 < len(doc) and doc[behind].text in LIST_WORDS:
        goes_on = doc[behind + 1].text[0].isupper()
        return None if goes_on else span
    return span


def _may_be_place(span: Span, people: frozenset[str]) -> bool:
    """Tell whether a name's own words allow a place."""
    text = span.text
    if text in people or span[-1].text in people or span[-1].text in words("organization_heads.txt"):
        return False
    if span[-1].text in words("place_heads.txt") or any(is_title_word(token) for token in span):
        return False
    if len(span) > LONGEST_NAME or (len(span) > 1 and is_given_name(span[0].text)):
        return False
    if text.isupper() and len(text) <= LONGEST_ACRONYM:
        return False
    return is_place_word(span[0]) and is_place_word(span[-1])


def _stands_as_place(span: Span) -> bool:
    before = span.doc[span.start - 1].text.lower() if span.start else ""
    return before in LOCATIVES or container_behind(span.doc, span.end) is not None


def located(spans: Iterable[Span], people: frozenset[str], fixed: set[tuple[int, int]]) -> frozenset[str]:
    """Return the names that stand somewhere as places and may be some.

    `people` are last names of the text's persons, `fixed` the bounds that word lists decided.
    """
    return frozenset(
        span.text
        for span in spans
        if span.label_ in MOVABLE
        and (span.start, span.end) not in fixed
        and _stands_as_place(span)
        and _may_be_place(span, people)
    )


def _run(doc: Doc, start: int, taken: set[int]) -> int:
    """Return the end of the run of unlabelled words from `start` that may be a place's."""
    end = start
    while end < len(doc) and end - start < LONGEST_NAME and end not in taken and is_place_word(doc[end]):
        end += 1
    return end


def _stands_free(doc: Doc, start: int, end: int, taken: set[int]) -> bool:
    """Tell whether a run is a name of its own: proper nouns that no labelled name goes on behind."""
    if (
        end == start
        or doc[start].tag_ not in {"NNP", "NNPS"}
        or any(is_title_word(t) for t in doc[start:end])
    ):
        return False
    return not (end < len(doc) and end in taken and doc[end].text[0].isupper())


def _moves(token: Token) -> bool:
    """Tell whether the preposition `token` hangs on a word of moving or staying."""
    return token.text == "from" or token.head.lemma_ in words("moving_words.txt")


def behind_prepositions(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Yield the unlabelled names behind "in", "near", "from", "went to"."""
    for token in doc[:-1]:
        lower = token.text.lower()
        if lower in LOCATIVES or (lower in SOURCES_AND_GOALS and _moves(token)):
            end = _run(doc, token.i + 1, taken)
            if _stands_free(doc, token.i + 1, end, taken):
                yield Span(doc, token.i + 1, end, label=GPE)


def before_states(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Yield the unlabelled names before ", Ill." and ", Texas"."""
    for token in doc[1:-1]:
        if token.text != "," or token.i - 1 in taken or not is_place_word(doc[token.i - 1]):
            continue
        start = token.i
        while (
            start > 0
            and token.i - start < LONGEST_NAME
            and start - 1 not in taken
            and is_place_word(doc[start - 1])
        ):
            start -= 1
            if doc[start].is_sent_start:
                break
        free = doc[token.i - 1].tag_ in {"NNP", "NNPS"} and not any(map(is_title_word, doc[start : token.i]))
        if free and container_behind(doc, token.i) is not None:
            yield Span(doc, start, token.i, label=GPE)


def counties(doc: Doc) -> Iterator[Span]:
    """Yield "Ortega County" before what is no part of an institution's name."""
    for token in doc[1:]:
        if token.text not in COUNTIES or not is_place_word(doc[token.i - 1]):
            continue
        start = token.i
        while start > 0 and token.i - start < LONGEST_NAME - 1 and is_place_word(doc[start - 1]):
            start -= 1
            if doc[start].is_sent_start:
                break
        behind = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if behind is None or not behind.text[0].isupper() or behind.text in COUNTY_GOES_ON:
            yield Span(doc, start, token.i + 1, label=GPE)


def beside_places(doc: Doc, spans: Iterable[Span], taken: set[int]) -> Iterator[Span]:
    """Yield the unlabelled names that stand in one list with a place: "Tampa, Orlando and Ocala"."""
    for span in spans:
        at = span.end if span.label_ == GPE else len(doc)
        while at + 2 < len(doc) and doc[at].text in LIST_WORDS:
            start = at + 1 + (doc[at + 1].text in LIST_WORDS)
            end = _run(doc, start, taken)
            if (
                not _stands_free(doc, start, end, taken)
                or end == len(doc)
                or doc[end].text not in LIST_WORDS | {".", ";"}
            ):
                break
            yield Span(doc, start, end, label=GPE)
            at = end


def repeated(doc: Doc, spans: list[Span]) -> Iterator[Span]:
    """Yield the unlabelled or otherwise labelled occurrences of names that are mostly places here."""
    places = Counter(span.text for span in spans if span.label_ == GPE)
    others = Counter(span.text for span in spans if span.label_ != GPE)
    known = words("countries.txt") | words("us_states.tsv")
    names = [
        n for n, count in places.items() if len(n) >= SHORTEST_NAME and n not in known and count >= others[n]
    ]
    yield from Phrases((name, GPE) for name in names).find(doc)


def is_no_place(span: Span) -> bool:
    """Tell whether a name that the model takes for a place is certainly none."""
    text = span.text
    if any(letter.isdigit() for letter in text) or text in words("not_after_in.txt"):
        return True
    if len(span) > 1 and any(is_title_word(token) or is_person_suffix(token) for token in span[1:]):
        return True
    return text.isupper() and len(text) < SHORTEST_NAME and text not in words("short_place_names.txt")
