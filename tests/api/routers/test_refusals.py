"""Values that cannot be understood are named, with suggestions; nothing is ignored or guessed."""

from typing import Any

import pytest

from tests.client import Client

NO_INTEGERS = ("1_0", "1.0", "%2B5", "010", "%2010", "10%20", "1e1", "0x1", "-0", "%D9%A1")
NO_NUMBERS = ("high", "nan", "inf", "90%25", "0,9", ".9", "1.", "0_9", "%200.9", "%2B0.9", "00.9", "%D9%A1")

CASES: list[tuple[str, str, str, list[str]]] = [
    ("city=bostn", "city", "unknown_value", ["boston-ma"]),
    ("city=springfeld", "city", "unknown_value", ["springfield-ma", "springfield-il"]),  # the larger first
    ("city=massachusetts", "city", "unknown_value", []),
    ("city=geonames:1", "city", "unknown_value", []),
    ("city=geonames:99999999999999999999999", "city", "unknown_value", []),
    ("county=geonames:25025", "county", "invalid_value", []),
    ("county=fips:99999", "county", "unknown_value", []),
    ("city=geonames:x", "city", "invalid_value", []),
    ("city=wikidata:Q100", "city", "invalid_value", []),
    ("city=!!!", "city", "unknown_value", []),
    ("exclude_city=bostn", "exclude_city", "unknown_value", ["boston-ma"]),
    ("state=ZZ", "state", "unknown_value", []),
    ("country=USSR", "country", "unknown_value", []),
    ("speaker=ana ortge", "speaker", "unknown_value", ["ana-ortega"]),
    ("speaker=ortega", "speaker", "unknown_value", ["ana-ortega"]),
    ("organization=council", "organization", "unknown_value", ["harbor-rights-council"]),
    ("speaker=bioguide:T000193", "speaker", "unknown_value", []),
    ("speaker=bioguide:ortega", "speaker", "invalid_value", []),
    ("speaker=wikidata:Q0", "speaker", "invalid_value", []),
    ("speaker=geonames:1", "speaker", "invalid_value", []),
    ("organization=wikidata:Q1", "organization", "invalid_value", []),
    ("party=democrat", "party", "invalid_value", ["democratic", "republican", "independent", "libertarian"]),
    ("role_category=legislators", "role_category", "invalid_value", ["legislator"]),
    (
        "cue_class=spoken",
        "cue_class",
        "invalid_value",
        ["speech", "writing", "belief", "intent", "other"],
    ),
    ("cue=...", "cue", "invalid_value", []),
    ("exclude_cue=said&exclude_cue=?", "exclude_cue", "invalid_value", []),
    (f"cue={'x' * 201}", "cue", "out_of_range", []),
    *((f"min_confidence={number}", "min_confidence", "invalid_value", []) for number in NO_NUMBERS),
    ("min_confidence=1.01", "min_confidence", "out_of_range", []),
    ("min_confidence=-0.1", "min_confidence", "out_of_range", []),
    ("min_confidence=1e999", "min_confidence", "out_of_range", []),
    ("min_confidence=0.5&min_confidence=0.6", "min_confidence", "duplicate_parameter", []),
    ("exclude_min_confidence=0.5", "exclude_min_confidence", "unknown_parameter", []),
    ("min_confidence=", "min_confidence", "empty_value", []),
    ("city=geonames:abc", "city", "invalid_value", []),
    ("exclude_city=geonames:1_0", "exclude_city", "invalid_value", []),
    ("county=fips:x", "county", "invalid_value", []),
    ("city=geonames:99", "city", "unknown_value", []),
    *((f"limit={limit}", "limit", "invalid_value", []) for limit in NO_INTEGERS),
    ("limit=-5", "limit", "out_of_range", []),
    ("speaker=cora-lind", "speaker", "unknown_value", []),
    ("organization=border work agency", "organization", "unknown_value", ["border-works-agency"]),
    ("source=harbour-herald", "source", "unknown_value", ["harbor-herald"]),
    ("article=nobody", "article", "unknown_value", []),
    ("kind=quoted", "kind", "invalid_value", ["direct", "indirect", "mixed"]),
    ("has=text", "has", "invalid_value", ["speaker", "city", "statement"]),
    ("sort=title", "sort", "invalid_value", ["-published_at", "published_at"]),
    ("count=all", "count", "invalid_value", ["none", "bounded", "exact"]),
    ("published_from=yesterday", "published_from", "invalid_value", []),
    ("published_to=2020-02-30", "published_to", "invalid_value", []),
    ("published_from=2020-02-14T12:00:00", "published_from", "invalid_value", []),
    ("published_from=2021&published_to=2020", "published_to", "conflicting_parameters", []),
    ("q=...", "q", "invalid_value", []),
    ("city_match=all", "city_match", "conflicting_parameters", []),
    ("organization_relation=speaker", "organization_relation", "conflicting_parameters", []),
    ("source_match=all", "source_match", "unknown_parameter", []),
    ("name=Ana", "name", "unknown_parameter", []),
    ("citty=boston-ma", "citty", "unknown_parameter", ["city"]),
    ("q=a&q=b", "q", "duplicate_parameter", []),
    ("city=", "city", "empty_value", []),
    ("city=a%00b", "city", "invalid_value", []),
    ("q=a%00b", "q", "invalid_value", []),
    (f"city={'x' * 201}", "city", "out_of_range", []),
    (f"q={'x ' * 300}", "q", "out_of_range", []),
    ("&".join(f"city={n}" for n in range(51)), "city", "out_of_range", []),
]


def errors(client: Client, path: str) -> list[dict[str, Any]]:
    response = client.get(f"/v1{path}")
    assert response.status_code == 422, response.text
    assert response.json()["type"] == "/problems/invalid-parameter"
    found: list[dict[str, Any]] = response.json()["errors"]
    return found


@pytest.mark.parametrize(
    ("query", "parameter", "code", "suggestions"), CASES, ids=[query[:50] for query, *_ in CASES]
)
def test_a_value_is_refused(
    client: Client, query: str, parameter: str, code: str, suggestions: list[str]
) -> None:
    error = errors(client, f"/articles?{query}")[0]
    assert (error["parameter"], error["code"]) == (parameter, code)
    if suggestions:
        assert error["suggestions"][: len(suggestions)] == suggestions


def test_every_unknown_value_is_named(client: Client) -> None:
    found = errors(client, "/statements?city=bostn&city=chicago-il&speaker=nobody&exclude_source=none")
    named = {(error["parameter"], error["code"]) for error in found}
    assert named == {(p, "unknown_value") for p in ("city", "speaker", "exclude_source")}


@pytest.mark.parametrize(
    ("path", "parameter"),
    [
        ("/cities/boston-ma/articles?city=boston-ma", "city"),
        ("/organizations/inspection-bureau/statements?organization=bwa", "organization"),
        ("/speakers/ana-ortega/statements?speaker=ana-ortega", "speaker"),
        ("/articles/feb14/statements?article=feb14", "article"),
        ("/articles/feb14?city=boston-ma", "city"),
    ],
)
def test_a_preset_filter_is_no_parameter(client: Client, path: str, parameter: str) -> None:
    error = errors(client, path)[0]
    assert (error["parameter"], error["code"]) == (parameter, "unknown_parameter")


def test_a_name_without_letters_is_refused(client: Client) -> None:
    assert errors(client, "/speakers?name=...")[0]["parameter"] == "name"
