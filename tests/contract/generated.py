"""A corpus of fictional people in real cities, drawn at random, the same every time: richer than `world`."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.db.engine import writing_engine
from app.domain.annotation import CueClass, SpeakerKind
from app.domain.links import SpeakerRecord
from app.domain.review import Review
from app.storage.places import load_places
from app.storage.saving import save
from app.storage.topics import load_topics
from tests.conftest import Templates
from tests.queries.cast import AGENCY, BUREAU, COUNCIL, DIAZ, GAZETTEER, ORTEGA, SPOKEN_AGENCY, TAXONOMY
from tests.queries.stories import DIRECT, INDIRECT, MIXED, STORIES, Said, Story
from tests.queries.world import NOW, linked

STORIES_DRAWN = 150
FIRST_DAY = datetime(2019, 1, 1, tzinfo=UTC)
DAYS = 1_500
WORDS = ("sanctuary", "tactical", "harbor", "permit", "tribunal", "quota")  # each is its own stem's only form
SOURCES = ("Harbor Herald", "Prairie Post", "Valley Voice", None)
OTHERS = tuple(
    SpeakerRecord(slug=slug, name=name, kind=SpeakerKind.PERSON)
    for slug, name in (("eva-marsh", "Eva Marsh"), ("finn-adler", "Finn Adler"), ("gus-okafor", "Gus Okafor"))
)
SPEAKERS = (ORTEGA, DIAZ, *OTHERS, SPOKEN_AGENCY)
ORGANIZATIONS = (AGENCY, BUREAU, COUNCIL)

REVIEWS = tuple(Review)
WIRES = tuple(range(2, 22))
SAYINGS = (
    "We counted every boat on the north quay.",
    "No permit was ever asked for, nor given, at this harbor.",
)


def draw(seed: int = 1, number: int = STORIES_DRAWN) -> tuple[Story, ...]:
    """Return the stories."""
    chosen = random.Random(seed)  # noqa: S311 - no secret
    return tuple(_story(chosen, f"drawn{seed}x{place:03}") for place in range(number))


def _story(chosen: random.Random, key: str) -> Story:
    on = FIRST_DAY + timedelta(days=chosen.randrange(DAYS))
    return Story(
        key,
        None if chosen.random() < 0.05 else on,
        source=chosen.choice(SOURCES),
        places=tuple(chosen.sample(GAZETTEER, chosen.randint(0, 3))),
        organizations=tuple(chosen.sample(ORGANIZATIONS, chosen.randint(0, 2))),
        says=tuple(_said(chosen) for _ in range(chosen.choice((0, 1, 1, 2, 3, 5)))),
        words=" ".join(chosen.sample(WORDS, chosen.randint(0, 3))),
        title=chosen.choice(("Notes", "On hearings", None)),
        datelines=tuple(chosen.sample(GAZETTEER[:2], chosen.randint(0, 1))),
        topics=tuple(chosen.sample(TAXONOMY[:3], chosen.randint(0, 2))),
        wire=chosen.choice((*WIRES, *[None] * len(WIRES))),
    )


def _said(chosen: random.Random) -> Said:
    said = Said(
        chosen.choice((DIRECT, INDIRECT, MIXED)),
        tuple(chosen.sample(SPEAKERS, chosen.choice((0, 1, 1, 1, 2)))),
        chosen.choice((None, None, *ORGANIZATIONS)),
        chosen.choice((None, "director", "clerk")),
        chosen.choice((None, "said", "said", "told", "said in a memo")),
        chosen.choice(list(CueClass)),
        chosen.choice((0.25, 0.5, 0.75, 0.8, 1.0)),
        chosen.choice((None, *SAYINGS)),
    )
    review = chosen.choice((*REVIEWS, *[Review.UNREVIEWED] * 4))
    return replace(said, review=review, by=() if review is Review.RETRACTED else said.by)


DRAWN = (*STORIES, *draw())
"""All stories of the generated corpus."""


def build(url: str) -> None:
    """Save all stories."""
    engine = writing_engine(url)
    with engine.begin() as connection:
        load_places(connection, GAZETTEER)
        load_topics(connection, TAXONOMY)
        save(connection, [linked(story) for story in DRAWN], now=NOW)
    engine.dispose()


def generated_url(templates: Templates, kind: str) -> str:
    """Return the URL of the generated corpus, which is shared: only read it."""
    base = templates.template(kind, "generated", build, base=templates.migrated(kind))
    return templates.template(kind, "generated to read", lambda _url: None, base=base)


def other_version(story: Story, seed: int) -> Story:
    """Return the story with other contents, at the same address and date."""
    return replace(
        _story(random.Random(seed), story.key),  # noqa: S311 - no secret
        on=story.on,
        words=f"version {seed}",
    )
