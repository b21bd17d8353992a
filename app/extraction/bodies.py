"""Which organization "the department", "the agency" or "the group" means."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Span

from app.extraction.in_order import InOrder
from app.extraction.words import rows, words

AGENCY, COURT = "agency", "court"
GROUPS = frozenset({"group", "organization"})
NEWSPAPERS = frozenset({"newspaper", "paper"})
NEAR = GROUPS | NEWSPAPERS | {AGENCY}
"""Nouns that mean an organization of the same paragraph or of the one before it."""

LABELS = GROUPS | {"charity", "coalition", "nonprofit", "organisation"}
"""Nouns by which print says what a name is: "the group Harbor Watch", "Harbor Watch, a nonprofit"."""

LONGEST_LABEL = 8
"""Tokens behind a name and a comma in which such a noun may stand."""

PRESS = frozenset({"News", "Photo", "Photos", "Press", "Pressphoto", "Wire"})
"""Words of agencies that deliver the news and are seldom what it is about."""

ANOTHER = ""
"""Stands for one that is not told by name: "a group of bakers"."""


class Bodies:
    """The organizations of a text by the common nouns that may stand for them."""

    def __init__(self, doc: Doc) -> None:
        mentions: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._groups: set[str] = set()  # those that are sure to be called so
        first: dict[str, str] = {}  # by organization, the name that is printed first
        labels: set[int] = set()
        for one in sorted(doc._.organizations, key=lambda one: one.span.start):
            known, nouns = _common_nouns().get(one.full_name.removeprefix("U.S. "), ("", frozenset()))
            name = first.setdefault(known, one.full_name) if known else one.full_name
            span = doc.char_span(one.span.start, one.span.end, alignment_mode="expand")
            label = _label(span) if span is not None and not known else None
            if label is not None:
                labels.add(label)
                nouns = GROUPS
            if nouns >= GROUPS:
                self._groups.add(name)
            for noun in nouns or _possible_nouns(name, one.text):
                mentions[noun].append((one.span.start, name))
            for noun in _nouns_inside(one.full_name) - nouns:
                mentions[noun].append((one.span.start, one.full_name))
        for at, noun in _others(doc, labels):
            mentions[noun].append((at, ANOTHER))
        self._named = {noun: InOrder(_with_whole_names(found)) for noun, found in mentions.items()}

    def meant(self, noun: str, before: int, openings: tuple[int, ...], *, near: bool) -> str | None:
        """Return the only organization named before a character that a noun can mean: of the text, or of
        several, or where it has to be `near`, of the paragraph. Nouns of NEAR look at the one before it, too.

        `openings` are the characters at which these paragraphs begin.
        """
        named = self._named.get(noun)
        if named is None:
            return None
        found = named.last(0, before)
        if len(found) > 1 or near or noun in NEAR:
            for since in openings if noun in NEAR else openings[:1]:
                if found := named.last(since, before):
                    break
        name = found[0] if len(found) == 1 else None
        return None if noun in GROUPS and name not in self._groups else name or None


@cache
def _common_nouns() -> dict[str, tuple[str, frozenset[str]]]:
    """Return, by name, which organization of the list it is and the nouns that may mean it."""
    return {row[0]: (row[1], frozenset(row[2].split())) for row in rows("common_nouns.tsv")}


def _nouns_inside(name: str) -> frozenset[str]:
    """Return the nouns that short forms of a name may be: "the committee"."""
    parts = name.split()
    if len(parts) == 1 or not PRESS.isdisjoint(parts):
        return frozenset()
    return frozenset(part.lower() for part in parts if part.istitle()) & words("body_nouns.txt")


def _possible_nouns(name: str, printed: str) -> frozenset[str]:
    """Return the nouns of NEAR that may mean an organization which no list has."""
    if name.rsplit(maxsplit=1)[-1] in words("outlet_heads.txt"):
        return NEWSPAPERS
    known = name in words("organizations.txt") or printed in words("organizations.txt")
    return frozenset() if known else GROUPS


def _label(name: Span) -> int | None:
    """Return the token by which print says that a name is a group's, before it or in an apposition."""
    doc = name.doc
    if name.start > 0 and doc[name.start - 1].lower_ in LABELS:
        return name.start - 1
    behind = doc[name.end : name.end + 2 + LONGEST_LABEL]
    if len(behind) < 3 or behind[0].text != "," or behind[1].lower_ not in {"a", "an", "the"}:  # noqa: PLR2004 - comma, article, noun
        return None
    for token in behind[2:]:
        if token.lower_ in LABELS:
            return int(token.i)
        if token.is_punct and token.text != "-":
            return None
    return None


def _others(doc: Doc, labels: set[int]) -> Iterator[tuple[int, str]]:
    """Yield where a group or newspaper comes in that is not told by name: "a group", "the group of cooks"."""
    for token in doc:
        noun = token.lower_.removesuffix("s")
        if noun not in GROUPS | NEWSPAPERS or token.i in labels:
            continue
        bare = token.i > 0 and doc[token.i - 1].lower_ in {"the", "this", "that"} and token.lower_ == noun
        if not bare or (token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "of"):
            for one in GROUPS if noun in GROUPS else NEWSPAPERS:
                yield token.idx, one


def _with_whole_names(mentions: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Yield the mentions, names that end one other name of the text as that: "Senate Harbor Committee"."""
    longer: dict[str, set[str]] = defaultdict(set)
    for name in {name for _, name in mentions}:
        for at, letter in enumerate(name):
            if letter == " ":
                longer[name[at + 1 :]].add(name)
    whole = {end: names.pop() for end, names in longer.items() if len(names) == 1}
    for at, name in mentions:
        longest = name
        while longest in whole:
            longest = whole[longest]
        yield at, longest
