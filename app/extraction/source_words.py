"""Whom the words of a source name: a person, an organization, several, or nobody we know."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Doc, Span, Token

from app.domain.annotation import Attribution, AttributionMethod, SourceKind, SpeakerKind
from app.extraction.administrations import Administrations
from app.extraction.bodies import COURT, Bodies
from app.extraction.descriptions import Descriptions
from app.extraction.labels import GPE, ORG, PERSON
from app.extraction.names import DEFINITE, POSSESSIVES, names_in
from app.extraction.organizations import initials
from app.extraction.people import FullNames, NamedPerson, bearers
from app.extraction.presidents import PRESIDENT, presidents
from app.extraction.source_parts import (
    RELATIVE_TAGS,
    antecedent,
    behind_description,
    behind_home,
    joins_description,
    lead,
    segments,
    shares_head,
)
from app.extraction.speaking import may_speak, named_subjects, subject_start
from app.extraction.titles import best, head_noun, may_be_of, title_start
from app.extraction.words import column, words

INDEFINITE = frozenset({"a", "an", "another", "one", "some"})

SINGULAR_PRONOUNS = frozenset(
    {"he", "she", "him", "her", "i", "it", "you", "himself", "herself", "who", "his"}
)
PLURAL_PRONOUNS = frozenset(
    {
        "they",
        "we",
        "them",
        "us",
        "those",
        "these",
        "others",
        "many",
        "some",
        "both",
        "few",
        "several",
        "most",
        "all",
    }
)


@dataclass(slots=True)
class Resolved:
    """What source words mean: whether they name, and whom."""

    kind: SourceKind | None = None
    speakers: list[Attribution] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a text by the token they stand at."""

    doc: Doc
    people: dict[int, NamedPerson]  # every token of a name, pronoun or title
    by_pronoun: dict[int, NamedPerson]
    spoke: list[NamedPerson]  # those found so far as speakers under their own name
    administrations: Administrations
    descriptions: Descriptions
    full: FullNames
    mentions: Mapping[NamedPerson, list[int]]  # the tokens at which a person's names begin
    lines: list[int]  # tokens that end a line
    others: Mapping[str, list[int]]  # by noun, where "another" or the like stands before it
    judge: int  # the first token "judge", or the number of tokens
    bodies: Bodies

    def last_named(self, person: NamedPerson, before: int) -> int:
        """Return the token of the last name of a person before a token, -1 where there is none."""
        starts = self.mentions[person]
        at = bisect_left(starts, before)
        return starts[at - 1] if at else -1

    def organization_ending(self, start: int, end: int) -> Span | None:
        """Return the organization that ends at token `end` and begins at `start` or later."""
        for ent in names_in(self.doc, start, end):
            if ent.end == end and ent.label_ in {ORG, GPE}:
                return ent
        return None


def index_names(doc: Doc) -> Names:
    """Return the look-up of persons by token."""
    people = {
        i: person for person in doc._.people for span in person.spans for i in range(span.start, span.end)
    }
    pronouns = {span.start: person for person in doc._.people for span in person.others}
    others: dict[str, list[int]] = defaultdict(list)
    for before, token in pairwise(doc):
        if before.lower_ in INDEFINITE or _is_introduced(token):
            others[token.lower_].append(token.i)
    return Names(
        doc,
        people,
        pronouns,
        [],
        Administrations(doc.text, doc._.people),
        Descriptions(doc._.people),
        FullNames(doc._.people),
        mentions={person: sorted(span.start for span in person.spans) for person in doc._.people},
        lines=[token.i for token in doc if token.is_space and "\n" in token.text],
        others=others,
        judge=next((token.i for token in doc if token.lower_ == "judge"), len(doc)),
        bodies=Bodies(doc),
    )


def _is_introduced(noun: Token) -> bool:
    """Tell whether a noun speaks of somebody new, and of nobody named before: "a federal judge ruled"."""
    if noun.dep_ not in {"nsubj", "nsubjpass"} or noun.pos_ != "NOUN":
        return False
    return any(child.dep_ == "det" and child.lower_ in INDEFINITE for child in noun.lefts)


