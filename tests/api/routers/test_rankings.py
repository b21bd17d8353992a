"""Records are ranked over exactly the evidence that the filters select."""

from typing import Any

import pytest

from app.domain.annotation import CueClass
from tests.api.routers.conftest import Ask

FEB14, FEB15, MARCH = "2020-02-14T00:00:00Z", "2020-02-15T10:30:05Z", "2020-03-01T00:00:00Z"
IN_FEB15 = ("border-works-agency", "inspection-bureau")
LEAP, COUNTY, JOINED = "2020-02-29T00:00:00Z", "2022-07-04T00:00:00Z", "2023-01-01T23:59:59Z"


def rows(answer: dict[str, Any], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(item[name] for name in ("slug", *names)) for item in answer["results"]]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "",
            [
                ("ana-ortega", 5, 4, 0.5, ["director", "commissioner"], FEB14, JOINED),
                ("ben-diaz", 3, 3, 0.3, ["clerk", "director"], FEB15, COUNTY),
                ("border-works-agency", 2, 2, 0.2, [], FEB14, JOINED),
            ],
        ),
        (
            "city=boston-ma&kind=direct",
            [
                ("ana-ortega", 2, 2, 0.6667, ["commissioner", "director"], FEB14, FEB14),
                ("ben-diaz", 1, 1, 0.3333, [], FEB15, FEB15),
            ],
        ),
        ("article=undated", [("ana-ortega", 1, 1, 1.0, ["commissioner"], None, None)]),
        (
            "published_from=2022&speaker_kind=organization",
            [("border-works-agency", 1, 1, 1.0, [], JOINED, JOINED)],
        ),
        (
            "organization=bwa",  # by it or for it, and only those who speak so
            [
                ("border-works-agency", 2, 2, 0.6667, [], FEB14, JOINED),
                ("ben-diaz", 1, 1, 0.3333, ["clerk"], COUNTY, COUNTY),
            ],
        ),
        (
            "organization=bwa&organization_relation=affiliation",
            [("ben-diaz", 1, 1, 1.0, ["clerk"], COUNTY, COUNTY)],
        ),
        (
            "organization=bwa&organization_relation=mentioned&article=feb14",
            [
                ("ana-ortega", 1, 1, 0.5, ["director"], FEB14, FEB14),
                ("border-works-agency", 1, 1, 0.5, [], FEB14, FEB14),
            ],
        ),
        (
            "kind=mixed",
            [
                ("ana-ortega", 1, 1, 1.0, ["director"], MARCH, MARCH),
                ("ben-diaz", 1, 1, 1.0, ["director"], MARCH, MARCH),
            ],
        ),
        ("name=ben", [("ben-diaz", 3, 3, 0.3, ["clerk", "director"], FEB15, COUNTY)]),
        ("name=BEN DI&kind=mixed", [("ben-diaz", 1, 1, 1.0, ["director"], MARCH, MARCH)]),
        ("name=anita", [("ana-ortega", 5, 4, 0.5, ["director", "commissioner"], FEB14, JOINED)]),
        ("name=ortega", []),
        ("city=denver-co", []),
    ],
)
def test_speakers(ask: Ask, query: str, expected: list[tuple[Any, ...]]) -> None:
    answer = ask(f"/speakers?{query}")
    names = ("statements", "articles", "share", "titles", "first_published_at", "last_published_at")
    assert rows(answer, *names) == expected
    assert answer["meta"]["total"]["value"] == len(expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "",
            [
                ("border-works-agency", 2, 3, FEB14, FEB15),
                ("harbor-rights-council", 1, 2, LEAP, LEAP),
                ("inspection-bureau", 1, 0, FEB15, FEB15),
            ],
        ),
        (  # the relation says how articles are selected; what they mention is ranked
            "organization=bwa&organization_relation=speaker",
            [("border-works-agency", 1, 2, FEB14, FEB14)],
        ),
        ("organization=inspection-bureau&name=b", [("border-works-agency", 1, 0, FEB15, FEB15)]),
        ("name=HRC", [("harbor-rights-council", 1, 2, LEAP, LEAP)]),
    ],
)
def test_organizations(ask: Ask, query: str, expected: list[tuple[Any, ...]]) -> None:
    names = ("articles", "statements", "first_published_at", "last_published_at")
    assert rows(ask(f"/organizations?{query}"), *names) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "",
            [
                ("boston-ma", 3, 5, FEB14, FEB15),
                ("chicago-il", 2, 3, FEB15, MARCH),
                ("san-jose-ca", 1, 2, JOINED, JOINED),
                ("springfield-il", 1, 0, "2021-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
                ("springfield-ma", 1, 0, "2021-01-01T00:00:00Z", "2021-01-01T00:00:00Z"),
            ],
        ),
        (
            "city=chicago-il&city=boston-ma&city_match=all",
            [("boston-ma", 1, 2, FEB15, FEB15), ("chicago-il", 1, 2, FEB15, FEB15)],
        ),
        ("article=undated", [("boston-ma", 1, 1, None, None)]),
        ("name=san jos", [("san-jose-ca", 1, 2, JOINED, JOINED)]),
        ("state=MA", []),
    ],
)
def test_cities(ask: Ask, query: str, expected: list[tuple[Any, ...]]) -> None:
    names = ("articles", "statements", "first_published_at", "last_published_at")
    assert rows(ask(f"/cities?{query}"), *names) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("harbor-herald", 4, 6, FEB14, MARCH), ("prairie-post", 3, 2, LEAP, JOINED)]),
        (
            "speaker=ana-ortega&sort=name",
            [("harbor-herald", 3, 4, FEB14, MARCH), ("prairie-post", 1, 2, JOINED, JOINED)],
        ),
        ("article=county", []),
    ],
)
def test_sources(ask: Ask, query: str, expected: list[tuple[Any, ...]]) -> None:
    names = ("articles", "statements", "first_published_at", "last_published_at")
    assert rows(ask(f"/sources?{query}"), *names) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "",
            [("docks", 3, 4, FEB14, LEAP), ("piers", 2, 4, FEB14, FEB15), ("tolls", 2, 4, FEB14, COUNTY)],
        ),
        (
            "topic=tolls&sort=-name",
            [("piers", 1, 2, FEB14, FEB14), ("docks", 1, 2, FEB14, FEB14), ("tolls", 2, 4, FEB14, COUNTY)],
        ),
        ("name=bri", [("tolls", 2, 4, FEB14, COUNTY)]),
        ("city=san-jose-ca", []),
    ],
)
def test_topics(ask: Ask, query: str, expected: list[tuple[Any, ...]]) -> None:
    names = ("articles", "statements", "first_published_at", "last_published_at")
    answer = ask(f"/topics?{query}")
    assert rows(answer, *names) == expected
    assert answer["meta"]["total"]["value"] == len(expected)


