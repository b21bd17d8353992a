"""The title and the organization that a name is printed with, in front of it; what stands behind is in
`appositions`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from app.extraction.labels import ORG, PERSON
from app.extraction.names import POSSESSIVES, names_in
from app.extraction.words import column, table, words

LONGEST_TITLE = 14  # tokens in front of a name

JOINTS = frozenset({"of", "for", "on", "-", "and", "&"})
_OFFICE_JOINTS = frozenset({"of", "for", "to"})
PARTY_HEADS = frozenset({"democrat", "republican", "member", "candidate"})
"""Heads that say less than an office does."""

STOPS = frozenset(
    {
        ",",
        ".",
        ";",
        ":",
        "—",
        "–",
        "--",
        "(",
        ")",
        "“",
        "”",
        '"',
        "who",
        "which",
        "that",
        "whose",
        "when",
        "where",
        "|",
        "as",
    }
)
COMMITTEES = frozenset({"Committee", "Subcommittee"})

PARTY_ADJECTIVES = frozenset({"gop", "u.s.", "us"})

SPEAKING_FOR = frozenset({"spokesman", "spokesperson", "spokeswoman"})
"""Heads behind which "for" leads to another person."""

DAYS = frozenset({"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"})
NO_TITLE_HEADS = frozenset(
    {"police", "head", "partner", "student", "member", "worker", "king", "major", "general"}
)
"""Title nouns that, in lower case in front of a name, are more often something else."""


@dataclass(frozen=True, slots=True)
class Presentation:
    """One way in which the article presents a person; spans are token bounds of the title words."""

    title: str | None
    affiliation: str | None = None
    head: str | None = None  # the head noun, lower case, abbreviations written out
    words: frozenset[str] = frozenset()  # lower-case words of title and affiliation


def head_noun(token: Token) -> str | None:
    """Return the full lower-case title noun that a token is, or None."""
    abbreviation = table("title_abbreviations.txt").get(token.text)
    if abbreviation:
        return abbreviation
    lower = token.text.lower()
    if lower in words("title_nouns.txt"):
        return lower
    return lower[:-1] if lower.endswith("s") and lower[:-1] in words("title_nouns.txt") else None


def inside_organization(token: Token) -> bool:
    """Tell whether a token is a later word of an organization's name."""
    return token.ent_type_ == ORG and token.ent_iob_ == "I"


def is_president(token: Token) -> bool:
    """Tell whether a name is a president's last name alone, as in "former Obama adviser"."""
    alone = token.ent_iob_ == "B" and (token.i + 1 == len(token.doc) or token.nbor().ent_iob_ != "I")
    return alone and token.text in column("presidents.txt", 1)


def _may_stand_in_title(token: Token) -> bool:
    """Tell whether a word to the left of a name may still belong to the title."""
    if token.is_space or token.text in STOPS or token.text in DAYS:
        return False
    if token.ent_type_ == PERSON:
        return is_president(token)
    if inside_organization(token):
        return True
    text = token.text
    if text == "on" and token.i and token.nbor(-1).text in COMMITTEES:
        return True
    if text in {"of", "for", "-"} or head_noun(token) or text.lower() in words("title_modifiers.txt"):
        return True
    return (
        text[0].isupper()
        and token.pos_ in {"PROPN", "ADJ", "NOUN"}
        and token.text not in table("honorifics.tsv")
    )


def title_start(doc: Doc, start: int) -> int:
    """Return the first token of the title in front of the name at token `start`; `start` if none."""
    left = start
    abbreviated = start > 0 and doc[start - 1].text in words("title_abbreviations.txt")
    while left > 0 and start - left < LONGEST_TITLE and _may_stand_in_title(doc[left - 1]):
        if abbreviated and left < start and (doc[left - 1].text in JOINTS or head_noun(doc[left - 1])):
            break  # "a spokesman for Sen. Ana Ortega"
        if left < start and doc[left - 1].text == "for" and _is_spoken_for(doc, left, start):
            break
        left -= 1
        if doc[left].is_sent_start:
            break
        if (office := _office_of_body(doc, left)) is not None:
            left = office
    while left < start and (
        doc[left].text in JOINTS or (doc[left].text[0].islower() and not _opens_title(doc, left, start))
    ):
        left += 1
    return left if left < start and _ends_as_title(doc, left, start) else start


def _is_spoken_for(doc: Doc, left: int, start: int) -> bool:
    """Tell whether the words behind "for" are the title of whom another speaks for: "a spokesman for House
    Speaker Ana Ortega".
    """
    return left > 1 and head_noun(doc[left - 2]) in SPEAKING_FOR and head_noun(doc[start - 1]) is not None


def _office_of_body(doc: Doc, left: int) -> int | None:
    """Return where an office stands before "of the" and a body: "Speaker of the House Ana Ortega"."""
    office, joint, the = left - 3, left - 2, left - 1
    if office < 0 or doc[the].text != "the" or doc[joint].text not in _OFFICE_JOINTS:
        return None
    is_body = doc[left].text[0].isupper() and head_noun(doc[left]) is None
    return office if is_body and head_noun(doc[office]) in words("office_titles.txt") else None


