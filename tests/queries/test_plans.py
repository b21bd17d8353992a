"""How the databases answer: a page costs the same in a corpus of a thousand articles and of a million.

Every list is asked with every filter alone and with sixty random pairs of filters, on PostgreSQL over 20,000
articles. No plan may read all of a table that grows with the articles, or sort more than a few rows. Where
that cannot be, the reason stands in `EXEMPT`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache, reduce
from itertools import product
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from app.api import resources
from app.api.listing import Asked, Resource
from app.api.pagination import BOUND
from app.api.parameters import SpeakersQuery
from app.api.recollection import Record
from app.db.article_ids import first_id
from app.db.engine import reading_engine
from app.db.models.links import (
    ArticleOrganization,
    ArticlePlace,
    ArticleSpeaker,
    ArticleTopic,
    OrganizationRelation,
)
from app.db.models.place import Place
from app.db.models.quotation import Quotation
from app.db.models.statement import Attribution, Statement, StatementCue
from app.db.models.story import ArticleStory
from app.domain.annotation import PlaceKind, SpeakerKind, StatementKind
from app.queries.articles import list_articles
from app.queries.associations import Query
from app.queries.conditions import Has
from app.queries.filters import MENTIONED, Filters, Group
from app.queries.matching import crosses
from app.queries.ordering import Direction, Listing, count, page, page_parameters
from app.queries.ordering import Place as At
from app.queries.periods import parse_period, published_between
from app.queries.search import parse_search
from tests.conftest import Templates
from tests.queries import crowd
from tests.queries.plans import plan
from tests.queries.stories import at

PAIRS = 60
MIDDLE = first_id(at(2018))
PLACES = {Direction.FIRST: None, Direction.BEHIND: At((MIDDLE, 1))}
"""Where pages begin. One before a place is one behind it in the opposite order, which is asked for too."""
RESOURCES = {name: each for name, each in vars(resources).items() if isinstance(each, Resource)}
DATED = ("ARTICLES", "STATEMENTS")


@pytest.fixture
def crowded(templates: Templates, database_kind: str) -> Iterator[Connection]:
    url = templates.template(database_kind, "crowd", crowd.fill, base=templates.migrated(database_kind))
    engine = reading_engine(url, timeout_seconds=30, connections=1)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def by_frequency(connection: Connection, column: Any, *conditions: Any) -> list[int]:
    number = func.count().desc()
    query = select(column).where(*conditions).group_by(column).order_by(number, column)
    return list(connection.scalars(query))


def values_of(connection: Connection) -> dict[str, list[Any]]:
    """Return for each filter its values, the most frequent first."""

    def places(kind: PlaceKind) -> list[int]:
        ids = select(Place.id).where(Place.kind == kind)
        return by_frequency(connection, ArticlePlace.place_id, ArticlePlace.place_id.in_(ids))

    articles = list(connection.scalars(select(ArticlePlace.article_id).limit(10)))
    return {
        "article": articles,
        "story": by_frequency(connection, ArticleStory.story_id),
        "quotation": by_frequency(connection, Quotation.words),
        "speaker": by_frequency(connection, ArticleSpeaker.speaker_id),
        **{str(kind): places(kind) for kind in PlaceKind},
        "organization": by_frequency(connection, ArticleOrganization.organization_id),
        "topic": by_frequency(connection, ArticleTopic.topic_id),
        "source": list(range(1, 10)),
        "kind": list(StatementKind),
        "cue": by_frequency(connection, StatementCue.words),
        "cue_class": by_frequency(connection, Statement.cue_class),
        "review": by_frequency(connection, Statement.review),
        "min_confidence": [0.5, 0.75, 0.999],
        "speaker_kind": list(SpeakerKind),
        "party": by_frequency(connection, Attribution.party, Attribution.party.is_not(None)),
        "role_category": by_frequency(connection, Attribution.role_category),
        "has": list(Has),
    }


def single_filters(connection: Connection) -> dict[str, Filters]:
    """Return every filter alone: with a frequent and a rare value, several, all of two, and left out."""
    found: dict[str, Filters] = {}
    for name, values in values_of(connection).items():
        most, *_, least = values
        forms = {
            "": Filters(wanted=(Group(name, (most,)),)),
            " rare": Filters(wanted=(Group(name, (least,)),)),
        }
        if f"exclude_{name}" in SpeakersQuery.model_fields:
            forms[" any"] = Filters(wanted=(Group(name, (most, values[1])),))
            forms[" without"] = Filters(unwanted=(Group(name, (most,)),))
        if f"{name}_match" in SpeakersQuery.model_fields:
            forms[" both"] = Filters(wanted=(Group(name, (most,)), Group(name, (least,))))
        found |= {f"{name}{form}": filters for form, filters in forms.items()}
    for relations in ({"speaker"}, {"affiliation"}, {"speaker", "affiliation"}, {"mentioned", "speaker"}):
        as_ = frozenset(map(OrganizationRelation, relations))
        found[f"organization {sorted(relations)}"] = replace(found["organization"], relations=as_)
    for text in ("word1", "word300", '"word1 word2"', "-word1", "word1 word2 -word3"):
        found[f"q {text}"] = Filters(search=parse_search(text))
    for start, end in (("2018", "2018"), ("2020", None), (None, "2016-02")):
        period = published_between(*(None if text is None else parse_period(text) for text in (start, end)))
        found[f"published {start} {end}"] = Filters(published=period)
    for label in ("kind", "speaker", "city any", "topic without", "q word1", "published 2018 2018"):
        found[f"{label} collapsed"] = replace(found[label], collapsed=True)
    return found


def both(one: Filters, other: Filters) -> Filters:
    return Filters(
        wanted=tuple(dict.fromkeys((*one.wanted, *other.wanted))),
        unwanted=tuple(dict.fromkeys((*one.unwanted, *other.unwanted))),
        relations=other.relations if one.relations == MENTIONED else one.relations,
        published=one.published or other.published,
        search=one.search or other.search,
        collapsed=one.collapsed or other.collapsed,
    )


def pairs(singles: dict[str, Filters]) -> dict[str, Filters]:
    random = Random(7)  # noqa: S311 - the same pairs every time
    chosen = (random.sample(sorted(singles), 2) for _ in range(PAIRS))
    return {" + ".join(names): reduce(both, (singles[name] for name in names)) for names in chosen}


def asked(connection: Connection, filters: Filters, resource: Resource) -> Asked:
    if filters.relations == MENTIONED:
        filters = replace(filters, relations=resource.relations)
    shape, values = filters.shape(crossing=crosses(connection.dialect.name))
    return Asked(filters, SpeakersQuery(), Record(1, "person-1", None), shape, values)


@cache
def counted(listing: Listing, bound: int) -> Query:
    return count(listing.counted, bound)


def statements_of(
    connection: Connection, name: str, filters: Filters, *, thorough: bool
) -> Iterator[tuple[str, Query, dict[str, Any]]]:
    """Yield every statement with which a list may be read."""
    resource = RESOURCES[name]
    question = asked(connection, filters, resource)
    listing = resource.listing(question)
    values = {**question.values, **resource.values(question)}
    yield "count", counted(listing, BOUND), values
    orders = list(listing.parts[0].orders)
    for sort, direction in product(orders, PLACES if name in DATED else [Direction.FIRST]):
        if sort == orders[0] or (thorough and (name in DATED or not filters.wanted)):
            place = page_parameters(PLACES[direction], 25)
            yield f"{sort} {direction.value}", page(listing, sort, direction), {**values, **place}


@dataclass(frozen=True)
class Exempt:
    """Where a plan may read or sort much, and why."""

    reason: str
    steps: frozenset[str]
    when: Callable[[str, str, str, Filters], bool]  # database, list, statement, filters


def narrowed(name: str, filters: Filters) -> bool:
    """Tell whether an index has the rows of one of the filters in one place."""
    wanted = {group.filter for group in filters.wanted}
    by_words = filters.search is not None and bool(filters.search.wanted) and name != "STATEMENTS"
    by_kind = bool(wanted & {"kind", "cue_class", "review"}) and name == "STATEMENTS"
    by_few = any(group.is_few for group in filters.wanted)
    return bool(wanted & IN_ONE_PLACE) or filters.published is not None or by_words or by_kind or by_few


IN_ONE_PLACE = {
    *("article", "story", "quotation", "speaker", "organization", "topic", "source"),
    *("party", "role_category", "cue"),
    *map(str, PlaceKind),
}
EXEMPT = (
    Exempt(
        "nothing narrows the list: it is walked in date order until the page is full",
        frozenset({"walks"}),
        lambda _, name, __, filters: name in DATED and not narrowed(name, filters),
    ),
    Exempt(
        "PostgreSQL chooses by cost to walk until a page or a bounded count is full",
        frozenset({"walks"}),
        lambda database, _, __, ___: database == "postgresql",
    ),
    Exempt(
        "what is ranked is all there is: counts and dates are over the whole corpus",
        frozenset({"scans", "walks"}),
        lambda _, name, __, filters: name not in DATED and not narrowed(name, filters),
    ),
    Exempt(
        "PostgreSQL chooses by cost to hash or sort a table for a ranking of a notable part of the corpus",
        frozenset({"scans", "sorts"}),
        lambda database, name, _, __: database == "postgresql" and name not in DATED,
    ),
    Exempt(
        "PostgreSQL reads all of a table for a bounded count when it expects to find less than the bound",
        frozenset({"scans"}),
        lambda database, _, what, __: database == "postgresql" and what == "count",
    ),
    Exempt(
        "PostgreSQL's index of words has no order: what a frequent word matches is read whole, and hashed",
        frozenset({"scans"}),
        lambda database, _, __, filters: database == "postgresql" and filters.search is not None,
    ),
    Exempt(
        "PostgreSQL makes a join of what is left out, and chooses by cost to hash or sort one side",
        frozenset({"scans", "sorts"}),
        lambda database, _, __, filters: database == "postgresql" and bool(filters.unwanted),
    ),
    Exempt(
        "attributions are looked up in a list of the statements that several ranges select",
        frozenset({"scans"}),
        lambda database, name, _, __: database == "sqlite" and name in {"SPEAKERS", "ROLES"},
    ),
)


def faults(connection: Connection, asked_for: dict[str, Filters], *, thorough: bool) -> Iterator[str]:
    """Yield every step of a plan that reads or sorts much where nothing exempts it."""
    database = connection.dialect.name
    for (label, filters), name in product(asked_for.items(), RESOURCES):
        for what, query, values in statements_of(connection, name, filters, thorough=thorough):
            found = plan(connection, query, values)
            for kind in ("scans", "walks", "sorts"):
                if not any(
                    kind in each.steps and each.when(database, name, what, filters) for each in EXEMPT
                ):
                    yield from (f"{name} {what} ({label}) {kind}: {step}" for step in getattr(found, kind))


@pytest.mark.parametrize("name", DATED)
def test_a_page_before_a_place_is_one_behind_it_in_the_opposite_order(crowded: Connection, name: str) -> None:
    singles = single_filters(crowded)
    for label in ("city", "city any", "topic without", "q word1", "kind collapsed", "published 2018 2018"):
        listing = RESOURCES[name].listing(asked(crowded, singles[label], RESOURCES[name]))
        one, opposite = listing.parts[0].orders
        before = page(listing, one, Direction.BEFORE).compile(dialect=crowded.dialect)
        behind = page(listing, opposite, Direction.BEHIND).compile(dialect=crowded.dialect)
        assert str(before) == str(behind)


def test_no_filter(crowded: Connection) -> None:
    asked_for = {"no filter": Filters(), "collapsed": Filters(collapsed=True)}
    assert list(faults(crowded, asked_for, thorough=True)) == []


def test_every_filter_alone(crowded: Connection) -> None:
    assert list(faults(crowded, single_filters(crowded), thorough=True)) == []


def test_random_pairs_of_filters(crowded: Connection) -> None:
    assert list(faults(crowded, pairs(single_filters(crowded)), thorough=False)) == []


def test_words_in_an_outlet_are_not_sorted(crowded: Connection) -> None:
    """Not left to the draw of pairs: SQLite sorted them, which another draw met."""
    singles = single_filters(crowded)
    words = [label for label in singles if label.startswith("q ")]
    outlets = [label for label in singles if label.startswith("source")]
    asked_for = {f"{a} + {b}": both(singles[a], singles[b]) for a, b in product(words, outlets)}
    assert list(faults(crowded, asked_for, thorough=False)) == []


def test_a_plan_that_reads_or_sorts_everything_is_found(crowded: Connection) -> None:
    statement = Statement.__table__
    rows = select(statement.c.text)
    assert plan(crowded, rows.order_by(statement.c.text), {}).scans
    assert plan(crowded, rows.order_by(statement.c.text).limit(25), {}).sorts
    assert plan(crowded, rows.where(statement.c.cue == "said").order_by(statement.c.text), {}).scans


def test_rare_records_are_ranked_without_reading_everything(crowded: Connection) -> None:
    """PostgreSQL too, which is exempt where much is ranked."""
    values = values_of(crowded)
    names = ("speaker", "city", "organization", "topic", "article", "party", "role_category", "cue", "review")
    for name, ranked in product(names, RESOURCES):
        filters = Filters(wanted=(Group(name, (values[name][-1],)),))
        for what, query, given in statements_of(crowded, ranked, filters, thorough=False):
            found = plan(crowded, query, given)
            assert (found.scans, found.sorts) == ((), ()), (name, ranked, what, found.text)


def test_newest_first_begins_at_the_cursor(crowded: Connection) -> None:
    (city, *_) = values_of(crowded)["city"]
    listing = list_articles(Filters(wanted=(Group("city", (city,)),)))
    found = plan(
        crowded, page(listing, "-published_at", Direction.BEHIND), page_parameters(At((MIDDLE,)), 25)
    )
    assert re.search(r"place_id=\? AND article_id<\?|Index Cond.*article_id < ", found.text), found.text
