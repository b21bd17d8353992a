"""Whatever is asked, the API selects what plain Python says that it should, on both databases."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.annotation import CueClass, SpeakerKind, StatementKind
from app.domain.links import Party, RoleCategory
from app.domain.review import Review
from app.queries.conditions import Has
from tests.client import Client
from tests.conftest import Templates
from tests.contract import reference
from tests.contract.generated import DRAWN, ORGANIZATIONS, SOURCES, SPEAKERS, WORDS, generated_url
from tests.contract.reference import PERIODS, Query
from tests.queries.cast import TAXONOMY
from tests.queries.stories import words_said

if TYPE_CHECKING:
    from tests.contract.conftest import Serve

EXAMPLES = 100
LARGEST_PAGE = 200

VALUES: dict[str, list[str]] = {
    "article": [story.key for story in DRAWN[::20]],
    "story": [story.key for story in DRAWN[::9]],
    "quotation": [min(keys) for keys in reference.QUOTED.values()],
    "source": ["harbor-herald", "prairie-post", "valley-voice"],
    "city": ["boston-ma", "chicago-il", "denver-co", "springfield-il", "springfield-ma", "san-jose-ca"],
    "county": ["suffolk-county-ma"],
    "state": ["massachusetts", "illinois"],
    "country": ["france"],
    "topic": [topic.slug for topic in TAXONOMY],
    "speaker": [record.slug for record in SPEAKERS],
    "organization": [record.slug for record in ORGANIZATIONS],
    "kind": [str(kind) for kind in StatementKind],
    "cue": ["said", "memo", "said in a memo", "a memo", "told"],
    "cue_class": [str(each) for each in CueClass],
    "review": [str(each) for each in Review],
    "min_confidence": ["0", "0.3", "0.8", "1"],
    "speaker_kind": [str(kind) for kind in SpeakerKind],
    "party": [str(party) for party in Party],
    "role_category": [str(role) for role in RoleCategory],
    "has": [str(each) for each in Has],
}
ONE_VALUE = ("min_confidence",)
ALL_CAN_BE_ASKED = ("city", "county", "state", "country", "topic", "speaker", "organization", "has")
RELATIONS = ("mentioned", "speaker", "affiliation")
ONCE = st.sampled_from
assert len(SOURCES) == len(VALUES["source"]) + 1


def some(name: str) -> st.SearchStrategy[list[str]]:
    most = 1 if name in ONE_VALUE else min(3, len(VALUES[name]))
    return st.lists(ONCE(VALUES[name]), min_size=1, max_size=most, unique=True)


def terms() -> st.SearchStrategy[list[str]]:
    word = ONCE([*WORDS, "remark", f'"{WORDS[0]} {WORDS[1]}"', '"remark number"'])
    term = st.builds("{}{}".format, ONCE(["", "", "-"]), word)
    return st.lists(term, min_size=1, max_size=2, unique=True).map(lambda found: [" ".join(found)])


@st.composite
def queries(draw: st.DrawFn) -> Query:
    names = draw(st.lists(ONCE(list(VALUES)), max_size=3, unique=True))
    repeatable = [name for name in VALUES if name not in ONE_VALUE]
    without = draw(st.lists(ONCE(repeatable), max_size=2, unique=True))
    query: dict[str, Any] = {name: draw(some(name)) for name in names}
    query |= {f"{name}_match": ["all"] for name in names if name in ALL_CAN_BE_ASKED and draw(st.booleans())}
    query |= {f"exclude_{name}": draw(some(name)) for name in without}
    if "organization" in {*names, *without} and draw(st.booleans()):
        query["organization_relation"] = draw(st.lists(ONCE(RELATIONS), min_size=1, unique=True))
    for name in ("published_from", "published_to"):
        if draw(ONCE([True, False, False])):
            query[name] = [draw(ONCE(list(PERIODS)))]
    if draw(ONCE([True, False, False])):
        query["q"] = draw(terms())
    if draw(ONCE([True, False, False])):
        query["collapse"] = ["story"]
    return query


def is_possible(query: Query) -> bool:
    """Tell whether the range of dates is one."""
    bounds = [query.get(name) for name in ("published_from", "published_to")]
    if None in bounds:
        return True
    start, end = (PERIODS[bound[0]] for bound in bounds if bound)
    return start[0] < end[1]


def everything(client: Client, path: str, query: Query) -> list[dict[str, Any]]:
    """Return the results of all pages; the total has to agree."""
    results: list[dict[str, Any]] = []
    address = f"{path}?{urlencode({**query, 'limit': LARGEST_PAGE, 'count': 'exact'}, doseq=True)}"
    while address:
        answer = client.get(address)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        results += page["results"]
        address = page["links"]["next"]
    assert page["meta"]["total"] == {"value": len(results), "relation": "eq"}
    return results


@pytest.fixture
def generated(serve: "Serve", templates: Templates, database_kind: str) -> Iterator[Client]:
    with Client(serve(generated_url(templates, database_kind))) as client:
        yield client


def test_the_api_selects_what_plain_python_selects(generated: Client) -> None:
    found = {"articles": 0, "statements": 0}

    @given(query=queries().filter(is_possible))
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def check(query: Query) -> None:
        articles = [article["key"] for article in everything(generated, "/v1/articles", query)]
        expected = [story.key for story in reference.selected_articles(query)]
        assert sorted(articles) == sorted(expected), query
        said = [
            (one["article"]["key"], one["text"]) for one in everything(generated, "/v1/statements", query)
        ]
        assert sorted(said) == sorted(
            (story.key, words_said(story.says[number], number))
            for story, number in reference.selected_statements(query)
        ), query
        found["articles"] += bool(articles)
        found["statements"] += bool(said)

    check()
    assert min(found.values()) > EXAMPLES / 4  # not all of it about nothing
