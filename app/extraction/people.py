"""Persons of a text: name mentions joined to one person each, with the titles they are printed with."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc, Span

from app.extraction.appositions import apposition, before_comma
from app.extraction.labels import PERSON
from app.extraction.names import full_name, is_given_name, parse_name
from app.extraction.titles import Presentation, prefix
from app.extraction.words import column, table, words

WOMAN, MAN = "f", "m"
SURE_WOMAN, SURE_MAN = 90, 10  # percent of girls among the bearers of a given name

LONGEST_BETWEEN = 8  # tokens between two names of a list: "of Ohio, R-Ohio, and"
FORMER = frozenset({"former", "ex", "then", "late"})
"""Words that put a title into the past."""

SITTING = frozenset({"Trump", "Obama", "Biden"})
"""Presidents' last names that, alone, never mean a namesake."""

Doc.set_extension("people", default=(), force=True)


@dataclass(slots=True, eq=False)
class NamedPerson:
    """A person of the text. `spans` are the name mentions; `others` pronouns and titles, as spans."""

    name: str
    given: tuple[str, ...]  # empty when only a last name is printed
    last: str
    suffix: str | None = None
    spans: list[Span] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)
    presentations: list[Presentation] = field(default_factory=list)
    genders: list[str] = field(default_factory=list)  # the most reliable sign first
    titled: bool = False  # a title or an honorific stands before the name somewhere
    meant: bool = False  # the encoder takes a pronoun to stand for it

    @property
    def gender(self) -> str | None:
        """`f`, `m`, or None when nothing tells."""
        if self.genders:
            return self.genders[0]
        if self.is_sitting:
            return MAN
        return gender_of_given_name(self.given[0]) if self.given else None

    @property
    def is_sitting(self) -> bool:
        """Tell whether it is the last name alone of a president who has no namesakes in news."""
        return not self.given and self.last in SITTING

    @property
    def is_president(self) -> bool:
        """Tell whether it is a president of the United States whom news of these years calls by name."""
        return self.name in words("presidents.txt") or self.is_sitting

    @property
    def is_former(self) -> bool:
        """Tell whether every title that print gives is of the past."""
        return bool(self.presentations) and all(FORMER & one.words for one in self.presentations)

    @property
    def is_sure(self) -> bool:
        """Tell whether it is a person: a full name, a title, a pronoun, or a bare name that comes again."""
        known = self.last in column("presidents.txt", 1)
        return bool(self.given) or self.titled or self.meant or known or len(self.spans) > 1


def gender_of_given_name(name: str) -> str | None:
    """Return whether nearly all bearers of a given name are women or men."""
    share = table("given_names.tsv").get(name)
    if share is None:
        return None
    return WOMAN if int(share) >= SURE_WOMAN else MAN if int(share) <= SURE_MAN else None


def _same_given(one: str, other: str) -> bool:
    """Tell whether two given names may be one person's: equal, an initial, or a nickname."""
    if one == other:
        return True
    one, other = one.rstrip("."), other.rstrip(".")
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    nicknames = table("nicknames.tsv")
    return other in nicknames.get(one, "").split(",") or one in nicknames.get(other, "").split(",")


def may_be(person: NamedPerson, given: tuple[str, ...], last: str, suffix: str | None) -> bool:
    """Tell whether a full name may be another form of a person's."""
    if person.last != last or not person.given or not _same_given(person.given[0], given[0]):
        return False
    return person.suffix == suffix or (
        (person.suffix is None or suffix is None) and "Jr" not in {person.suffix, suffix}
    )


def _join_full_names(spans: Iterable[Span]) -> list[NamedPerson]:
    people: list[NamedPerson] = []
    by_last: dict[str, list[NamedPerson]] = {}
    for span in spans:
        given, last, suffix = parse_name(span)
        namesakes = by_last.setdefault(last, [])
        same = [person for person in namesakes if may_be(person, given, last, suffix)]
        person = same[0] if same else NamedPerson(full_name(span), given, last, suffix)
        if not same:
            people.append(person)
            namesakes.append(person)
        elif len(span.text) > len(person.name):
            person.name, person.given = full_name(span), given
        person.spans.append(span)
    return people


def _join_last_names(people: list[NamedPerson]) -> list[NamedPerson]:
    """Join a last name of two words ("Vander Hoek") to the only full name that ends in it."""
    by_end: dict[tuple[str, ...], list[NamedPerson]] = {}
    for person in people:
        if len(person.given) > 1:
            by_end.setdefault(tuple(person.name.lower().split()[-2:]), []).append(person)
    kept = []
    for person in people:
        double = person.name.split()
        is_double = len(double) == len(person.given) + 1 == 2  # noqa: PLR2004 - "Vander", "Hoek"
        whole = (
            by_end.get(tuple(person.name.lower().split()), [])
            if is_double and not is_given_name(double[0])
            else []
        )
        if len(whole) == 1:
            whole[0].spans.extend(person.spans)
        else:
            kept.append(person)
    return kept


def _honorific(span: Span) -> str | None:
    """Return the gender that the word before a name tells, "-" when it is an honorific that tells none."""
    return table("honorifics.tsv").get(span.doc[span.start - 1].text) if span.start else None


class FullNames:
    """Persons of full names by their last and their first given names, each in order."""

    def __init__(self, people: Iterable[NamedPerson]) -> None:
        self.by_last: dict[str, list[NamedPerson]] = {}
        self.by_given: dict[str, list[NamedPerson]] = {}
        for person in people:
            if person.given:
                self.by_last.setdefault(person.last, []).append(person)
                self.by_given.setdefault(person.given[0], []).append(person)