def classes(answer: dict[str, Any]) -> dict[str, list[int]]:
    """Return the statements of each class by slug: speech, writing, belief, intent, other."""
    assert all(
        sum(each["statements_by_cue_class"].values()) == each["statements"] for each in answer["results"]
    )
    found = {each["slug"]: each["statements_by_cue_class"] for each in answer["results"]}
    assert all(list(each) == [str(name) for name in CueClass] for each in found.values())
    return {slug: list(each.values()) for slug, each in found.items()}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (
            "/speakers?",
            {
                "ana-ortega": [5, 0, 0, 0, 0],
                "ben-diaz": [2, 0, 0, 1, 0],
                "border-works-agency": [1, 1, 0, 0, 0],
            },
        ),
        ("/speakers?cue_class=intent", {"ben-diaz": [0, 0, 0, 1, 0]}),
        ("/speakers?cue_class=belief", {}),
        ("/speakers?cue=letter", {"border-works-agency": [0, 1, 0, 0, 0]}),
        ("/speakers?min_confidence=0.9", {"ben-diaz": [1, 0, 0, 0, 0]}),
        ("/speakers?speaker_kind=organization&city=san-jose-ca", {"border-works-agency": [1, 0, 0, 0, 0]}),
        (
            "/organizations?",
            {
                "border-works-agency": [1, 1, 0, 1, 0],
                "harbor-rights-council": [2, 0, 0, 0, 0],
                "inspection-bureau": [0, 0, 0, 0, 0],
            },
        ),
        ("/organizations?min_confidence=0.9&cue=according to", dict.fromkeys(IN_FEB15, [0] * 5)),
        ("/cities/boston-ma/speakers?exclude_cue_class=speech", {"border-works-agency": [0, 1, 0, 0, 0]}),
    ],
)
def test_statements_are_counted_apart_by_what_reports_them(
    ask: Ask, path: str, expected: dict[str, list[int]]
) -> None:
    assert classes(ask(path)) == expected


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("/cities?cue=letter", ["boston-ma"]),
        ("/cities?min_confidence=0.8", ["boston-ma", "chicago-il"]),
        ("/topics?cue_class=intent", ["tolls"]),
        ("/sources?cue_class=writing", ["harbor-herald"]),
        ("/sources?min_confidence=0.8&cue=said", []),
    ],
)
def test_what_reports_statements_selects_articles_to_rank_over(
    ask: Ask, query: str, slugs: list[str]
) -> None:
    assert [slug for (slug,) in rows(ask(query))] == slugs