def _person_attribution(doc: Doc, person: NamedPerson, method: AttributionMethod) -> Attribution | None:
    """Return the attribution to a person; a bare last name without any sign of a person gives none."""
    if not person.is_sure:
        return None
    title, affiliation = best(person.presentations, doc._.long_forms)
    return Attribution(
        name=person.name, kind=SpeakerKind.PERSON, method=method, title=title, affiliation=affiliation
    )


def _name_method(person: NamedPerson, printed: str) -> AttributionMethod:
    return (
        AttributionMethod.NAME if " " in printed or printed == person.name else AttributionMethod.SHORT_NAME
    )


def _organization_attribution(doc: Doc, ent: Span) -> Attribution:
    full = doc._.long_forms.get(ent.text.replace(".", ""), ent.text)
    method = AttributionMethod.NAME if full == ent.text else AttributionMethod.SHORT_NAME
    return Attribution(name=full, kind=SpeakerKind.ORGANIZATION, method=method)


def _meant_among_several(names: Names, index: int) -> NamedPerson | None:
    """Return the person of this last name who spoke before under the full name, when only one did.

    A president's last name alone means the president, who is named in other ways too: it stays open.
    """
    token = names.doc[index]
    if token.ent_type_ != PERSON or token.text in column("presidents.txt", 1):
        return None
    spoke = [person for person in names.spoke if person.last == token.text]
    return spoke[0] if len(spoke) == 1 else None


def _bearer_of_last_name(names: Names, start: int, end: int) -> NamedPerson | None:
    """Return the only person of a last name that was not recognised where it stands alone."""
    token = names.doc[start]
    if end - start > 1 or token.ent_type_ not in {"", GPE} or not token.text[0].isupper():
        return None
    found = names.full.by_last.get(token.text, [])
    if token.ent_type_ == GPE:  # "Jordan said"
        found = [person for person in found if person.spans[0].start < start]
    return found[0] if len(found) == 1 else None


def _by_name(names: Names, start: int, end: int) -> Attribution | None:
    """Return the person or organization whose name ends the noun phrase."""
    person = names.people.get(end - 1)
    doc = names.doc
    if person is not None:
        printed = next(span.text for span in person.spans if span.start <= end - 1 < span.end)
        if person not in names.spoke and " " in printed:
            names.spoke.append(person)
        return _person_attribution(doc, person, _name_method(person, printed))
    meant = _meant_among_several(names, end - 1) or _bearer_of_last_name(names, start, end)
    if meant is not None:
        return _person_attribution(doc, meant, AttributionMethod.SHORT_NAME)
    organization = names.organization_ending(start, end)
    if organization is None or doc[start].text.lower() in INDEFINITE:
        return None
    if organization.text.lower() in words("body_nouns.txt"):
        return _by_body(names, start, end)  # "the Court"
    if organization.text not in words("parties.txt"):
        return _organization_attribution(doc, organization)
    return None


def _by_description(names: Names, start: int, end: int) -> Attribution | None:
    """Return the only person whom "the Ohio Democrat" describes."""
    person = names.descriptions.meant(names.doc, start, end, _openings(names, start))
    return _person_attribution(names.doc, person, AttributionMethod.TITLE) if person is not None else None


def _by_title(names: Names, start: int, end: int) -> Attribution | None:
    """Return the only bearer of "the acting director"."""
    doc = names.doc
    noun = head_noun(doc[end - 1]) if doc[end - 1].tag_ not in {"NNS", "NNPS"} else None
    if noun is None or noun not in words("office_titles.txt") or doc[start].text.lower() not in DEFINITE:
        return None
    if noun == PRESIDENT and end < len(doc) and doc[end].text in {"of", "for"}:
        return None  # of a club
    said = frozenset(token.text.lower() for token in doc[start + 1 : end - 1])
    bearing = bearers(doc._.people, noun, said)
    found = [one for one in bearing if not _another_came(names, one, noun, start)]
    if len(found) < len(bearing):  # "a judge" came in, who is nobody that is named only later
        found = [one for one in found if names.last_named(one, start) >= 0]
    found = [one for one in found if _may_be_of(names, one, noun, end)]
    if not found and noun == PRESIDENT:
        found = presidents(doc._.people, said)
    if len(found) > 1:
        found = _named_near(names, found, start)
    return _person_attribution(doc, found[0], AttributionMethod.TITLE) if len(found) == 1 else None


