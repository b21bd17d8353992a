"""The persons of an article: those of its text with the mentions in its title, and those of the title."""

from collections import Counter
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from app.domain.annotation import Field, Person, PersonMention
from app.domain.span import Span as CharSpan
from app.extraction.people import NamedPerson, may_be
from app.extraction.titles import best
from app.extraction.words import words


def _mentions(person: NamedPerson, kind: Field) -> list[PersonMention]:
    spans = sorted((span.start_char, span.end_char) for span in (*person.spans, *person.others))
    return [PersonMention(field=kind, span=CharSpan(*span)) for span in spans]


def _in_text(one: NamedPerson, candidates: Iterable[NamedPerson]) -> NamedPerson | None:
    """Return the person of the text whom a person of the title is, or None."""
    if one.given:
        same = [other for other in candidates if may_be(other, one.given, one.last, one.suffix)]
    else:
        same = [other for other in candidates if one.last in {other.last, *other.given[:1]}]
    return same[0] if len(same) == 1 else None


def gather_people(title: Doc, text: Doc) -> Iterator[Person]:
    """Yield the named persons of an article, mentions in its title first."""
    in_title: dict[int, list[NamedPerson]] = {}
    alone = []
    for one in title._.people:
        person = _in_text(one, text._.people)
        if person is None:
            alone.append(one)
        else:
            in_title.setdefault(id(person), []).append(one)
    last_names = Counter(person.last for person in text._.people)
    for person in (person for person in text._.people if person.is_sure):
        short = _last_name_in_title(title, person) if last_names[person.last] == 1 else []
        mentions = short or [
            mention for one in in_title.get(id(person), []) for mention in _mentions(one, Field.TITLE)
        ]
        yield _person(person, [*mentions, *_mentions(person, Field.TEXT)], text._.long_forms)
    for person in (person for person in alone if person.is_sure):
        yield _person(person, _mentions(person, Field.TITLE), title._.long_forms)


def _last_name_in_title(title: Doc, person: NamedPerson) -> list[PersonMention]:
    """Return the mentions by last name alone in a title, where nothing was recognised as a person."""
    if any(person.last == one.last for one in title._.people):
        return []
    known = words("us_states.tsv") | words("countries.txt") | words("organizations.txt")
    if not person.given or person.last in known:
        return []
    inside = {i for ent in title.ents if len(ent) > 1 for i in range(ent.start, ent.end)}
    found = [token for token in title if token.text == person.last and token.i not in inside]
    spans = [CharSpan(token.idx, token.idx + len(token)) for token in found]
    return [PersonMention(field=Field.TITLE, span=span) for span in spans]


def _person(person: NamedPerson, mentions: list[PersonMention], long_forms: dict[str, str]) -> Person:
    title, affiliation = best(person.presentations, long_forms)
    return Person(name=person.name, title=title, affiliation=affiliation, mentions=tuple(mentions))
