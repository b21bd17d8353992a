"""The parts of the words that name a source: where its noun phrases begin and end, what joins them."""

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from app.extraction.labels import GPE, ORG, PERSON
from app.extraction.names import POSSESSIVES, names_in, opens_party
from app.extraction.titles import LONGEST_TITLE, head_noun, title_start
from app.extraction.words import words

LEAD_ENDS = frozenset(
    {
        "of",
        "for",
        "at",
        "with",
        "in",
        "on",
        "from",
        "to",
        "by",
        "under",
        "who",
        "which",
        "that",
        ",",
        "(",
        "[",
        "—",
        "–",
        "--",
    }
)
REFLEXIVES = frozenset(
    {"himself", "herself", "itself", "themselves", "alone", "also", "again", "later", "then", "too"}
    | {"both", "each"}
)
EXAMPLES = frozenset({"like", "as", "including"})
"""Prepositions before some of those who speak: "groups like the ACLU and CASA"."""

_ONE_OF = frozenset({"one", "another"})
"""Words before "of" that mean one of several."""

RELATIVE_TAGS = frozenset({"WP", "WDT"})


def segments(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the parts of a source at top-level commas and "and", with the word before each."""
    left, joint = start, ""
    for i in range(start, end):
        token = doc[i]
        inside = token.ent_type_ in {ORG, PERSON} and token.ent_iob_ == "I"
        if token.text in {",", "and", "&"} and not inside:
            if i > left:
                yield left, i, joint
            left, joint = i + 1, token.text
    if left < end:
        yield left, end, joint


def lead(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of a noun phrase before its first preposition, without determiner."""
    stop = next(
        (
            i
            for i in range(start + 1, end)
            if (doc[i].text in LEAD_ENDS or opens_party(doc, i))
            and not (doc[i].ent_type_ == ORG and doc[i].ent_iob_ == "I")
        ),
        end,
    )
    while stop - start > 1 and doc[stop - 1].text.lower() in REFLEXIVES:
        stop -= 1
    while start < stop - 1 and (doc[start].is_punct or doc[start].is_space):
        start += 1
    return start, stop


def shares_head(doc: Doc, start: int, end: int) -> bool:
    """Tell whether names joined by "and" only describe a common noun: "DHS and State officials",
    "White House and administration officials", "Ortega and Falk's staffs".
    """
    parts = list(segments(doc, start, end))
    if len(parts) <= 1 or parts[-1][2] == ",":
        return False
    left, right = lead(doc, *parts[-1][:2])
    if right - left == 1 or doc[right - 1].tag_ not in {"NN", "NNS"} or doc[right - 1].ent_type_ == PERSON:
        return False
    if doc[left].ent_type_ in {ORG, GPE} or any(token.text in POSSESSIVES for token in doc[left:right]):
        return True
    first = doc[parts[0][1] - 1]
    return first.ent_type_ == ORG and doc[left].tag_ == "NN" and doc[right - 1].tag_ == "NNS"


def joins_description(doc: Doc, start: int, left: int, right: int) -> bool:
    """Tell whether a part of a source is joined to a name in the description of who speaks: "Ana Ortega, the
    head of a college in Tampa and Boston".
    """
    token = doc[lead(doc, left, right)[1] - 1]
    while token.dep_ == "conj" and token.head.i >= start:
        token = token.head
    return token.dep_ == "pobj" and token.head.i > start and token.head.lower_ not in EXAMPLES


def behind_home(doc: Doc, start: int, end: int) -> int:
    """Return where a source begins behind where a person is from: "El Paso, Texas-based lawyer ..."."""
    for i in range(start + 1, end - 2):
        if doc[i].ent_type_ == PERSON:
            break  # "Ana Ortega, a Tampa-based lawyer"
        if doc[i].text == "-" and doc[i + 1].lower_ == "based":
            return i + 2
    for place in names_in(doc, start, end):
        is_first = place.start == start and place.label_ == GPE and place.end < end
        if (
            is_first
            and doc[place.end].text == ","
            and any(t.ent_type_ == PERSON for t in doc[place.end : end])
        ):
            return place.end + 1  # "in Maryland, Judge ..."
    return start


def antecedent(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """Return the noun phrase that a relative pronoun stands for, up to its head: "Ana Ortega, who ..."."""
    if end - start != 1 or doc[start].tag_ not in RELATIVE_TAGS:
        return None
    clause = doc[start].head
    while clause.dep_ in {"conj", "xcomp", "ccomp"} and clause.head != clause:
        clause = clause.head
    noun = clause.head
    if clause.dep_ != "relcl" or noun.i >= start:
        return None
    while noun.dep_ == "appos" and noun.head.ent_type_ == PERSON:
        noun = noun.head
    return noun.left_edge.i, noun.i + 1


def behind_description(doc: Doc, start: int, end: int) -> int:
    """Return where the name begins that a description with a clause or a preposition ends in: "the agent who
    presented it, Ana Ortega", "one of its authors, Senator Ana Ortega"; else `start`. "The lawyer of the
    mayor, Ana Ortega," may name either.
    """
    for i in range(start + 1, end - 1):
        if doc[i].text == "," and _names_person(doc, i + 1):
            _, last = lead(doc, start, i)
            head = doc[start:last].root
            names_one = _is_person_noun(head) or head.lower_ in _ONE_OF
            others = (token for token in doc[last:i] if token.ent_type_ != ORG)
            return i + 1 if names_one and not any(map(_is_person_noun, others)) else start
        if doc[i].ent_type_ == PERSON and not _owns(doc[i]):
            break
    return start


def _names_person(doc: Doc, start: int) -> bool:
    """Tell whether a person's name begins at a token, with or without a title."""
    name = next((i for i in range(start, min(start + LONGEST_TITLE, len(doc))) if _begins_name(doc[i])), -1)
    return name == start or (name > start and title_start(doc, name) == start)


def _begins_name(token: Token) -> bool:
    return token.ent_type_ == PERSON and token.ent_iob_ == "B"


def _owns(token: Token) -> bool:
    """Tell whether a token of a name stands in a possessive: "Ortega's friends"."""
    last = token
    while last.i + 1 < len(last.doc) and last.nbor().ent_iob_ == "I":
        last = last.nbor()
    return last.i + 1 < len(last.doc) and last.nbor().text in POSSESSIVES


def _is_person_noun(token: Token) -> bool:
    """Tell whether a noun in the singular says who somebody is: "agent", "spokesman", "mother"."""
    known = head_noun(token) is not None or token.lower_ in words("unnamed_nouns.txt")
    return known and token.tag_ in {"NN", "NNP"}