def _candidates(people: FullNames, span: Span, presented: Presentation | None) -> list[NamedPerson]:
    """Return the persons whom a one-word name can mean here."""
    name = full_name(span)
    found = people.by_last.get(name, [])
    if not found and is_given_name(name):
        found = people.by_given.get(name, [])
        if presented is not None and presented.head:  # "Mayor Ana" is no senator of that name
            found = _bearers_of(presented.head, found)
    gender = _honorific(span)
    if gender in {WOMAN, MAN}:
        found = [person for person in found if person.gender in {None, gender}]
    if name in column("presidents.txt", 1):
        return _or_president(found, span, presented)
    return found


def _or_president(found: list[NamedPerson], span: Span, presented: Presentation | None) -> list[NamedPerson]:
    """Return the candidates for a last name that is a president's, too, whom news calls by it alone.

    With "President", only the president's full name. Without, a namesake too when the name alone is
    usual for others (Bush, Clinton) and the namesake stands before.
    """
    presidents = [person for person in found if person.name in words("presidents.txt")]
    if span.text in SITTING or (presented is not None and presented.head == "president"):
        return presidents
    before = [person for person in found if person.spans[0].start < span.start]
    return before if any(person not in presidents for person in before) else presidents


def _bearers_of(head: str, people: Iterable[NamedPerson]) -> list[NamedPerson]:
    return [person for person in people if any(one.head == head for one in person.presentations)]


def _decided_by_title(candidates: list[NamedPerson], presented: Presentation | None) -> list[NamedPerson]:
    """Keep the candidates that bear the title printed with the short name, or, without one, the only
    one who bears any.
    """
    if presented is not None and presented.head:
        return _bearers_of(presented.head, candidates)
    return [person for person in candidates if any(one.head for one in person.presentations)]


def _join_short_names(people: list[NamedPerson], spans: list[Span]) -> list[NamedPerson]:
    known = FullNames(people)
    single: dict[str, NamedPerson] = {}
    for span in spans:
        presented = prefix(span.doc, span.start)
        candidates = _candidates(known, span, presented)
        if not candidates and span.text in SITTING and _honorific(span) == WOMAN:
            continue
        if len(candidates) > 1:
            if full_name(span) in column("presidents.txt", 1) and not (presented and presented.head):
                continue  # whoever speaks: "Ana Bush, sister of former President George Bush"
            candidates = _decided_by_title(candidates, presented)
            if len(candidates) != 1:
                continue
        person = (
            candidates[0]
            if candidates
            else single.setdefault(full_name(span), NamedPerson(full_name(span), (), full_name(span)))
        )
        person.spans.append(span)
    return list(single.values())


def _present(person: NamedPerson, span: Span) -> None:
    """Add what the words around one mention say of the person."""
    before, behind = prefix(span.doc, span.start), apposition(span.doc, span.end)
    introduced = before_comma(span.doc, span.start)
    for one in (before, behind, introduced):
        if one is None:
            continue
        person.presentations.append(one)
        gender = table("gendered_titles.tsv").get(one.head or "")
        if gender:
            person.genders.append(gender)
    honorific = _honorific(span)
    if honorific in {WOMAN, MAN}:
        person.genders.insert(0, honorific)
    person.titled = person.titled or before is not None or honorific is not None


def _share_plural_titles(doc: Doc, people: Iterable[NamedPerson]) -> None:
    """Give the title of "Sens. Ana Ortega of Ohio and Ruben Falk" to all who are listed behind it."""
    mentions = sorted(((s, p) for p in people for s in p.spans), key=lambda mention: mention[0].start)
    plural: Presentation | None = None
    for (before, _), (span, person) in pairwise(mentions):
        own = prefix(doc, before.start)
        if own is not None:
            plural = own if doc[before.start - 1].text.rstrip(".").endswith("s") else None
        between = doc[before.end : span.start]
        if len(between) > LONGEST_BETWEEN or any(t.tag_.startswith("VB") or t.is_space for t in between):
            plural = None
        if plural is not None and prefix(doc, span.start) is None:
            person.presentations.append(plural)
            person.titled = True


@Language.component(
    "dateline_people", requires=["doc.ents", "token.tag", "doc.sents"], assigns=["doc._.people"]
)
def people(doc: Doc) -> Doc:
    """Set `doc._.people`, a tuple of NamedPerson in order of first mention by name."""
    names = [ent for ent in doc.ents if ent.label_ == PERSON]
    full = [span for span in names if parse_name(span)[0]]
    found = _join_last_names(_join_full_names(full))
    for person in found:
        for span in person.spans:
            _present(person, span)
    short = [span for span in names if not parse_name(span)[0]]
    known = {id(person): len(person.spans) for person in found}
    found += _join_short_names(found, short)
    for person in found:
        for span in person.spans[known.get(id(person), 0) :]:
            _present(person, span)
        person.spans.sort(key=lambda span: span.start)
    _share_plural_titles(doc, found)
    doc._.people = tuple(sorted(found, key=lambda person: person.spans[0].start))
    return doc


def bearers(people: Iterable[NamedPerson], noun: str, said: frozenset[str]) -> list[NamedPerson]:
    """Return the persons who bear the title `noun`; `said` are the other words that stand with it.

    Of several, the one whose title is the bare noun: "President Ortega" before "president of a club".
    """
    found = [p for p in people if any(_is_title(one, noun, said) for one in p.presentations)]
    if len(found) > 1:
        bare = [p for p in found if any(one.head == noun and one.words == {noun} for one in p.presentations)]
        return bare if len(bare) == 1 else found
    return found


def _is_title(one: Presentation, noun: str, said: frozenset[str]) -> bool:
    """Tell whether a printed title is meant by a noun with the words before it."""
    if one.head != noun and not (one.title or "").lower().endswith(f" {noun}"):
        return False
    return bool(FORMER & one.words) == bool(FORMER & said) and said - FORMER <= one.words
