"""A corpus of many articles, made fast: hundreds of stories written by storage, then doubled in the database
where plans are chosen by numbers of rows. SQLite chooses by schema and statement, since nothing analyses a
corpus of ours: its plans are the same, word by word, over hundreds.

Records are as uneven as in the news: the first of each kind is in a large part of the articles, the last in
hardly any.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, case, insert, select, text
from sqlalchemy import column as column_of
from sqlalchemy import table as table_of

from app.db.article_ids import FIRST_DATED, HASH_BITS
from app.db.engine import writing_engine
from app.db.models.tables import metadata
from app.db.search_index import TABLE as SEARCH_TABLE
from app.domain.annotation import CueClass, PlaceKind, SpeakerKind, StatementKind
from app.domain.links import (
    GazetteerPlace,
    OrganizationKind,
    OrganizationRecord,
    Party,
    RoleCategory,
    SpeakerRecord,
    Topic,
)
from app.domain.review import Review
from app.storage.places import load_places
from app.storage.saving import save
from app.storage.topics import load_topics
from tests.queries.cast import city
from tests.queries.stories import Said, Story, at
from tests.queries.world import NOW, linked

Record = TypeVar("Record")

DOUBLINGS = 6  # on PostgreSQL
STORIES = 313  # times 2^6 are 20,032 articles
SHIFT_SECONDS = 47_123  # 13 hours and some: copies of a story stand among those of other stories
DAYS_APART = 9
BEGINNING = at(2015)
IS_SUPERUSER = "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
SEARCHED = {"sqlite": ("rowid", ("title", "body")), "postgresql": ("article_id", ("words",))}
"""Columns of the full-text index: the article's id, and what was made of its words."""
UNLISTED = frozenset(
    {
        *("article_authors", "article_bands", "article_copies", "article_texts"),
        *("organization_mentions", "person_mentions", "place_mentions", "statement_spans", "topic_mentions"),
    }
)
"""Tables that no list reads, bands being the largest of all: what is copied has no rows there."""


def _places(kind: PlaceKind, number: int) -> list[GazetteerPlace]:
    if kind is PlaceKind.CITY:
        return [city(f"city-{n}", f"Cityville {n}", "MA", 9_000_000 + n) for n in range(1, number + 1)]
    return [
        GazetteerPlace(slug=f"{kind}-{n}", kind=kind, name=f"Land of {kind} {n}", country="US", state="MA")
        for n in range(1, number + 1)
    ]


CITIES = _places(PlaceKind.CITY, 80)
OTHER_PLACES = [place for kind in list(PlaceKind)[1:] for place in _places(kind, 5)]
ORGANIZATIONS = [
    OrganizationRecord(slug=f"org-{n}", name=f"Bureau of Matter {n}", kind=OrganizationKind.AGENCY)
    for n in range(1, 61)
]
SPEAKERS = [
    SpeakerRecord(slug=f"person-{n}", name=f"Ana Ortega {n}", kind=SpeakerKind.PERSON) for n in range(1, 201)
] + [
    SpeakerRecord(slug=o.slug, name=o.name, kind=SpeakerKind.ORGANIZATION, organization=o)
    for o in ORGANIZATIONS[:20]
]
# In common parties and roles every third and every fifth; in those that are rare, the least frequent of all.
PARTIES = {
    **{f"person-{n}": (Party.DEMOCRATIC, Party.REPUBLICAN)[n % 3] for n in range(1, 191) if n % 3 < 2},
    **{f"person-{n}": Party.INDEPENDENT for n in range(191, 199)},
}
COMMON_ROLES = tuple(RoleCategory)[:5]
ROLES = {
    **{f"person-{n}": COMMON_ROLES[n % 5] for n in range(1, 191)},
    **{f"person-{n}": RoleCategory.UNION for n in range(191, 199)},
}
CUES = tuple(zip(("said", "told reporters", "wrote", "hopes", "voted for"), CueClass, strict=True))
SAYINGS = [None, *(f"We counted every boat on the north quay number {n}" for n in range(1, 200))]
TOPICS = [Topic(slug=f"topic-{n}", name=f"Matter {n}", description="Words.") for n in range(1, 121)]
SOURCES = [f"Harbor Herald {n}" for n in range(1, 21)]
RARE, RARE_CUE = 0.001, "whispered"  # share of statements
REVIEWS = {each: 1.0 if each is Review.UNREVIEWED else 0.003 for each in Review}  # weights
WORDS = [f"word{n}" for n in range(1, 301)]


def pick(random: Random, records: Sequence[Record], number: int) -> tuple[Record, ...]:
    """Return different records, the first ones most often (Zipf's law)."""
    weights = [1 / (place + 1) for place in range(len(records))]
    return tuple(dict.fromkeys(random.choices(records, weights, k=number)))