def _may_be_of(names: Names, person: NamedPerson, noun: str, end: int) -> bool:
    """Tell whether a title of a person may be that of what is named behind it: "the mayor of Boston"."""
    doc = names.doc
    if end + 1 >= len(doc) or doc[end].text not in {"of", "for"}:
        return True
    start = end + 1 + (doc[end + 1].text in DEFINITE)
    name = next(names_in(doc, start, len(doc))) if doc[start].ent_type_ in {ORG, GPE} else None
    if name is None or name.start != start:
        return True
    whole = doc._.long_forms.get(name.text.replace(".", ""), name.text)
    letters = initials(whole.removeprefix("U.S. ").removeprefix("US "))
    return any(may_be_of(one, whole, letters) for one in person.presentations if one.head == noun)


def _openings(names: Names, start: int) -> list[int]:
    """Return the token before the paragraph of token `start`, and that before the paragraph before."""
    at = bisect_left(names.lines, start)
    return [-1, *names.lines[max(at - 2, 0) : at]][-1:-3:-1]


def _named_near(names: Names, people: list[NamedPerson], start: int) -> list[NamedPerson]:
    """Return those whom the paragraph of token `start` names before it, else those of the one before."""
    for opens in _openings(names, start):
        near = [one for one in people if names.last_named(one, start) > opens]
        if near:
            return near
    return []


def _another_came(names: Names, person: NamedPerson, noun: str, start: int) -> bool:
    """Tell whether somebody of the same title comes in after a person was last named: "another judge"."""
    last, places = names.last_named(person, start), names.others.get(noun, ())
    return last >= 0 and bisect_left(places, last) < bisect_left(places, start)


def _by_administration(names: Names, start: int, end: int) -> Attribution | None:
    """Return the president's administration that "the administration" means."""
    opens = _openings(names, start)[0]
    name = names.administrations.meant(names.doc, start, end, names.doc[opens].idx if opens >= 0 else 0)
    if name is None:
        return None
    printed = names.doc[start + 1 : end].text
    method = AttributionMethod.NAME if name == printed else AttributionMethod.SHORT_NAME
    return Attribution(name=name, kind=SpeakerKind.ORGANIZATION, method=method)


def _by_body(names: Names, start: int, end: int) -> Attribution | None:
    """Return the only organization that "the department" or "the group" can mean."""
    doc = names.doc
    noun = doc[end - 1].lower_
    if doc[start].text.lower() not in DEFINITE or end - start != 2:  # noqa: PLR2004 - "the" and noun
        return None
    openings = tuple(doc[opens].idx if opens >= 0 else 0 for opens in _openings(names, start))
    near = noun == COURT and names.judge < start
    name = names.bodies.meant(noun, doc[start].idx, openings, near=near)
    if name is None:
        return None
    return Attribution(name=name, kind=SpeakerKind.ORGANIZATION, method=AttributionMethod.SHORT_NAME)


def _behind_office(names: Names, start: int, end: int) -> tuple[int, int] | None:
    """Return the bounds of the name in "Secretary of State Ana Ortega", whose title holds a preposition."""
    doc = names.doc
    start += doc[start].text.lower() in DEFINITE
    for ent in names_in(doc, start, end):
        if ent.label_ == PERSON and ent.start > start:
            owns = ent.end < len(doc) and doc[ent.end].text in POSSESSIVES  # "members of Falk's staff"
            return (ent.start, ent.end) if title_start(doc, ent.start) == start and not owns else None
    return None


def _segment_speaker(names: Names, start: int, end: int) -> Attribution | None:
    doc = names.doc
    start, end = _behind_office(names, start, end) or lead(doc, start, end)
    if (speaks := _by_administration(names, start, end)) is not None:
        return speaks
    if end - start > 1 and doc[end - 1].text in POSSESSIVES:  # "Falk's claim that ..."
        end -= 1
    if end - start == 1 and start in names.by_pronoun:
        return _person_attribution(doc, names.by_pronoun[start], AttributionMethod.PRONOUN)
    if any(token.text in POSSESSIVES for token in doc[start:end]) and doc[end - 1].ent_type_ not in {
        PERSON,
        ORG,
    }:
        return None
    found = _by_name(names, start, end) or _by_title(names, start, end)
    return found or _by_description(names, start, end) or _by_body(names, start, end)


