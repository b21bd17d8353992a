"""Who and what the benchmark's corpus is about: made-up people, bodies and outlets, in real cities.

Everything is ranked and drawn by Zipf's law: what stands first turns up twice as often as what stands second.
"""

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, product
from pathlib import Path
from random import Random
from typing import Generic, TypeVar

from app.domain.annotation import PlaceKind, SpeakerKind
from app.domain.links import GazetteerPlace, OrganizationKind, OrganizationRecord, SpeakerRecord
from app.domain.names import slugify
from app.linking.gazetteer import iter_places

CITIES = 1_000  # the most populous of the United States
OUTLETS = 60
DATA = Path(__file__).with_name("data")

Thing = TypeVar("Thing")


class Ranked(Generic[Thing]):
    """Things in the order of their frequency."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self.things = tuple(things)
        self._until = list(accumulate(1 / rank for rank in range(1, len(self.things) + 1)))

    def draw(self, chance: Random) -> Thing:
        """Return one of them."""
        return self.things[bisect(self._until, chance.random() * self._until[-1])]

    def some(self, chance: Random, most: int) -> list[Thing]:
        """Return between one and `most` different ones."""
        return list({id(thing): thing for thing in (self.draw(chance) for _ in range(most))}.values())


@dataclass(frozen=True, slots=True)
class Voice:
    """A person who speaks, always under the same title, for the same organization."""

    record: SpeakerRecord
    title: str
    organization: OrganizationRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """All that articles can be about, and the words and sentences that they are made of."""

    cities: Ranked[GazetteerPlace]
    organizations: Ranked[OrganizationRecord]
    voices: Ranked[Voice]
    outlets: Ranked[str]
    words: Ranked[str]
    sentences: tuple[str, ...]
    contents: tuple[str, ...]
    headlines: tuple[str, ...]


@cache
def population() -> Population:
    """Return the same population every time."""
    organizations = list(_mixed(_organizations(), lambda record: record.slug))
    cities = _cities()
    return Population(
        cities=Ranked(cities),
        organizations=Ranked(organizations),
        voices=Ranked(_mixed(_voices(organizations), lambda voice: voice.record.slug)),
        outlets=Ranked(_outlets(cities)),
        words=Ranked(_words("words")),
        sentences=tuple(_lines("sentences")),
        contents=tuple(_lines("contents")),
        headlines=tuple(_lines("headlines")),
    )


def _cities() -> list[GazetteerPlace]:
    found = [place for place in iter_places() if place.kind is PlaceKind.CITY and place.country == "US"]
    return sorted(found, key=lambda place: (-(place.population or 0), place.slug))[:CITIES]


def _organizations() -> Iterator[OrganizationRecord]:
    lines = dict(line.split(": ", 1) for line in _lines("organizations") if not line.startswith("of:"))
    begins = [word for line in _lines("organizations") if line.startswith("of:") for word in line.split()[1:]]
    for begin, (kind, ends) in product(begins, lines.items()):
        for end in ends.split("|"):
            name = f"{begin} {end}"
            acronym = "".join(word[0] for word in name.split())
            yield OrganizationRecord(
                slug=slugify(name), name=name, kind=OrganizationKind(kind), acronym=acronym
            )


def _voices(organizations: list[OrganizationRecord]) -> Iterator[Voice]:
    titles = list(_lines("titles"))
    names = product(_words("first_names"), _words("last_names"))
    for number, (first, last) in enumerate(names):
        name = f"{first} {last}"
        record = SpeakerRecord(slug=slugify(name), name=name, kind=SpeakerKind.PERSON)
        yield Voice(record, titles[number % len(titles)], organizations[number % len(organizations)])


def _outlets(cities: list[GazetteerPlace]) -> list[str]:
    papers = list(_words("papers"))
    return [f"{city.name} {papers[at % len(papers)]}" for at, city in enumerate(cities[:OUTLETS])]


def _mixed(things: Iterable[Thing], name: Callable[[Thing], str]) -> list[Thing]:
    """Return the things in an order that has nothing to do with their names, and is always the same."""
    return sorted(things, key=lambda thing: Random(name(thing)).random())  # noqa: S311 - no secret


def _lines(name: str) -> Iterator[str]:
    for line in (DATA / f"{name}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


def _words(name: str) -> Iterator[str]:
    for line in _lines(name):
        yield from line.split()
