"""What filters mean, over the stories themselves: plain Python, a few lines a filter, no SQL.

`query` is what an address asks: every parameter with its values.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache

from app.domain.annotation import PlaceKind
from app.domain.links import RoleCategory
from app.domain.names import slugify
from app.storage.statement_keys import folded_words, statement_keys
from tests.contract.generated import DRAWN
from tests.queries.cast import IN_WHAT_ROLE, OF_WHAT_PARTY
from tests.queries.stories import Said, Story, topics_of, words_said
from tests.queries.world import linked

UNKNOWN = RoleCategory.UNKNOWN

Query = Mapping[str, Sequence[str]]
Group = tuple[str, frozenset[str]]

PERIODS = {  # as they are written: from, until before
    "2019": (datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)),
    "2020-02": (datetime(2020, 2, 1, tzinfo=UTC), datetime(2020, 3, 1, tzinfo=UTC)),
    "2020-02-15": (datetime(2020, 2, 15, tzinfo=UTC), datetime(2020, 2, 16, tzinfo=UTC)),
    "2021-06": (datetime(2021, 6, 1, tzinfo=UTC), datetime(2021, 7, 1, tzinfo=UTC)),
    "2022": (datetime(2022, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC)),
}


def places(kind: PlaceKind) -> Callable[[Story], set[str]]:
    return lambda story: {place.slug for place in story.places if place.kind is kind}


def _quoted() -> dict[str, set[str]]:
    """Return the keys of the statements that quote the same, by what they quote."""
    found: dict[str, set[str]] = {}
    for story in DRAWN:
        words = [words_said(said, number) for number, said in enumerate(story.says)]
        for said, key in zip(story.says, statement_keys(story.key, map(folded_words, words)), strict=True):
            if said.quotation:
                found.setdefault(folded_words(said.quotation), set()).add(key)
    return {
        said.quotation: found[folded_words(said.quotation)]
        for s in DRAWN
        for said in s.says
        if said.quotation
    }


QUOTED = _quoted()
OF_ARTICLE: dict[str, Callable[[Story], set[str]]] = {
    "article": lambda story: {story.key},
    "source": lambda story: set() if story.source is None else {slugify(story.source)},
    **{str(kind): places(kind) for kind in PlaceKind},
    "topic": topics_of,
    "story": lambda story: {other.key for other in DRAWN if story.same(other)},
}
OF_STATEMENT: dict[str, Callable[[Said], set[str]]] = {
    "speaker": lambda said: {record.slug for record in said.by},
    "kind": lambda said: {str(said.kind)},
    "quotation": lambda said: QUOTED.get(said.quotation, set()) if said.quotation else set(),
    "cue": lambda said: {*said.cue.split(), said.cue} if said.cue else set(),
    "cue_class": lambda said: {str(said.cue_class)},
    "review": lambda said: {str(said.review)},
    "speaker_kind": lambda said: {str(record.kind) for record in said.by},
    "party": lambda said: {str(OF_WHAT_PARTY[one.slug]) for one in said.by if one.slug in OF_WHAT_PARTY},
    "role_category": lambda said: {str(IN_WHAT_ROLE.get(one.slug, UNKNOWN)) for one in said.by},
}
FILTERS = (*OF_ARTICLE, *OF_STATEMENT, "min_confidence", "organization", "has")


def said_for(said: Said, relations: frozenset[str]) -> set[str]:
    own = {record.organization.slug for record in said.by if record.organization}
    named = {said.for_.slug} if said.for_ and said.by else set()
    others = {slug for slug in named if any(_own(record) != slug for record in said.by)}
    return (own if "speaker" in relations else set()) | (others if "affiliation" in relations else set())


def _own(record: object) -> str | None:
    organization = getattr(record, "organization", None)
    return None if organization is None else organization.slug


def mentioned(story: Story, relations: frozenset[str]) -> set[str]:
    return {record.slug for record in story.organizations} if "mentioned" in relations else set()


def statement_has(story: Story, said: Said, group: Group, relations: frozenset[str]) -> bool:
    name, values = group
    if name == "organization":
        return bool(values & (said_for(said, relations) | mentioned(story, relations)))
    if name == "min_confidence":
        (least,) = values
        return said.confidence >= float(least)
    if name == "has":
        cities = places(PlaceKind.CITY)(story)
        has = {
            "statement": True,
            "speaker": bool(said.by),
            "city": bool(cities),
            "topic": bool(story.topics),
        }
        return any(has[value] for value in values)
    found = OF_STATEMENT[name](said) if name in OF_STATEMENT else OF_ARTICLE[name](story)
    return bool(values & found)


def article_has(story: Story, group: Group, relations: frozenset[str]) -> bool:
    name, values = group
    if name in OF_ARTICLE:
        return bool(values & OF_ARTICLE[name](story))
    if name == "organization" and values & mentioned(story, relations):
        return True
    if name == "has" and "city" in values and places(PlaceKind.CITY)(story):
        return True
    if name == "has" and "topic" in values and story.topics:
        return True
    return any(statement_has(story, said, group, relations - {"mentioned"}) for said in story.says)


def wanted(query: Query) -> Iterator[Group]:
    for name in FILTERS:
        values = frozenset(query.get(name, ()))
        if values and query.get(f"{name}_match", ["any"]) == ["all"]:
            yield from ((name, frozenset({value})) for value in values)
        elif values:
            yield name, values


def unwanted(query: Query) -> Iterator[Group]:
    for name in FILTERS:
        if values := frozenset(query.get(f"exclude_{name}", ())):
            yield name, values


def in_time(story: Story, query: Query) -> bool:
    start, end = (query.get(name) for name in ("published_from", "published_to"))
    if start is None and end is None:
        return True
    return (
        story.on is not None
        and (start is None or PERIODS[start[0]][0] <= story.on)
        and (end is None or story.on < PERIODS[end[0]][1])
    )


@cache
def fields(story: Story) -> tuple[str, ...]:
    """Return title and text as words with a space on either side."""
    texts = (story.title or "", linked(story).annotated.article.text)
    return tuple(f" {' '.join(re.findall(r'[a-z0-9]+', text.lower()))} " for text in texts)


def in_words(story: Story, query: Query) -> bool:
    for term in re.findall(r'-?"[^"]+"|\S+', " ".join(query.get("q", ()))):
        phrase = f" {term.strip('-').strip(chr(34))} "
        if any(phrase in field for field in fields(story)) is term.startswith("-"):
            return False
    return True


def relations_of(query: Query, default: tuple[str, ...]) -> frozenset[str]:
    return frozenset(query.get("organization_relation", default))


def of_one_statement(group: Group) -> bool:
    return group[0] in {*OF_STATEMENT, "min_confidence"} or (group[0] == "has" and "speaker" in group[1])


def selects_article(story: Story, query: Query) -> bool:
    relations = relations_of(query, ("mentioned",))
    groups = list(wanted(query))
    together = [group for group in groups if of_one_statement(group)]
    if len(together) == 1:
        together = []
    return (
        in_time(story, query)
        and in_words(story, query)
        and not any(article_has(story, group, relations) for group in unwanted(query))
        and all(article_has(story, group, relations) for group in groups if group not in together)
        and (not together or any(_all(story, said, together, relations) for said in story.says))
    )


def _all(story: Story, said: Said, groups: list[Group], relations: frozenset[str]) -> bool:
    return all(statement_has(story, said, group, relations) for group in groups)


def selects_statement(story: Story, said: Said, query: Query) -> bool:
    relations = relations_of(query, ("speaker", "affiliation"))
    return (
        in_time(story, query)
        and in_words(story, query)
        and _all(story, said, list(wanted(query)), relations)
        and not any(statement_has(story, said, group, relations) for group in unwanted(query))
    )


def selected_articles(query: Query) -> list[Story]:
    """Return the articles that are selected, of each story the earliest one where that is asked."""
    found = [story for story in DRAWN if selects_article(story, query)]
    return _collapsed(found) if "collapse" in query else found


def selected_statements(query: Query) -> list[tuple[Story, int]]:
    """Return the statements that are selected, of each story those of the earliest article that has any."""
    found = [
        (story, number)
        for story in DRAWN
        for number, said in enumerate(story.says)
        if selects_statement(story, said, query)
    ]
    kept = _collapsed([story for story, _ in found])
    return [each for each in found if "collapse" not in query or each[0] in kept]


def _collapsed(found: list[Story]) -> list[Story]:
    return [one for one in found if not any(one.same(other) and other.order < one.order for other in found)]
