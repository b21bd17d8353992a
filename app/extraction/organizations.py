"""Mentions of organizations, and the long form that the article itself gives an acronym."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from app.domain.annotation import Field, OrganizationMention
from app.domain.span import Span as CharSpan
from app.extraction.labels import GPE, ORG
from app.extraction.names import POSSESSIVES
from app.extraction.words import words

ACRONYM = re.compile(r"[A-Z][A-Za-z&.-]{1,9}")
SMALL_WORDS = frozenset({"of", "and", "the", "for", "in", "on", "to", "&", "-", "'s", "’s"})
SHORTEST_LONG_FORM = 2  # capitalised words
NATIONAL = frozenset({"Congress", "House", "Parliament", "Senate", "Supreme Court"})
"""Names that bodies of many countries and states bear."""

HERE = frozenset({"America", "U.S.", "US", "United States"})

Doc.set_extension("organizations", default=(), force=True)
Doc.set_extension("long_forms", default=None, force=True)


def _is_acronym(text: str) -> bool:
    return bool(ACRONYM.fullmatch(text)) and sum(letter.isupper() for letter in text) >= SHORTEST_LONG_FORM


def initials(name: str) -> str:
    """Return the initials of a name's words, small words left out ("Human Rights Watch": "HRW")."""
    parts = re.split(r"[\s-]+", name)
    return "".join(
        part[0].upper() for part in parts if part and part not in SMALL_WORDS and part[0].isalnum()
    )


def _defined_in_brackets(doc: Doc, names: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """Yield acronym and long form of "Immigrant Legal Resource Center (ILRC)"."""
    for name in names:
        if name.end + 1 < len(doc) and doc[name.end].text == "(" and _is_acronym(doc[name.end + 1].text):
            acronym = doc[name.end + 1].text.replace(".", "")
            if acronym[0] in initials(name.text):
                yield acronym, name.text


def long_forms(doc: Doc, names: list[Span]) -> dict[str, str]:
    """Return the long form of each acronym: defined in brackets, else the one name of its letters; and those
    of "the Times" and of "India's Supreme Court".
    """
    forms = dict(_defined_in_brackets(doc, names))
    by_initials: dict[str, set[str]] = {}
    for name in names:
        letters = initials(name.text)
        if len(letters) >= SHORTEST_LONG_FORM and len(name) > 1:
            short = letters.removeprefix("US")
            for key in {letters, short}:
                by_initials.setdefault(key, set()).add(name.text)
    for name in names:
        acronym = name.text.replace(".", "")
        candidates = by_initials.get(acronym, set()) - {name.text}
        if _is_acronym(name.text) and len(candidates) == 1:
            forms.setdefault(acronym, next(iter(candidates)))
    return {**dict(_outlets(names)), **dict(_of_places(names)), **forms}


def _outlets(names: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """Yield the short and the whole name of outlets ("Times", "Elm Times") where the text has one such."""
    by_last: dict[str, set[str]] = {}
    for name in names:
        if len(name) > 1 and name[-1].text in words("outlet_heads.txt"):
            by_last.setdefault(name[-1].text, set()).add(name.text)
    for last, whole in by_last.items():
        if len(whole) == 1:
            yield last, next(iter(whole))


def _of_places(names: Iterable[Span]) -> Iterator[tuple[str, str]]:
    """Yield "Supreme Court" and "Supreme Court of India" where the first print of a name says whose it is."""
    seen: set[str] = set()
    for name in names:
        if name.text in NATIONAL and name.text not in seen:
            seen.add(name.text)
            place = _possessing_place(name)
            if place is not None:
                yield name.text, f"{name.text} of {place}"


def _possessing_place(name: Span) -> str | None:
    """Return the place before a name, "India" in "India's Supreme Court", unless it is the United States."""
    doc, mark = name.doc, name.start - 1
    if mark < 1 or doc[mark].text not in POSSESSIVES or doc[mark - 1].ent_type_ != GPE:
        return None
    start = next((i for i in range(mark - 1, -1, -1) if doc[i].ent_iob_ == "B"), mark - 1)
    place: str = doc[start:mark].text
    return None if place in HERE else place


def _mention(span: Span, forms: dict[str, str]) -> OrganizationMention:
    return OrganizationMention(
        field=Field.TEXT,
        span=CharSpan(span.start_char, span.end_char),
        text=span.text,
        full_name=forms.get(span.text.replace(".", ""), span.text),
    )


@Language.component(
    "dateline_organizations", requires=["doc.ents"], assigns=["doc._.organizations", "doc._.long_forms"]
)
def organizations(doc: Doc) -> Doc:
    """Set `doc._.organizations`, OrganizationMention in text order, and `doc._.long_forms` of acronyms."""
    names = [ent for ent in doc.ents if ent.label_ == ORG and not ent[0].text[0].islower()]
    forms = long_forms(doc, names)
    doc._.long_forms = forms
    doc._.organizations = tuple(_mention(name, forms) for name in names)
    return doc


def organizations_of_title(title: Doc, text: Doc) -> Iterator[OrganizationMention]:
    """Yield the mentions in a title, their acronyms read by the long forms of the text."""
    forms = {one.text: one.full_name for one in text._.organizations}
    for one in title._.organizations:
        yield replace(one, field=Field.TITLE, full_name=forms.get(one.text, one.full_name))