def _subject_speaker(names: Names, cue: frozenset[int], start: int, end: int) -> list[Attribution]:
    """Return the person who is the subject of the cue where the source words run on: "Ortega last year"."""
    subjects = {one.i for one in named_subjects(names.doc, cue, start, end)}
    found = [_by_name(names, i, i + 1) for i in subjects & names.people.keys()]
    return [one for one in found if one is not None] if len(found) == 1 else []


def _is_bare_name(doc: Doc, start: int, end: int) -> bool:
    """Tell whether words are nothing but a name that was not recognised: "Falk in September"."""
    known = words("unnamed_nouns.txt") | words("collective_nouns.txt") | PLURAL_PRONOUNS
    return all(
        token.tag_ == "NNP"
        and token.text[0].isupper()
        and head_noun(token) is None
        and token.text.lower() not in known
        for token in doc[start:end]
    )


def _unnamed_kind(doc: Doc, start: int, end: int) -> SourceKind:
    """Tell whether words that give no speaker mean one or many, or hold a name that cannot be told."""
    start, end = lead(doc, start, end)
    head = doc[end - 1]
    lower = head.text.lower()
    if head.ent_type_ == PERSON and not any(token.text in POSSESSIVES for token in doc[start:end]):
        return SourceKind.NAMED  # a name that may mean two persons, or none we know
    if lower in SINGULAR_PRONOUNS and end - start == 1:
        return SourceKind.UNRESOLVED
    if _is_bare_name(doc, start, end):
        return SourceKind.NAMED
    if lower in PLURAL_PRONOUNS or lower in words("collective_nouns.txt") or head.tag_ in {"NNS", "NNPS"}:
        return SourceKind.COLLECTIVE
    return SourceKind.UNNAMED


def resolve_words(names: Names, start: int, end: int, cue: frozenset[int] = frozenset()) -> Resolved:
    """Return whom the source words between two tokens name; `cue` are the tokens of their cue."""
    doc, resolved = names.doc, Resolved()
    start = subject_start(doc, cue, start, end)
    if not may_speak(doc, cue, start, end):
        kind = _unnamed_kind(doc, start, end)
        return Resolved(SourceKind.UNNAMED if kind is SourceKind.NAMED else kind)
    start, end = antecedent(doc, start, end) or (start, end)
    start = behind_description(doc, behind_home(doc, start, end), end)
    resolved.speakers = _joined_speakers(names, start, end)
    if shares_head(doc, start, end):
        resolved.speakers = []
    elif not resolved.speakers:
        resolved.speakers = _subject_speaker(names, cue, start, end)
    if all(joint != "and" for _, _, joint in segments(doc, start, end)):
        resolved.speakers = _without_bodies(resolved.speakers)
    resolved.kind = SourceKind.NAMED if resolved.speakers else _unnamed_kind(doc, start, end)
    return resolved


def _joined_speakers(names: Names, start: int, end: int) -> list[Attribution]:
    """Return whom the parts of source words name, descriptions left out."""
    doc, found = names.doc, list[Attribution]()
    parts, described = list(segments(doc, start, end)), False
    is_list = any(joint == "and" for _, _, joint in parts)
    for left, right, joint in parts:
        if joint == "," and found and (doc[left].ent_type_ != PERSON or (described and not is_list)):
            described = True  # "Ana Ortega, wife of the mayor, Ruben Falk, said"
            continue
        if joint == "," and doc[left].tag_ in RELATIVE_TAGS:
            break  # "Republicans, who control Congress,"
        speaker = _segment_speaker(names, left, right)
        is_body = speaker is not None and speaker.kind is SpeakerKind.ORGANIZATION
        behind_person = bool(found) and found[-1].kind is SpeakerKind.PERSON
        if is_body and behind_person and joins_description(doc, start, left, right):
            continue
        if speaker is not None and all(speaker.name != one.name for one in found):
            found.append(speaker)
        if not found and (joint != "" or lead(doc, left, right)[1] < right):
            break  # "a study by Ana Ortega and Ruben Falk"
    return found


def _without_bodies(speakers: list[Attribution]) -> list[Attribution]:
    """Return the persons, where there are any: nothing joins them to "the House, Speaker Ana Ortega"."""
    return [one for one in speakers if one.kind is SpeakerKind.PERSON] or speakers
