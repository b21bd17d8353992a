"""A seeded corpus: articles as linking hands them on, with every span where its words stand.

The n-th article depends on the seed and n alone, so that a larger corpus begins with the smaller one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import cycle
from random import Random

from app.domain.annotation import (
    AnnotatedArticle,
    Attribution,
    AttributionMethod,
    Field,
    OrganizationMention,
    Person,
    PersonMention,
    PlaceMention,
    SourceKind,
    SpeakerKind,
    Statement,
    StatementKind,
)
from app.domain.article import Article, Precision
from app.domain.copies import bands
from app.domain.links import (
    GazetteerPlace,
    LinkedArticle,
    LinkedAttribution,
    LinkedOrganizationMention,
    LinkedPlaceMention,
    LinkedStatement,
    OrganizationRecord,
    Outcome,
    SpeakerRecord,
)
from app.domain.names import slugify
from app.domain.span import Span
from app.readers.identity import identity_of, key_of
from benchmarks.population import Population, Voice

SEED = 20_260_501
FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
DAYS = 3_653  # ten years
STATEMENTS = 4  # an article
MOST_CITIES, MOST_ORGANIZATIONS, MOST_VOICES = 3, 3, 3  # an article; repeated draws make it fewer
SHARE_NAMED, SHARE_ORGANIZATIONS = 0.8, 0.1  # of statements; the rest is said by "critics"
CONFIDENCE = 0.9
_GAP = re.compile(r"\{(word|city|organization)\}")


def articles(
    size: int, *, population: Population, seed: int = SEED, statements: int = STATEMENTS
) -> Iterator[LinkedArticle]:
    """Yield `size` articles of so many statements, in no order of time."""
    for number in range(size):
        chance = Random(f"{seed}:{number}")  # noqa: S311 - to be the same every time
        yield _Writer(number, chance, population).article(statements)


@dataclass(slots=True)
class _Draft:
    """A string that grows, and what was mentioned where in it."""

    part: Field
    text: str = ""
    places: list[LinkedPlaceMention] = field(default_factory=list)
    organizations: list[LinkedOrganizationMention] = field(default_factory=list)

    def add(self, words: str) -> Span:
        """Put words at the end and return where they stand."""
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def add_place(self, place: GazetteerPlace) -> None:
        """Mention a place."""
        mention = PlaceMention(field=self.part, span=self.add(place.name), text=place.name)
        self.places.append(LinkedPlaceMention(mention=mention, outcome=Outcome.LINKED, place=place))

    def add_organization(self, record: OrganizationRecord) -> None:
        """Mention an organization."""
        mention = OrganizationMention(
            field=self.part, span=self.add(record.name), text=record.name, full_name=record.name
        )
        linked = LinkedOrganizationMention(mention=mention, outcome=Outcome.LINKED, organization=record)
        self.organizations.append(linked)


class _Writer:
    """Writes one article about a few cities and organizations, in which a few people speak."""

    def __init__(self, number: int, chance: Random, population: Population) -> None:
        self._number, self._chance, self._population = number, chance, population
        self._cities = cycle(population.cities.some(chance, MOST_CITIES))
        self._organizations = cycle(population.organizations.some(chance, MOST_ORGANIZATIONS))
        self._voices = population.voices.some(chance, MOST_VOICES)
        self._named: dict[str, tuple[Voice, list[Span]]] = {}
        self._title, self._body = _Draft(Field.TITLE), _Draft(Field.TEXT)

    def article(self, number_of_statements: int) -> LinkedArticle:
        """Write it."""
        self._fill(self._title, self._chance.choice(self._population.headlines))
        statements = []
        for _ in range(number_of_statements):
            self._fill(self._body, self._chance.choice(self._population.sentences))
            self._body.add(" ")
            statements.append(self._statement())
            self._body.add("\n\n")
        self._fill(self._body, self._chance.choice(self._population.sentences))
        people = list(self._named.values())
        annotated = AnnotatedArticle(
            article=self._read(),
            pipeline_version="benchmark",
            statements=tuple(found.statement for found in statements),
            people=tuple(_person(voice, spans) for voice, spans in people),
            bands=bands(self._body.text),  # made where articles are extracted
        )
        return LinkedArticle(
            annotated=annotated,
            statements=tuple(statements),
            places=(*self._title.places, *self._body.places),
            organizations=(*self._title.organizations, *self._body.organizations),
            people=tuple(voice.record for voice, _ in people),
        )

    def _read(self) -> Article:
        outlet, text = self._population.outlets.draw(self._chance), self._body.text
        site = f"https://{slugify(outlet)}.example"
        url, digest = f"{site}/news/{self._number}", sha256(text.encode()).hexdigest()
        identity = identity_of(url=url, source=outlet, external_id=None, text_sha256=digest)
        return Article(
            key=key_of(identity),
            identity=identity,
            text=text,
            text_sha256=digest,
            language="en",
            origin=f"benchmark.jsonl:{self._number + 1}",
            title=self._title.text,
            source=outlet,
            source_url=site,
            url=url,
            authors=(self._chance.choice(self._population.voices.things).record.name,),
            published_at=FIRST_DAY + timedelta(seconds=self._chance.randrange(DAYS * 86_400)),
            published_precision=Precision.INSTANT,
        )

    def _fill(self, draft: _Draft, template: str) -> Span:
        """Write a template with its gaps filled, and return where it stands."""
        start = len(draft.text)
        for at, piece in enumerate(_GAP.split(template)):
            if at % 2 == 0:
                draft.add(piece)
            elif piece == "word":
                draft.add(self._population.words.draw(self._chance))
            elif piece == "city":
                draft.add_place(next(self._cities))
            else:
                draft.add_organization(next(self._organizations))
        return Span(start, len(draft.text))

    def _statement(self) -> LinkedStatement:
        """Write a statement: quoted, reported, or reported with quoted words."""
        kind = self._chance.choice(list(StatementKind))
        content = self._chance.choice(self._population.contents)
        if kind is StatementKind.DIRECT:
            self._body.add("“")
            said = self._fill(self._body, content[0].upper() + content[1:])
            self._body.add(",” ")
            source, attributions = self._source()
            cue = self._cue()
        else:
            source, attributions = self._source()
            cue = self._cue()
            self._body.add(" that ")
            said = self._fill(self._body, content)
            if kind is StatementKind.MIXED:
                said = Span(said.start, self._fill(self._body, " and called it “a {word}”").end)
        self._body.add(".")
        statement = Statement(
            kind=kind,
            content=(said,),
            cue=(cue,),
            source=(source,),
            source_kind=SourceKind.NAMED if attributions else SourceKind.COLLECTIVE,
            speakers=tuple(linked.attribution for linked in attributions),
            confidence=CONFIDENCE,
        )
        return LinkedStatement(statement=statement, attributions=attributions)

    def _cue(self) -> Span:
        self._body.add(" ")
        return self._body.add("said")

    def _source(self) -> tuple[Span, tuple[LinkedAttribution, ...]]:
        """Write who says it."""
        share = self._chance.random()
        if share < SHARE_NAMED:
            return self._person(self._chance.choice(self._voices))
        if share < SHARE_NAMED + SHARE_ORGANIZATIONS:
            return self._speaking(next(self._organizations))
        return self._body.add("critics"), ()

    def _person(self, voice: Voice) -> tuple[Span, tuple[LinkedAttribution, ...]]:
        """Name a person: in full, with title and organization, when the article does so first."""
        record, body = voice.record, self._body
        known = record.slug in self._named
        span = body.add(record.name.split()[-1] if known else record.name)
        self._named.setdefault(record.slug, (voice, []))[1].append(span)
        if not known:
            body.add(f", {voice.title} of the ")
            body.add_organization(voice.organization)
            body.add(",")
        attribution = Attribution(
            name=record.name,
            kind=SpeakerKind.PERSON,
            method=AttributionMethod.SHORT_NAME if known else AttributionMethod.NAME,
            title=voice.title,
            affiliation=voice.organization.name,
        )
        linked = LinkedAttribution(attribution=attribution, speaker=record, organization=voice.organization)
        return span, (linked,)

    def _speaking(self, record: OrganizationRecord) -> tuple[Span, tuple[LinkedAttribution, ...]]:
        """Let an organization speak."""
        start = len(self._body.text)
        self._body.add_organization(record)
        speaker = SpeakerRecord(
            slug=record.slug, name=record.name, kind=SpeakerKind.ORGANIZATION, organization=record
        )
        attribution = Attribution(name=record.name, kind=speaker.kind, method=AttributionMethod.NAME)
        linked = LinkedAttribution(attribution=attribution, speaker=speaker, organization=record)
        return Span(start, len(self._body.text)), (linked,)


def _person(voice: Voice, spans: list[Span]) -> Person:
    return Person(
        name=voice.record.name,
        title=voice.title,
        affiliation=voice.organization.name,
        mentions=tuple(PersonMention(field=Field.TEXT, span=span) for span in spans),
    )