def _opens_title(doc: Doc, index: int, start: int) -> bool:
    """Tell whether a lower-case word may open a title: a modifier or a title noun."""
    token = doc[index]
    return (
        token.text in words("title_modifiers.txt")
        or head_noun(token) is not None
        or (token.pos_ == "NOUN" and index < start - 1)
    )


def _ends_as_title(doc: Doc, left: int, start: int) -> bool:
    """Tell whether the words before a name end in a title noun, or hold one before "of" and a name."""
    last = doc[start - 1]
    noun = head_noun(last)
    if noun is not None:
        return not (last.text.islower() and noun in NO_TITLE_HEADS and start - left == 1)
    for index in range(left, start - 1):
        if head_noun(doc[index]) and doc[index + 1].text in _OFFICE_JOINTS and index + 2 < start:
            return True  # but not "a member of" before "Ortega's council"
    return False


def _head_of(doc: Doc, left: int, start: int) -> str | None:
    for index in range(left, start):
        if index + 1 < start and doc[index + 1].text in _OFFICE_JOINTS and head_noun(doc[index]):
            return head_noun(doc[index])
    return head_noun(doc[start - 1])


def is_affiliation(ent: Span) -> bool:
    """Tell whether a name is an organization one can speak for; a party in the plural is none, nor is that
    of "a Harbor Party-backed lawyer".
    """
    hyphenated = ent.end < len(ent.doc) and ent.doc[ent.end].text == "-"
    return (
        ent.label_ == ORG
        and not hyphenated
        and ent.text not in words("parties.txt")
        and ent.text not in {"GOP", "House", "Senate"}
    )


def organization_in(span: Span) -> str | None:
    """Return the last organization named inside a span."""
    names = [ent.text for ent in names_in(span.doc, span.start, span.end) if is_affiliation(ent)]
    return names[-1] if names else None


def possessor(doc: Doc, left: int) -> str | None:
    """Return the organization whose possessive stands before token `left` ("ICE's acting director")."""
    if left < 2 or doc[left - 1].text not in POSSESSIVES or doc[left - 2].ent_type_ != ORG:  # noqa: PLR2004 - name and mark
        return None
    return next(
        (one.text for one in names_in(doc, max(0, left - LONGEST_TITLE), left) if one.end == left - 1), None
    )


def words_of(*texts: str | None) -> frozenset[str]:
    """Return the lower-case words of texts, full stops left out."""
    return frozenset(word for text in texts if text for word in text.lower().replace(".", "").split())


def _is_supposed(doc: Doc, left: int, start: int) -> bool:
    """Tell whether a title is one that somebody might have: "a President Ortega"."""
    return start - left == 1 and left > 0 and doc[left].text.istitle() and doc[left - 1].lower_ in {"a", "an"}


def prefix(doc: Doc, start: int) -> Presentation | None:
    """Return the presentation in front of the name at token `start` ("Boston Mayor")."""
    left = title_start(doc, start)
    if left == start or _is_supposed(doc, left, start):
        return None
    span = doc[left:start]
    affiliation = organization_in(span) or possessor(doc, left)
    return Presentation(span.text, affiliation, _head_of(doc, left, start), words_of(span.text, affiliation))


def may_be_of(one: Presentation, name: str, letters: str) -> bool:
    """Tell whether a title may be of what is named, given with its initials: that of "Tampa Mayor" is none of
    Boston. A bare title may be of anything.
    """
    own = {
        word.lower().replace(".", "")
        for text in (one.title, one.affiliation)
        for word in (text or "").split()
        if word[0].isupper() and not _says_no_name(word)
    }
    named, short = words_of(name), letters.lower()
    is_acronym = len(short) > 1 and any(short in word for word in own)  # "DHS" of "Homeland Security"
    return not own or is_acronym or not own.isdisjoint(named)


def _says_no_name(word: str) -> bool:
    lower = word.lower()
    listed = any(lower in words(each) for each in ("title_nouns.txt", "title_modifiers.txt"))
    return listed or lower in JOINTS | PARTY_ADJECTIVES or word in words("title_abbreviations.txt")


def _weight(one: Presentation) -> tuple[bool, bool, bool, int]:
    office = one.head not in PARTY_HEADS
    return (
        bool(one.title and one.affiliation and office),
        bool(one.title),
        office,
        min(len(one.title or ""), 6),
    )


def best(presentations: list[Presentation], long_forms: Mapping[str, str]) -> tuple[str | None, str | None]:
    """Return title and affiliation of the presentation that says most.

    One with title and organization first, an office before a party; a bare abbreviation last. An
    organization's acronym gives way to the long form that the article prints.
    """
    if not presentations:
        return None, None
    chosen = max(presentations, key=_weight)
    affiliation = chosen.affiliation or next(
        (one.affiliation for one in presentations if one.affiliation and one.title is None), None
    )
    return chosen.title, long_forms.get(affiliation.replace(".", ""), affiliation) if affiliation else None
