"""Any combination of filters selects what its definition says, worked out over the stories themselves."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import InstrumentedAttribute

from app.db.models.article import Article
from app.db.models.links import OrganizationRelation
from app.db.models.organization import Organization
from app.db.models.place import Place
from app.db.models.quotation import Quotation
from app.db.models.source import Source
from app.db.models.speaker import Speaker
from app.db.models.statement import Statement
from app.db.models.topic import Topic
from app.domain.annotation import CueClass, PlaceKind, SpeakerKind, StatementKind
from app.domain.links import Party, RoleCategory
from app.domain.review import Review
from app.queries.conditions import Has
from app.queries.filters import FILTERS, MENTIONED, SAID, Filters, Group
from app.queries.matching import crosses
from app.queries.records import NO_WORDS
from app.queries.selection import select_articles, select_statements
from tests.queries.cast import IN_WHAT_ROLE, OF_WHAT_PARTY, TAXONOMY
from tests.queries.stories import BOATS, STORIES, Said, Story, topics_of

COMBINATIONS = 80
MOST_GROUPS = 4
COLLAPSED = 0.3  # share of the combinations
ONE_VALUE = frozenset({"min_confidence"})
DIALECT = sqlite.dialect()

Relations = frozenset[OrganizationRelation]


def organizations(said: Said, relations: Relations) -> set[str]:
    found = set()
    for record in said.by:
        own = record.organization.slug if record.organization else None
        if own and OrganizationRelation.SPEAKER in relations:
            found.add(own)
        if said.for_ and said.for_.slug != own and OrganizationRelation.AFFILIATION in relations:
            found.add(said.for_.slug)
    return found


def words_of(cue: str | None) -> set[str]:
    words = (cue or "").lower().replace("é", "e").split()
    return {*words, " ".join(words)} - {""}


def in_places(kind: PlaceKind) -> Callable[[Story], set[str]]:
    return lambda story: {place.slug for place in story.places if place.kind is kind}


OF_ARTICLE: dict[str, Callable[[Story], set[str]]] = {
    "article": lambda story: {story.key},
    "source": lambda story: set() if story.source is None else {story.source},
    **{str(kind): in_places(kind) for kind in PlaceKind},
    "topic": topics_of,
    "story": lambda story: {min((s for s in STORIES if s.same(story)), key=lambda s: s.order).key},
}
OF_STATEMENT: dict[str, Callable[[Said], set[str]]] = {
    "speaker": lambda said: {record.slug for record in said.by},
    "kind": lambda said: {said.kind},
    "quotation": lambda said: {said.quotation.upper()} if said.quotation else set(),
    "cue": lambda said: words_of(said.cue),
    "cue_class": lambda said: {said.cue_class},
    "review": lambda said: {said.review},
    "speaker_kind": lambda said: {record.kind for record in said.by},
    "party": lambda said: {OF_WHAT_PARTY[record.slug] for record in said.by if record.slug in OF_WHAT_PARTY},
    "role_category": lambda said: {IN_WHAT_ROLE.get(record.slug, RoleCategory.UNKNOWN) for record in said.by},
}


def mentioned(story: Story) -> set[str]:
    return {record.slug for record in story.organizations}


def statement_satisfies(story: Story, said: Said, group: Group, relations: Relations) -> bool:
    values: set[Any] = set(group.values)
    if group.filter == "organization":
        return bool(organizations(said, relations) & values) or (
            bool(relations & MENTIONED) and bool(mentioned(story) & values)
        )
    if group.filter == "has":
        return (
            Has.STATEMENT in values
            or (Has.SPEAKER in values and bool(said.by))
            or (Has.CITY in values and bool(in_places(PlaceKind.CITY)(story)))
            or (Has.TOPIC in values and bool(story.topics))
        )
    if group.filter == "min_confidence":
        return any(said.confidence >= least for least in values)
    if group.filter in OF_STATEMENT:
        return bool(OF_STATEMENT[group.filter](said) & values)
    return bool(OF_ARTICLE[group.filter](story) & values)


def article_satisfies(story: Story, group: Group, relations: Relations) -> bool:
    """Return whether the filter alone selects the article."""
    if group.filter in OF_ARTICLE:
        return bool(OF_ARTICLE[group.filter](story) & set(group.values))
    if group.filter == "organization" and relations & MENTIONED and mentioned(story) & set(group.values):
        return True
    if group.filter == "has" and Has.CITY in group.values and in_places(PlaceKind.CITY)(story):
        return True
    if group.filter == "has" and Has.TOPIC in group.values and story.topics:
        return True
    said_only = relations & SAID if group.filter == "organization" else relations
    return any(statement_satisfies(story, said, group, said_only) for said in story.says)


def of_one_statement(group: Group) -> bool:
    if group.filter == "has":
        return Has.SPEAKER in group.values
    return group.filter in {*OF_STATEMENT, "min_confidence"}


def selects_article(story: Story, filters: Filters) -> bool:
    if any(article_satisfies(story, group, filters.relations) for group in filters.unwanted):
        return False
    together = [group for group in filters.wanted if of_one_statement(group)]
    apart = [group for group in filters.wanted if not of_one_statement(group)]
    if len(together) < 2:
        apart, together = [*apart, *together], []
    return all(article_satisfies(story, group, filters.relations) for group in apart) and (
        not together
        or any(
            all(statement_satisfies(story, said, group, filters.relations) for group in together)
            for said in story.says
        )
    )


def selects_statement(story: Story, said: Said, filters: Filters) -> bool:
    return all(
        statement_satisfies(story, said, group, filters.relations) for group in filters.wanted
    ) and not any(statement_satisfies(story, said, group, filters.relations) for group in filters.unwanted)


VALUES: dict[str, list[Any]] = {
    "article": [story.key for story in STORIES],
    "story": ["feb14", "leap", "joined"],  # by their earliest articles
    "quotation": [BOATS.upper(), "NOBODY SAID SO"],
    "source": ["Harbor Herald", "Prairie Post"],
    "speaker": ["ana-ortega", "ben-diaz", "border-works-agency"],
    "organization": ["border-works-agency", "harbor-rights-council", "inspection-bureau"],
    "kind": list(StatementKind),
    "cue": ["said", "has said", "letter", "wrote in a letter", "nobody"],
    "cue_class": list(CueClass),
    "review": list(Review),
    "min_confidence": [0, 0.25, 0.5, 0.8, 0.9, 1],
    "speaker_kind": list(SpeakerKind),
    "party": list(Party),
    "role_category": list(RoleCategory),
    "has": list(Has),
    "city": ["boston-ma", "chicago-il", "denver-co", "springfield-il", "springfield-ma", "san-jose-ca"],
    "county": ["suffolk-county-ma"],
    "state": ["massachusetts", "illinois"],
    "country": ["france"],
    "topic": [topic.slug for topic in TAXONOMY],
}


def combinations(seed: int) -> Iterator[Filters]:
    chosen = random.Random(seed)  # noqa: S311 - the same combinations every time
    relations = [MENTIONED, SAID, *(frozenset({each}) for each in OrganizationRelation), MENTIONED | SAID]

    def groups(most: int) -> tuple[Group, ...]:
        names = [chosen.choice(list(FILTERS)) for _ in range(chosen.randint(0, most))]
        sizes = [1 if name in ONE_VALUE else chosen.randint(1, min(3, len(VALUES[name]))) for name in names]
        return tuple(
            Group(name, tuple(chosen.sample(VALUES[name], size)))
            for name, size in zip(names, sizes, strict=True)
        )

    for _ in range(COMBINATIONS):
        yield Filters(
            wanted=groups(MOST_GROUPS),
            unwanted=groups(2),
            relations=chosen.choice(relations),
            collapsed=chosen.random() < COLLAPSED,
        )


def ids(connection: Connection) -> dict[str, dict[str, int]]:
    """Return the ids of records by the names that the stories have for them."""

    def by(name: InstrumentedAttribute[str], id_: InstrumentedAttribute[int]) -> dict[str, int]:
        return {row[0]: row[1] for row in connection.execute(select(name, id_))}

    places = by(Place.slug, Place.id)
    quoted = select(Statement.text, Quotation.words).join(
        Quotation,
        (Quotation.article_id == Statement.article_id) & (Quotation.ordinal == Statement.ordinal),
    )
    return {
        "article": by(Article.key, Article.id),
        "story": by(Article.key, Article.id),
        "quotation": {
            "NOBODY SAID SO": NO_WORDS,
            **{text.upper(): words for text, words in connection.execute(quoted)},
        },
        "source": by(Source.name, Source.id),
        "speaker": by(Speaker.slug, Speaker.id),
        "organization": by(Organization.slug, Organization.id),
        **{str(kind): places for kind in PlaceKind},
        "topic": by(Topic.slug, Topic.id),
    }


def resolved(filters: Filters, known: dict[str, dict[str, int]]) -> Filters:
    def all_of(groups: tuple[Group, ...]) -> tuple[Group, ...]:
        return tuple(
            Group(g.filter, tuple(known[g.filter][str(v)] for v in g.values)) if g.filter in known else g
            for g in groups
        )

    return replace(filters, wanted=all_of(filters.wanted), unwanted=all_of(filters.unwanted))


def kept(stories: list[Story], filters: Filters) -> list[Story]:
    """Return the earliest ones of each story, where the filters ask for it."""
    return [
        one
        for one in stories
        if not filters.collapsed or not any(one.same(other) and other.order < one.order for other in stories)
    ]


@pytest.mark.parametrize("seed", range(2))
def test_combinations(world: Connection, seed: int) -> None:
    known = ids(world)
    keys = {id_: key for key, id_ in known["article"].items()}
    full = 0
    for filters in combinations(seed):
        asked = resolved(filters, known)
        expected = [s.key for s in kept([s for s in STORIES if selects_article(s, filters)], filters)]
        for crossing in {False, crosses(world.dialect.name)}:
            shape, values = asked.shape(crossing=crossing)
            found = world.execute(select_articles(shape).rows(), values)
            articles = [keys[row.article_id] for row in found]
            assert sorted(articles) == sorted(expected), (filters, crossing)
        rows = world.execute(select_statements(asked).rows())
        said = sorted((keys[row.article_id], row.ordinal) for row in rows)
        of = {
            story: [n for n, each in enumerate(story.says) if selects_statement(story, each, filters)]
            for story in STORIES
        }
        speaking = kept([story for story in STORIES if of[story]], filters)
        assert said == sorted((story.key, number) for story in speaking for number in of[story]), filters
        full += bool(articles) and bool(said)
    assert full > COMBINATIONS / 10  # not all of it about nothing


def test_counting_agrees_with_listing(world: Connection) -> None:
    everything = Filters()
    assert len(world.execute(select_articles(everything).ones()).all()) == len(STORIES)
    statements = world.execute(select(Statement.key)).all()
    assert len(world.execute(select_statements(everything).ones()).all()) == len(statements)


@pytest.mark.parametrize(
    ("wanted", "unwanted", "leads"),
    [
        ((Review.RETRACTED,), (), True),
        ((Review.CONFIRMED, Review.CORRECTED), (), True),
        ((Review.UNREVIEWED,), (), False),
        ((Review.UNREVIEWED, Review.RETRACTED), (), False),
        ((), (Review.RETRACTED,), False),
        ((), (Review.UNREVIEWED,), True),
        ((), (Review.UNREVIEWED, Review.CONFIRMED), True),
    ],
)
def test_the_few_that_people_looked_at_lead_and_the_others_do_not(
    wanted: tuple[Review, ...], unwanted: tuple[Review, ...], *, leads: bool
) -> None:
    """Else the retracted statements of a kind are looked for in all of that kind, and on the other hand those
    of a rare city in all that nobody has looked at.
    """
    for others in (("speaker",), ("country", "source"), ("party",), ("cue",), ("kind",)):
        review = (Group("review", wanted),) if wanted else ()
        asked = Filters(
            wanted=(*(Group(other, (1,)) for other in others), *review),
            unwanted=(Group("review", unwanted),) if unwanted else (),
        )
        filters, _ = asked.shape(crossing=True)
        for selection in [select_statements(filters), *([select_articles(filters)] if wanted else [])]:
            first = [str(part.conditions[0].compile(dialect=DIALECT)) for part in selection.parts]
            assert {each.startswith("statements.review =") for each in first} == {leads}, (others, first)
