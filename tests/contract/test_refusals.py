"""What every list refuses, tried on every list and parameter there is; and where merged records lead."""

import re
from string import ascii_lowercase, ascii_uppercase, digits
from typing import TYPE_CHECKING

import pytest
from fastapi import FastAPI
from sqlalchemy import insert

from app.db.engine import writing_engine
from app.db.models.corpus import RecordKind, SlugRedirect
from app.schemas.problem import ProblemType
from tests.client import Client
from tests.contract.records import addresses
from tests.contract.test_every_route import problem_of, refused

if TYPE_CHECKING:
    from tests.contract.conftest import Route, Serve

ALPHABET = f"{ascii_uppercase}{ascii_lowercase}{digits}-_"  # of what is written in base 64
BEYOND_64_BITS = str(2**64)
MISSPELT = {  # a name, or slug, that nobody bears, and what it may have meant
    "city": ("bostn", "boston-ma"),
    "county": ("sufolk county", "suffolk-county-ma"),
    "state": ("masachusetts", "massachusetts"),
    "country": ("mexco", "mexico"),
    "organization": ("imigration and customs enforcement", "us-immigration-and-customs-enforcement"),
    "speaker": ("mary walsh", "marty-walsh"),
    "topic": ("sanctuary polices", "sanctuary-policies"),
    "source": ("dateline seed brief", "dateline-seed-briefs"),
}


def lists(client: Client, routes: "list[Route]") -> "list[tuple[Route, str]]":
    """Return every list with the address of one that there is."""
    found = [(route, addresses(client, route)[0]) for route in routes if "cursor" in route.names()]
    assert len(found) > 15
    return found


def test_an_unknown_record_is_named_with_suggestions(corpus: Client, routes: "list[Route]") -> None:
    tried = set()
    for route, address in lists(corpus, routes):
        for name, (wrong, meant) in MISSPELT.items():
            for parameter in (name, f"exclude_{name}"):
                if parameter in route.names():
                    answer = corpus.get(address, params={parameter: wrong})
                    (error,) = problem_of(answer).errors
                    assert (error.parameter, error.code) == (parameter, "unknown_value"), address
                    assert meant in error.suggestions, (address, parameter, error)
                    tried.add(parameter)
    assert len(tried) == 2 * len(MISSPELT)


