"""Which names the words around them make places: "in Tampa" is one whatever the model says."""

from collections import Counter
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from app.extraction.names import is_given_name
from app.extraction.phrases import Phrases
from app.extraction.words import words

LOCATIVES = frozenset(
    {"in", "near", "outside", "throughout", "across", "around", "In", "Near", "Outside", "Across"}
)
"""Prepositions that, before a name, nearly always make it a place."""

LONGEST_ACRONYM = 5
MOVABLE = frozenset({"PERSON", "ORG", "PRODUCT", "WORK_OF_ART", "NORP", "FAC", "EVENT", "LAW", "LOC"})
"""Labels of the model that a locative preposition outweighs."""


def _may_be_place(span: Span, people: frozenset[str]) -> bool:
    """Tell whether a name's own words allow a place."""
    text = span.text
    if text in people or span[-1].text in people or span[-1].text in words("organization_heads.txt"):
        return False
    if span[-1].text in words("place_heads.txt") or span[0].text in words("not_after_in.txt"):
        return False
    if len(span) > 1 and is_given_name(span[0].text):
        return False
    return not (text.isupper() and len(text) <= LONGEST_ACRONYM) and all(
        token.text[0].isupper() or token.text in {"-", "of", "de", "del", "la", "al", "upon"}
        for token in span
    )


def located(spans: Iterable[Span], people: frozenset[str], fixed: set[tuple[int, int]]) -> frozenset[str]:
    """Return the names that stand somewhere behind a locative preposition and may be places.

    `people` are last names of the text's persons, `fixed` the bounds that word lists decided.
    """
    return frozenset(
        span.text
        for span in spans
        if span.label_ in MOVABLE
        and span.start > 0
        and span.doc[span.start - 1].text in LOCATIVES
        and (span.start, span.end) not in fixed
        and _may_be_place(span, people)
    )


def unlabelled_after_locatives(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Yield the capitalised words behind a locative preposition that bear no label."""
    for token in doc[:-1]:
        if token.text not in LOCATIVES:
            continue
        end = start = token.i + 1
        while (
            end < len(doc) and end not in taken and is_place_word(doc[end]) and end - start < LONGEST_ACRONYM
        ):
            end += 1
        if (
            end > start
            and doc[start].tag_ in {"NNP", "NNPS"}
            and not (end < len(doc) and end in taken and doc[end].text[0].isupper())
        ):
            yield Span(doc, start, end, label="GPE")


def is_place_word(token: Token) -> bool:
    """Tell whether a token may be a word of a place's name."""
    text = token.text
    if not text[0].isupper() or text in words("not_after_in.txt"):
        return False
    return text.replace("-", "").replace(".", "").replace("'", "").replace("’", "").isalpha()


def repeated(doc: Doc, spans: list[Span]) -> Iterator[Span]:
    """Yield the unlabelled or otherwise labelled occurrences of names that are mostly places here."""
    places = Counter(span.text for span in spans if span.label_ == "GPE")
    others = Counter(span.text for span in spans if span.label_ != "GPE")
    known = words("countries.txt") | words("us_states.tsv")
    names = [n for n, count in places.items() if len(n) > 2 and n not in known and count >= others[n]]  # noqa: PLR2004 - "US", "LA"
    yield from Phrases((name, "GPE") for name in names).find(doc)
