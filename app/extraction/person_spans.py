"""Where persons' names begin and end: titles cut off, parts that the model left out put back, and names
that it missed behind titles, given names, colons and earlier full names.
"""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Span, Token

from app.extraction.labels import PERSON
from app.extraction.lexicon import load_lexicon
from app.extraction.names import (
    INITIAL,
    POSSESSIVES,
    is_given_name,
    is_name_word,
    is_person_suffix,
    is_title_word,
    opens_party,
    parse_name,
)
from app.extraction.people import SITTING
from app.extraction.words import column, words

MONTHS = frozenset({"January", "February", "March", "April", "May", "June"})
MONTHS |= {"July", "August", "September", "October", "November", "December"}
BEFORE_MONTHS = frozenset({"in", "last", "since", "this", "until"})
LONGEST_PERSON = 5  # tokens after title words are cut away; longer ones are run-together lines
NAME_TAGS = frozenset({"NNP", "NNPS"})
VERBS = frozenset({"VBZ", "VBD", "VBP"})
"""Tags at which a person's name ends, in a headline."""

TRANSCRIPT = re.compile(
    r"^(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]*){1,3})(?:,[^:\n]{1,60}| \([^)\n]{1,40}\))?:", re.MULTILINE
)
SHORTEST_IN_CAPITALS = 3  # letters of a last name looked for in capitals: "LEE" may be an acronym
LONG_WORD, FEWEST_LONG_WORDS, HEADLINE_SHARE = 4, 5, 0.7  # letters, words, share of capitalised ones
EDGES = frozenset("\"'“”‘’()[]—–-,.;:|>*•/#&") | POSSESSIVES | {"the", "The", "a", "an", "A", "An", "THE"}
"""What is cut off both ends of a name."""


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
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


