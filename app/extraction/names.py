"""Words and forms of persons' names."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from app.extraction.words import table, words

INITIAL = re.compile(r"[A-Z]\.?(?:[A-Z]\.)*")
POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
DEFINITE = frozenset({"the", "this", "that"})
GLUED = re.compile(r"(?<=[a-z]{3})(?<!Mac)(?<!Van)(?<!Von)(?<!Fitz)[A-Z]")
"""Two names that lost the space between them, as in tags of a page."""

LONGEST_INITIALS = 4  # characters: "J.D."
PUNCTUATION_IN_NAMES = str.maketrans("", "", "-'’")


def is_name_word(token: Token) -> bool:
    """Tell whether a token may be a word of a person's name: capitalised letters, or an initial."""
    text = token.text
    if not text[0].isupper() or text in words("no_name_words.txt") or GLUED.search(text):
        return False
    return text.translate(PUNCTUATION_IN_NAMES).isalpha() or INITIAL.fullmatch(text) is not None


def is_title_word(token: Token) -> bool:
    """Tell whether a token is a title or an honorific, in whatever case ("Rep.", "Mayor", "Mr.")."""
    text = token.text
    if text in words("title_abbreviations.txt") or text in table("honorifics.tsv"):
        return True
    return text.lower() in words("title_nouns.txt")


def is_person_suffix(token: Token) -> bool:
    """Tell whether a token is "Jr.", "III" and the like."""
    return token.text in words("person_suffixes.txt")


def opens_party(doc: Doc, index: int) -> bool:
    """Tell whether a dash at `index` parts a name from its party: "Ruben Falk-R-Ohio"."""
    return doc[index].text in {"-", "–"} and index + 1 < len(doc) and doc[index + 1].text in {"D", "R", "I"}


def is_given_name(text: str) -> bool:
    """Tell whether a word is a usual given name and no state or country ("Virginia", "Chad")."""
    known = text in table("given_names.tsv")
    return known and text not in words("us_states.tsv") and text not in words("countries.txt")


def parse_name(span: Span) -> tuple[tuple[str, ...], str, str | None]:
    """Return given names, last name and suffix of a printed name."""
    parts = span.text.split()
    suffix = None
    if len(parts) > 1 and is_person_suffix(span[-1]):
        suffix = parts.pop().rstrip(".")
    if span.text.isupper() and len(span.text) > LONGEST_INITIALS:
        parts = [part.capitalize() for part in parts]
    return tuple(parts[:-1]), parts[-1].rstrip(","), suffix


def full_name(span: Span) -> str:
    """Return a name as printed; one in capitals ("ANA ORTEGA:" in a transcript) in the usual case."""
    if not span.text.isupper() or len(span.text) <= LONGEST_INITIALS:
        return span.text
    return " ".join(part.capitalize() for part in span.text.split())


def names_in(doc: Doc, start: int, end: int) -> Iterator[Span]:
    """Yield the recognised names that lie between two tokens: `doc.ents` reads the whole text each time."""
    at = start
    while at < end:
        first = at
        at += 1
        if doc[first].ent_iob_ != "B":
            continue
        while at < len(doc) and doc[at].ent_iob_ == "I":
            at += 1
        if at <= end:
            yield Span(doc, first, at, label=doc[first].ent_type)
