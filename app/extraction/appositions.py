"""What stands behind a name, or before it with a comma: ", director of the Ortega Center,"."""

from spacy.tokens import Doc

from app.extraction.labels import ORG, PERSON
from app.extraction.names import POSSESSIVES, names_in
from app.extraction.titles import (
    LONGEST_TITLE,
    STOPS,
    Presentation,
    head_noun,
    inside_organization,
    is_affiliation,
    is_president,
    organization_in,
    possessor,
    prefix,
    words_of,
)

LONGEST_APPOSITION = 24  # tokens behind a name
DETERMINERS = frozenset({"a", "an", "the", "A", "An", "The", "his", "her", "its", "their", "our"})
OUTSIDERS = frozenset({"litigator", "nominee"})
"""Nouns before which a body is where somebody works or wants to, not whom they belong to."""

PREPOSITIONS = frozenset({"of", "for", "at", "with", "in", "on", "from", "to"})


def _skip_party_and_age(doc: Doc, start: int) -> int:
    """Return the token behind ", D-Texas," or ", 34," after a name."""
    at = start
    while at + 2 < len(doc) and doc[at].text == ",":
        end = at + 1
        while end < len(doc) and end - at < 6 and doc[end].text not in {",", "\n\n", "\n"}:  # noqa: PLR2004 - "D", "-", "S.C."
            end += 1
        inner = doc[at + 1 : end].text
        if (
            end < len(doc)
            and doc[end].text == ","
            and (inner.isdigit() or (inner[:1] in {"D", "R", "I"} and inner[1:2] in {"-", "–"}))
        ):
            at = end
        else:
            break
    return at


def _apposition_end(doc: Doc, start: int) -> int:
    """Return the token at which the noun phrase behind a name ends."""
    end = start
    while end < len(doc) and end - start < LONGEST_APPOSITION:
        token = doc[end]
        if (
            token.is_space
            or (token.text in STOPS and not inside_organization(token))
            or (token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and not token.ent_type_)
        ):
            break
        if (
            token.text == "and"
            and end + 1 < len(doc)
            and (doc[end + 1].text in DETERMINERS or doc[end + 1].ent_type_ == PERSON)
        ):
            break
        end += 1
    return end


def _lead_end(doc: Doc, start: int, end: int) -> int:
    """Return the end of the noun phrase before its first preposition."""
    for index in range(start, end):
        if doc[index].text in PREPOSITIONS and not inside_organization(doc[index]):
            return index
    return end


def _before_last_preposition(doc: Doc, lead: int, stop: int) -> int:
    """Return where "counsel for the Tampa-based" ends without its last preposition, if it is bare."""
    for index in range(stop - 1, lead - 1, -1):
        if doc[index].text in PREPOSITIONS:
            return index
        if doc[index].tag_ in {"NN", "NNS"}:
            break
    return stop


def _is_titled(doc: Doc, start: int) -> bool:
    """Tell whether a title of which nothing parts it stands before the name at token `start`."""
    before = doc[start - 1]
    return before.text not in PREPOSITIONS | DETERMINERS | POSSESSIVES | {",", "and", "&"} and (
        prefix(doc, start) is not None
    )


def noun_phrase(doc: Doc, start: int, end: int, *, shared: bool = False) -> Presentation | None:
    """Return what a noun phrase says of a person: "executive director of the Ortega Center". A plural says
    it of those who share it.
    """
    for index in range(start, min(end, start + 4)):
        if doc[index].text in POSSESSIVES:
            start = index + 1
    if start < end and doc[start].text in DETERMINERS:
        start += 1
    lead = _lead_end(doc, start, end)
    if lead == start or start >= end:
        return None
    noun = head_noun(doc[lead - 1]) if shared or doc[lead - 1].tag_ not in {"NNS", "NNPS"} else None
    if noun is None or any(
        token.ent_type_ == PERSON and not is_president(token) for token in doc[start:lead]
    ):
        return None
    if any(ent.label_ == PERSON and _is_titled(doc, ent.start) for ent in names_in(doc, lead, end)):
        return None  # the next of a list: "Falk, Secretary of Labor Ana Ortega and others"
    affiliation = None if noun in OUTSIDERS else organization_in(doc[start:lead])
    stop = end
    for ent in names_in(doc, lead, end):
        if is_affiliation(ent):
            affiliation = ent.text
            stop = ent.start
            break
    if stop < end:
        stop = _before_last_preposition(doc, lead, stop)
    title = doc[start:stop].text
    return Presentation(title, affiliation, noun, words_of(title, affiliation))


def _is_joined(doc: Doc, end: int) -> bool:
    """Tell whether the name that ends at a token is the last of several: "Ana Ortega and Ruben Falk"."""
    start = end
    while start > 0 and doc[start - 1].ent_type_ == PERSON:
        start -= 1
    return start > 0 and doc[start - 1].text in {"and", "&"}


def apposition(doc: Doc, end: int) -> Presentation | None:
    """Return the presentation behind the name that ends at token `end` (", a Texas Democrat,")."""
    at = _skip_party_and_age(doc, end)
    if at + 4 < len(doc) and doc[at].text == "," and doc[at + 1].text == "who":
        start = at + 3 + (doc[at + 3].text == "as")
        if doc[at + 2].text in {"is", "was", "served", "serves", "worked", "works"}:
            return noun_phrase(doc, start, _apposition_end(doc, start))
    if at + 1 < len(doc) and doc[at].text in {",", "—", "–", "--"}:
        return noun_phrase(doc, at + 1, _apposition_end(doc, at + 1), shared=_is_joined(doc, end))
    if at + 2 < len(doc) and doc[at].text in {"of", "from", "with"}:
        behind = names_in(doc, at + 1, min(len(doc), at + LONGEST_APPOSITION))
        first = at + 1 + (doc[at + 1].text in DETERMINERS)
        name = next((ent for ent in behind if ent.label_ == ORG and ent.start in {at + 1, first}), None)
        if name is not None:
            return Presentation(None, name.text, None, words_of(name.text))
    return None


def before_comma(doc: Doc, start: int) -> Presentation | None:
    """Return the presentation in front of a name with a comma: "The mayor of Boston, Ana Ortega,"."""
    if start < 2 or doc[start - 1].text != ",":  # noqa: PLR2004 - a word and the comma
        return None
    left = start - 1
    while left > 0 and start - left < LONGEST_TITLE:
        token = doc[left - 1]
        if (
            token.is_space
            or token.text in STOPS
            or token.ent_type_ == PERSON
            or token.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        ):
            break
        left -= 1
        if (
            token.text in DETERMINERS and (left == 0 or doc[left - 1].text not in PREPOSITIONS)
        ) or token.text in POSSESSIVES:
            break
    found = noun_phrase(doc, left + (doc[left].text in POSSESSIVES), start - 1)
    if found is None or not (
        doc[left].text in DETERMINERS or doc[left].text in POSSESSIVES or doc[left].is_sent_start
    ):
        return None
    return Presentation(found.title, found.affiliation or possessor(doc, left + 1), found.head, found.words)