def person_bounds(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the name within a span: title words in front and what follows a possessive are cut."""
    while start < end - 1 and (
        is_title_word(doc[start])
        or (doc[start].text.lower() in words("title_modifiers.txt") and is_title_word(doc[start + 1]))
        or doc[start].text in POSSESSIVES
        or not doc[start].text[0].isupper()
        or _is_date(doc, start)
    ):
        start += 1
    stop = start + (end > start)
    if doc[start].text in column("presidents.txt", 1):
        return start, stop  # "Trump Donald John": a heap of tags
    while (
        stop < end
        and doc[stop].tag_ not in VERBS
        and not opens_party(doc, stop)
        and (
            is_name_word(doc[stop])
            or is_hyphen(doc[stop])
            or is_hyphen(doc[stop - 1])
            or doc[stop].text in words("name_particles.txt")
            or is_person_suffix(doc[stop])
        )
    ):
        stop += 1
    if stop - start > 2 and _is_printed_again(doc, stop):  # noqa: PLR2004 - initials, last name, what is glued on
        stop -= 1
    return trimmed(doc, start, stop)


def _is_date(doc: Doc, index: int) -> bool:
    """Tell whether a token is the month of "In January Ortega said"."""
    return index > 0 and doc[index].text in MONTHS and doc[index - 1].lower_ in BEFORE_MONTHS


def is_hyphen(token: Token) -> bool:
    """Tell whether a token is the hyphen of "Yun Dae-soo": no space stands on either side of it."""
    return (
        token.text in {"-", "–"} and token.i > 0 and not token.whitespace_ and not token.nbor(-1).whitespace_
    )


def _is_printed_again(doc: Doc, stop: int) -> bool:
    """Tell whether the word before `stop` opens a second print of the name: "R.J. Ortega Ruben (R.J.)"."""
    if stop + 2 >= len(doc) or doc[stop].text != "(" or doc[stop + 2].text != ")":
        return False
    return INITIAL.fullmatch(doc[stop + 1].text) is not None and is_given_name(doc[stop - 1].text)


def whole_person(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return a name with the given name, the initial and what is behind a hyphen, that the model left out."""
    left = start
    if end + 1 < len(doc) and is_hyphen(doc[end]) and doc[end + 1].is_alpha and not opens_party(doc, end):
        end += 2 * (is_name_word(doc[end - 1]) or doc[end - 1].text in words("name_particles.txt"))
    if left > 1 and is_hyphen(doc[left - 1]) and is_name_word(doc[left - 2]):
        return left - 2, end
    if left > 0 and INITIAL.fullmatch(doc[left - 1].text) and len(doc[left - 1].text) <= 2:  # noqa: PLR2004 - "G."
        left -= 1
    lone = end - start == 1 or (end - start == 2 and not is_given_name(doc[start].text))  # noqa: PLR2004 - "Vander Hoek"
    if left == 0 or not lone or doc[left - 1].is_upper or is_title_word(doc[left - 1]):
        return start, end
    if is_given_name(doc[left - 1].text) and not _is_date(doc, left - 1):
        return left - 1, end
    return start, end


def hides_name(doc: Doc, start: int, end: int) -> bool:
    """Tell whether a name's first word belongs to the title: "Secretary of [State Ruben Falk]"."""
    if start < 2 or end - start < 3 or doc[start - 1].text not in {"of", "for"}:  # noqa: PLR2004 - "State", first, last
        return False
    return is_title_word(doc[start - 2]) and is_given_name(doc[start + 1].text)


def behind_title(doc: Doc, start: int, end: int) -> int:
    """Return where the name begins in "Tampa Mayor Ruben Falk", taken for an organization; else `start`."""
    for index in range(start + 1, end - 1):
        if is_title_word(doc[index - 1]) and is_given_name(doc[index].text):
            return index if looks_like_person(doc[index:end]) else start
    return start


def looks_like_person(span: Span) -> bool:
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


def after_titles(doc: Doc) -> Iterator[Span]:
    """Yield the capitalised words behind "Rep.", "Mr." and the like as persons, and a given name behind
    "Mayor".
    """
    for token in doc[:-1]:
        if not is_title_word(token):
            continue
        if token.text.lower() in words("title_nouns.txt") and not _opens_name(token, doc[token.i + 1]):
            continue
        start = token.i + 1
        start, end = person_bounds(doc, start, min(len(doc), start + LONGEST_PERSON))
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


def is_role(span: Span) -> bool:
    """Tell whether words in capitals only describe who speaks in a transcript: "HARBOR WOMAN"."""
    if not span.text.isupper() or is_given_name(span[0].text.capitalize()):
        return False
    return span[-1].text.lower() in words("unnamed_nouns.txt") | {"female", "male", "reporter", "narrator"}


def before_colons(doc: Doc) -> Iterator[Span]:
    """Yield the names in capitals that open the lines of a transcript: "ANA ORTEGA, HOST:"."""
    for match in TRANSCRIPT.finditer(doc.text):
        span = doc.char_span(*match.span("name"), label=PERSON)
        if span is not None and not is_role(span):
            yield span


def after_given_names(doc: Doc, taken: set[int]) -> Iterator[Span]:
    """Yield a known given name and the capitalised word behind it, where the model saw nothing."""
    for token in doc[:-1]:
        if token.i in taken or token.is_upper or not is_given_name(token.text) or is_headline(token):
            continue
        if _is_date(doc, token.i):
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


def is_headline(token: Token) -> bool:
    """Tell whether a token stands in a sentence in which nearly every long word is capitalised."""
    long = [word for word in token.sent if word.is_alpha and len(word) >= LONG_WORD]
    capitalised = sum(word.text[0].isupper() for word in long)
    return len(long) >= FEWEST_LONG_WORDS and capitalised > HEADLINE_SHARE * len(long)


def last_names(spans: Iterable[Span]) -> frozenset[str]:
    """Return the last names of full names that are no known place or organization."""
    names = {parse_name(span)[1] for span in spans if span.label_ == PERSON and len(span) > 1}
    known = words("us_states.tsv") | words("countries.txt") | words("organizations.txt")
    return frozenset(name for name in names - known if len(name) > 1)


def stands_behind_title(span: Span) -> bool:
    """Tell whether a title word stands right before a name."""
    return span.start > 0 and is_title_word(span.doc[span.start - 1])


def short_names(doc: Doc, spans: list[Span]) -> Iterator[Span]:
    """Yield words that are the last name of a person of the text and no part of a longer name."""
    known = last_names(spans)
    known |= column("presidents.txt", 1)
    known |= {name.upper() for name in known if len(name) > SHORTEST_IN_CAPITALS}
    inside = {i for span in spans if len(span) > 1 for i in range(span.start, span.end)}
    for token in doc:
        is_name = token.tag_ in NAME_TAGS or _opens_sentence(token) or _speaks(token)
        if token.text in known and token.i not in inside and is_name:
            yield Span(doc, token.i, token.i + 1, label=PERSON)


def _opens_sentence(token: Token) -> bool:
    """Tell whether a word is the last name of a president without namesakes that opens a sentence: the
    tagger may take it for a verb there.
    """
    return token.text in SITTING and bool(token.is_sent_start)


def _speaks(token: Token) -> bool:
    """Tell whether a word taken for a plural is the subject of a verb of speech: "Sands said"."""
    plural = token.tag_ == "NNS" and token.dep_ == "nsubj"
    return plural and "q" in load_lexicon().verbs.get(token.head.lemma_, ())