def test_one_record_counts_its_statements_apart(ask: Ask) -> None:
    for path in ("/speakers/ben-diaz", "/organizations/border-works-agency"):
        shown = ask(path)
        counted = shown["statements_by_cue_class"]
        assert counted["intent"] == 1
        assert sum(counted.values()) == shown["statements"] == 3
    unsaid = ask("/organizations/inspection-bureau")
    assert (unsaid["statements"], set(unsaid["statements_by_cue_class"].values())) == (0, {0})
    (role,) = ask("/speakers/ben-diaz/roles?cue_class=intent")["results"]
    assert role["title"] == "clerk"
    assert role["statements_by_cue_class"] == {
        "speech": 0,
        "writing": 0,
        "belief": 0,
        "intent": 1,
        "other": 0,
    }


def test_sorts(ask: Ask) -> None:
    by_name = [slug for (slug,) in rows(ask("/cities?sort=name"))]
    assert by_name == ["boston-ma", "chicago-il", "san-jose-ca", "springfield-il", "springfield-ma"]
    assert [slug for (slug,) in rows(ask("/cities?sort=-name"))] == by_name[::-1]
    latest = [slug for (slug,) in rows(ask("/speakers?sort=-last_published_at"))]
    assert latest == ["ana-ortega", "border-works-agency", "ben-diaz"]
    fewest = [slug for (slug,) in rows(ask("/speakers?sort=statements"))]
    assert fewest == ["border-works-agency", "ben-diaz", "ana-ortega"]


def test_roles_are_titles_and_affiliations_over_time(ask: Ask) -> None:
    roles = ask("/speakers/ana-ortega/roles")["results"]
    shown = [
        (r["title"], r["affiliation"], r["organization"] and r["organization"]["slug"], r["statements"])
        for r in roles
    ]
    assert shown == [
        ("director", None, None, 2),
        ("director", "Harbor Rights Council", "harbor-rights-council", 2),
        ("commissioner", None, None, 1),
    ]
    dates = [(r["first_published_at"], r["last_published_at"]) for r in roles]
    assert dates == [(JOINED, JOINED), (FEB14, MARCH), (None, None)]
    for role in roles:
        assert len(role["statement_keys"]) == role["statements"]
        for key in role["statement_keys"]:
            (speaker,) = (s for s in ask(f"/statements/{key}")["speakers"] if s["slug"] == "ana-ortega")
            assert (speaker["title"], speaker["affiliation"]) == (role["title"], role["affiliation"])
    in_boston = ask("/speakers/ana-ortega/roles?city=boston-ma&sort=first_published_at")["results"]
    assert [role["title"] for role in in_boston] == ["commissioner", "director"]
    assert [role["statements"] for role in in_boston] == [1, 1]