def cued(random: Random, told: Story) -> Story:
    """Return a story whose statements have reporting words and quotations: some frequent, some rare."""
    says = []
    for said in told.says:
        ((cue, cue_class),) = pick(random, CUES, 1)
        cue = RARE_CUE if random.random() < RARE else cue
        (words,) = pick(random, SAYINGS, 1)
        says.append(replace(said, cue=cue, cue_class=cue_class, confidence=random.random(), says=words))
    return replace(told, says=tuple(says))


def reviewed(random: Random, told: Story) -> Story:
    """Return a story of whose statements people have looked at a few; nobody said what is retracted."""
    says = []
    for said in told.says:
        (review,) = random.choices(list(REVIEWS), list(REVIEWS.values()))
        says.append(replace(said, review=review, by=() if review is Review.RETRACTED else said.by))
    return replace(told, says=tuple(says))


def story(random: Random, number: int) -> Story:
    when = BEGINNING + timedelta(days=DAYS_APART * number, seconds=random.randrange(80_000))
    says = tuple(
        Said(
            random.choice(list(StatementKind)),
            pick(random, SPEAKERS, random.choice((0, 1, 1, 1, 1, 2))),
            random.choice((None, *pick(random, ORGANIZATIONS, 1))),
            random.choice((None, "director", "clerk")),
        )
        for _ in range(random.randrange(9))
    )
    return Story(
        f"crowd{number}",
        None if number % 50 == 0 else when,
        source=random.choice((None, *pick(random, SOURCES, 9))),
        places=(*pick(random, CITIES, random.randrange(5)), *pick(random, OTHER_PLACES, random.randrange(3))),
        organizations=pick(random, ORGANIZATIONS, random.randrange(6)),
        says=says,
        words=" ".join(pick(random, WORDS, 120)),
        title=" ".join(pick(random, WORDS, 6)),
        topics=pick(random, TOPICS, random.randrange(5)),
    )


def fill(url: str, *, stories: int = STORIES, doublings: int | None = None) -> None:
    """Fill a migrated database with `stories` times two to the power of `doublings` articles: when that is
    not said, as many as plans depend on.
    """
    random = Random(20_260_501)  # noqa: S311 - the same corpus every time
    cues, reviews = Random(7), Random(8)  # noqa: S311 - of their own: the rest is drawn as without them
    engine = writing_engine(url)
    if doublings is None:
        doublings = DOUBLINGS if engine.dialect.name == "postgresql" else 0
    with engine.begin() as connection:
        load_places(connection, [*CITIES, *OTHER_PLACES])
        load_topics(connection, TOPICS)
        save(
            connection,
            [
                linked(reviewed(reviews, cued(cues, story(random, number))), parties=PARTIES, roles=ROLES)
                for number in range(stories)
            ],
            now=NOW,
        )
        for round_ in range(doublings):
            double(connection, round_)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # 90,000 rows of a table, not 30,000 at random: nearly the same estimates, and plans, in each run.
            connection.exec_driver_sql("SET LOCAL default_statistics_target = 300")
            connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def double(connection: Connection, round_: int) -> None:
    """Copy every article and all that lists show of it to other ids; the column `published_at` stays behind.

    What is copied was checked: that it refers to what there is is not checked again, where that may be said.
    """
    if connection.dialect.name == "postgresql" and connection.scalar(text(IS_SUPERUSER)):
        connection.execute(text("SET LOCAL session_replication_role = replica"))
    for table in metadata.sorted_tables:
        if table.name == "articles" or ("article_id" in table.c and table.name not in UNLISTED):
            copied = select(*(_copied(column, round_).label(column.name) for column in table.c))
            connection.execute(insert(table).from_select(table.c.keys(), copied))
    indexed, words = SEARCHED[connection.dialect.name]
    search = table_of(SEARCH_TABLE, *map(column_of, (indexed, *words)))
    copied = select(_moved(search.c[indexed], round_), *(search.c[each] for each in words))
    connection.execute(insert(search).from_select([indexed, *words], copied))


def _copied(column: Column[Any], round_: int) -> ColumnElement[Any]:
    if column.unique:
        return column + f"-{round_}"
    return _moved(column, round_) if column.name in {"article_id", "id"} else column


def _moved(id_: ColumnElement[int], round_: int) -> ColumnElement[int]:
    """Return the id of the copy: later by the shift, or still undated."""
    return id_ + case((id_ >= FIRST_DATED, SHIFT_SECONDS << (HASH_BITS + round_)), else_=7 << round_)