def test_numbers_beyond_64_bits_are_refused(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        for parameter in route.parameters:
            if parameter["schema"].get("type") == "integer":
                for value in (BEYOND_64_BITS, f"-{BEYOND_64_BITS}", "9" * 400):
                    ((name, code),) = refused(client, route.path, f"{parameter['name']}={value}")
                    assert name == parameter["name"]
                    assert code in {"out_of_range", "invalid_value"}


def test_external_ids_beyond_64_bits_name_nobody(corpus: Client, routes: "list[Route]") -> None:
    for route, address in lists(corpus, routes):
        for parameter in ("city", "county", "state", "country", "exclude_city"):
            if parameter in route.names():
                scheme = "fips" if parameter == "county" else "geonames"
                asked = [f"{scheme}:{id_}" for id_ in (BEYOND_64_BITS, "9" * 10, "0" * 30)]
                answer = corpus.get(address, params={parameter: asked})
                for error, value in zip(problem_of(answer).errors, asked, strict=True):
                    assert error.parameter == parameter
                    assert value in error.detail


def test_a_range_that_ends_before_it_begins_is_refused(client: Client, routes: "list[Route]") -> None:
    for route in routes:
        if "published_from" in route.names():
            found = refused(client, route.path, "published_from=2021&published_to=2020-12-31")
            assert found == [("published_to", "conflicting_parameters")]


def next_cursor(client: Client, address: str) -> str | None:
    answer = client.get(address, params={"limit": 1})
    assert answer.status_code == 200, answer.text
    following = answer.json()["links"]["next"]
    return None if following is None else re.findall("cursor=([^&]+)", following)[0]


def test_a_cursor_that_was_changed_or_is_another_s_is_refused(corpus: Client, routes: "list[Route]") -> None:
    cursors = {address: next_cursor(corpus, address) for _, address in lists(corpus, routes)}
    given = {address: cursor for address, cursor in cursors.items() if cursor is not None}
    assert len(given) > len(cursors) / 2
    for address, own in given.items():
        assert corpus.get(address, params={"cursor": own}).status_code == 200
        foreign = [cursor for other, cursor in given.items() if other != address]
        changed = [own[:-1], own + "A", own[::-1], own[:9] + ("A" if own[9] != "A" else "B") + own[10:]]
        changed += [own + "=", own[:-1] + ALPHABET[ALPHABET.index(own[-1]) ^ 1]]  # may mean the same bytes
        for wrong in (*foreign, *changed):
            answer = corpus.get(address, params={"cursor": wrong})
            problem = problem_of(answer)
            assert problem.type is ProblemType.INVALID_CURSOR, (address, wrong)
            assert [error.parameter for error in problem.errors] == ["cursor"]


def test_a_cursor_is_bound_to_filters_and_sort(corpus: Client, routes: "list[Route]") -> None:
    for route, address in lists(corpus, routes):
        cursor = next_cursor(corpus, address)
        kind = "place" if route.template.endswith("/entities") else "direct"
        others = {"published_from": "2001", "has": "statement", "q": "city", "kind": kind}
        for name, value in others.items():
            if cursor is not None and name in route.names():
                answer = corpus.get(address, params={"cursor": cursor, name: value})
                assert problem_of(answer).type is ProblemType.INVALID_CURSOR, (address, name)
        default = next(p["schema"]["default"] for p in route.parameters if p["name"] == "sort")
        for sort in route.sorts():
            if cursor is not None and sort != default:
                answer = corpus.get(address, params={"cursor": cursor, "sort": sort})
                assert problem_of(answer).type is ProblemType.INVALID_CURSOR, (address, sort)


def test_merged_records_lead_on(serve: "Serve", corpus_copy_url: str, routes: "list[Route]") -> None:
    client = Client(serve(corpus_copy_url), follow_redirects=False)
    kinds = {
        "speakers": RecordKind.SPEAKER,
        "organizations": RecordKind.ORGANIZATION,
        "cities": RecordKind.CITY,
        "topics": RecordKind.TOPIC,
        "sources": RecordKind.SOURCE,
    }
    targets = {name: client.get(f"/v1/{name}?limit=1").json()["results"][0]["slug"] for name in kinds}
    engine = writing_engine(corpus_copy_url)
    with engine.begin() as connection:
        rows = [
            {"kind": kind, "slug": f"old-{name}", "target": targets[name]} for name, kind in kinds.items()
        ]
        connection.execute(insert(SlugRedirect), rows)
    engine.dispose()
    tried = 0
    for route in routes:
        if "{slug}" in route.template:
            name = route.template.split("/")[2]
            old, new = (route.template.replace("{slug}", slug) for slug in (f"old-{name}", targets[name]))
            query = "?limit=2&kind=direct" if "cursor" in route.names() else ""
            for method in ("GET", "HEAD"):
                moved = client.request(method, old + query, headers={"If-None-Match": "*"})
                assert (moved.status_code, moved.headers["location"]) == (308, new + query)
                assert moved.headers["cache-control"].startswith("public")
            assert client.get(new + query).status_code == 200
            tried += 1
    assert tried > len(kinds)


def test_what_nobody_expected_has_one_shape_and_tells_nothing(
    serve: "Serve", database_url: str, routes: "list[Route]", monkeypatch: pytest.MonkeyPatch
) -> None:
    application: FastAPI = serve(database_url)
    client = Client(application, raise_server_exceptions=False, follow_redirects=False)

    async def read(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("the password is hunter2")

    monkeypatch.setattr(application.state.reader, "read", read)
    for route in routes:
        if route.path.startswith("/v1/") or route.path == "/readyz":
            answer = client.get(route.path, headers={"Origin": "https://frontend.example"})
            assert problem_of(answer).type is ProblemType.INTERNAL
            assert answer.status_code == 500
            assert "hunter2" not in answer.text
            assert answer.headers["access-control-allow-origin"] == "*"
