"""The city at the head of a report: "WASHINGTON —", "SAN DIEGO, Calif. (AP) -"."""

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span

DATELINE = re.compile(
    r"(?P<city>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}"
    r"|[A-Z][a-z]+(?: [A-Z][a-z]+){0,2}(?=(?:, [A-Z][\w.]+)? ?\([A-Z]))"
    r"(?:, (?P<container>[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}))?"
    r"(?: ?\([A-Z][\w .,/-]{1,30}\))?\s?(?:—|–|--|-|_|�)\s?"
)
AGENCY = re.compile(
    r"\b(?P<city>[A-Z][A-Z.'’-]{1,40}(?: [A-Z][A-Z.'’-]{1,40}){0,3})(?:, (?P<container>[A-Z][\w.]{0,40}))? "
    r"\((?:AP|AFP|Reuters|REUTERS|CNN|UPI|Xinhua)\)"
)
"""A dateline with a news agency stands anywhere in a text that lost its line breaks."""

BEHIND_HEADLINE = re.compile(
    r"(?<=[.?!] )(?=[A-Z .'’-]{4})"
    r"(?P<city>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,2})(?:, (?P<container>[A-Z][\w.]*))? ?"
    r"(?:—|–|--) (?=[A-Z])"
)
"""A dateline behind a headline, in a text that lost its line breaks."""

LONGEST_HEADLINE = 300  # characters
PARAGRAPHS = 4
"""A dateline stands at the head of the report, behind at most a few lines of page furniture."""

HEAD = 3_000
"""Characters of the text that hold these paragraphs."""

LINE_BREAKS = re.compile(r"\n+")


def find_datelines(doc: Doc) -> Iterator[tuple[Span, str | None]]:
    """Yield the cities named in datelines, and the state or country printed behind them."""
    text = doc.text
    starts = [0, *(match.end() for match in LINE_BREAKS.finditer(text, 0, HEAD))]
    matches = [*(DATELINE.match(text, start) for start in starts[:PARAGRAPHS]), *AGENCY.finditer(text)]
    matches += BEHIND_HEADLINE.finditer(text, 0, LONGEST_HEADLINE)
    found: set[int] = set()
    for match in matches:
        city = doc.char_span(match.start("city"), match.end("city"), label="GPE") if match else None
        if match and city is not None and city.start not in found:
            found.add(city.start)
            yield city, match["container"]
