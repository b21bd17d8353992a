"""What people decided about a statement: its own corrections, and those of who its speakers are."""

from typing import Any

import pytest

from tests.api.routers.conftest import Ask
from tests.client import Client
from tests.queries.decisions import key_of


def history(ask: Ask, statement: str) -> dict[str, Any]:
    return ask(f"/statements/{key_of(statement)}/history")


@pytest.mark.parametrize(
    ("statement", "review", "decisions"),
    [
        ("feb15/0", "confirmed", [4, 3, 2]),
        ("feb15/1", "retracted", [5]),
        ("march/0", "corrected", [7, 6, 1]),
        ("undated/0", "unreviewed", [11]),
        ("feb14/0", "unreviewed", [12]),
        ("feb14/1", "unreviewed", []),
        ("county/1", "unreviewed", []),
    ],
)
def test_the_newest_first(ask: Ask, statement: str, review: str, decisions: list[int]) -> None:
    found = history(ask, statement)
    assert (found["key"], found["review"], found["has_older"]) == (key_of(statement), review, False)
    assert [one["key"] for one in found["corrections"]] == [f"decision{number}" for number in decisions]


def test_who_when_why_and_how_it_stood(ask: Ask) -> None:
    undone, split, told = history(ask, "march/0")["corrections"]
    unknown = dict.fromkeys(("title", "affiliation", "organization", "party", "state"))
    ortega = {"slug": "ana-ortega", "name": "Ana Ortega", "kind": "person", **unknown}
    ortega |= {"role_category": "unknown", "method": "name"}
    diaz = {
        "slug": "ben-diaz",
        "name": "Ben Díaz",
        "kind": "person",
        "title": "director",
        "affiliation": "Harbor Rights Council",
        "organization": "harbor-rights-council",
        "party": "republican",
        "state": "MA",
        "role_category": "advocacy",
        "method": "correction",
    }
    assert told == {
        "key": "decision1",
        "made_at": "2024-06-01T10:00:00Z",
        "made_by": "Iris Vale",
        "reason": "reason 1",
        "of": "statement",
        "action": "speaker",
        "before": {"review": "unreviewed", "speakers": [ortega], "record": None},
        "after": {"review": "corrected", "speakers": [ortega, diaz], "record": None},
    }
    was: dict[str, Any] = {"review": None, "speakers": [], "record": {"slug": "bo-diaz", "name": "Bo-Diaz"}}
    now: dict[str, Any] = {"review": None, "speakers": [], "record": {"slug": "ben-diaz", "name": "Ben-Diaz"}}
    assert (split["of"], split["action"], split["before"], split["after"]) == ("speaker", "split", was, now)
    assert (undone["action"], undone["before"], undone["after"]) == ("undo", was, None)


def test_what_is_too_much_is_told(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    for most, has_older in ((2, True), (3, False)):
        monkeypatch.setattr("app.api.details.MOST_CORRECTIONS", most)
        found = history(ask, "feb15/0")
        assert [one["key"] for one in found["corrections"]] == ["decision4", "decision3", "decision2"][:most]
        assert found["has_older"] is has_older


def test_a_statement_that_is_not_there_and_one_that_was_withdrawn(client: Client) -> None:
    absent, gone = (client.get(f"/v1/statements/{key}/history") for key in ("nobody", "vanished"))
    assert (absent.status_code, absent.json()["type"]) == (404, "/problems/not-found")
    assert (gone.status_code, gone.json()["type"]) == (410, "/problems/gone")
    assert "the words no longer stand in the article" in gone.json()["detail"]


def test_who_has_it_already_is_told_so(client: Client) -> None:
    path = f"/v1/statements/{key_of('feb15/0')}/history"
    tag = client.get(path).headers["etag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_retracted_is_listed_and_in_nobody_s_counts(ask: Ask) -> None:
    retracted = ask("/statements?review=retracted")["results"]
    assert [(one["key"], one["review"], one["speakers"]) for one in retracted] == [
        (key_of("feb15/1"), "retracted", [])
    ]
    for ranked in ("/speakers", "/articles/feb15/statements"):
        answer = ask(f"{ranked}?review=retracted")
        assert answer["results"] == ([] if ranked == "/speakers" else retracted)
    every = ask("/speakers")["results"]
    assert every == [
        {**one, "share": every[place]["share"]}
        for place, one in enumerate(ask("/speakers?exclude_review=retracted")["results"])
    ]
    assert ask("/organizations/border-works-agency/statements?review=retracted")["results"] == []
