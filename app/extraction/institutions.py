"""Names of courts, committees and offices: long, with small words and possessives inside, but regular."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span

from app.extraction.labels import ORG
from app.extraction.words import words

SHORTEST = 3  # tokens
_FEDERAL = r"(?:(?:U\.?S\.?|United States|Federal) )?"
_NUMBER = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|Eleventh)"
)
_WORD = r"[A-Z][\w.-]{1,40}"
_NAME = rf"{_WORD}(?: {_WORD}){{0,2}}"


@cache
def _patterns() -> re.Pattern[str]:
    state = "|".join(re.escape(name) for name in sorted(words("us_states.tsv"), key=len, reverse=True))
    return re.compile(
        # "9th U.S. Circuit Court of Appeals", "U.S. Court of Appeals for the Ninth Circuit"
        rf"\b(?:{_NUMBER} )?{_FEDERAL}(?:Circuit )?Court of Appeals"
        rf"(?: for the (?:{_NUMBER}|D\.C\.|Federal) Circuit)?"
        # "U.S. District Court for the Southern District of Texas"
        rf"|\b{_FEDERAL}District Court for the (?:{_WORD} )?District of (?:Columbia|{state})"
        # "Ohio Supreme Court"
        rf"|\b(?:{state}) (?:Supreme(?: Judicial)? Court|Superior Court|Court of Appeals)"
        # "Ortega County District Attorney's Office", "Ohio Attorney General's Office"
        rf"|\b(?!The ){_NAME} (?:District Attorney|Attorney General|Sheriff|Public Defender)['’]s? "
        r"(?:Office|Department)"
        # "House Subcommittee on Harbors, Rivers, and Lakes"
        rf"|\b(?:(?:House|Senate) )?(?:Subc|C)ommittee on {_NAME}(?:, {_NAME})+, and {_NAME}"
    )


def institutions(doc: Doc) -> Iterator[Span]:
    """Yield the institutions whose names follow these patterns."""
    for match in _patterns().finditer(doc.text):
        span = doc.char_span(*match.span(), label=ORG)
        if span is not None and len(span) >= SHORTEST:
            yield span
