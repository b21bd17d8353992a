"""The record of the evaluations, and how speakers are told to be the same."""

import json
from pathlib import Path

import pytest

from app.domain.annotation import (
    AnnotatedArticle,
    Attribution,
    AttributionMethod,
    Field,
    MentionRole,
    PlaceMention,
    SpeakerKind,
)
from app.domain.links import LinkedAttribution, SpeakerRecord
from app.domain.span import Span
from evaluation.names import counting, prediction, to_article
from evaluation.news_gold import GoldSpeaker
from evaluation.news_names import is_same
from evaluation.record import NO_FINDER, Results
from evaluation.report import read_goals, table


def test_figures_are_shown_with_the_difference_to_the_recorded_run(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    first = Results(save=True, path=path).add("news", "rules", {"F1": 79.04, "articles": 20})
    again = Results(save=False, path=path).add("news", "rules", {"F1": 80.51, "articles": 20, "more": 1.0})
    assert [line.split() for line in first.splitlines()[1:]] == [
        ["F1", "79.0", "new"],
        ["articles", "20", "new"],
    ]
    assert [line.split() for line in again.splitlines()[1:]] == [
        ["F1", "80.5", "+1.5"],
        ["articles", "20"],
        ["more", "1.0", "new"],
    ]


def test_only_a_run_that_is_to_be_recorded_changes_the_record(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    Results(save=False, path=path).add("news", "rules", {"F1": 79.0})
    assert not path.exists()


def test_recording_one_set_leaves_the_others(tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    Results(save=True, path=path).add("news", "rules", {"F1": 79.0})
    Results(save=True, path=path).add("topics", NO_FINDER, {"F1": 80.0})
    found = json.loads(path.read_text("utf-8"))
    assert found["news"]["rules"]["figures"] == {"F1": 79.0}
    assert found["topics"][NO_FINDER]["figures"] == {"F1": 80.0}


def test_every_place_is_recognised_and_those_of_role_mention_count() -> None:
    found = {"BOSTON": MentionRole.DATELINE, "Chicago": MentionRole.MENTION, "Tampa": MentionRole.NAME_PART}
    text = "BOSTON - Chicago, Tampa Globe, Elm Avenue"
    places = [place(text, name, role=role) for name, role in found.items()]
    places.append(place(text, "Elm Avenue", blocked="a street has no record"))
    article = to_article({"id": "a", "text": text})
    predicted = prediction(AnnotatedArticle(article=article, pipeline_version="", places=tuple(places)))
    assert [one["name"] for one in predicted["places"]] == [*found, "Elm Avenue"]
    assert [one["name"] for one in counting(predicted)["places"]] == ["Chicago"]


def place(
    text: str, name: str, *, role: MentionRole = MentionRole.MENTION, blocked: str | None = None
) -> PlaceMention:
    span = Span(text.index(name), text.index(name) + len(name))
    return PlaceMention(field=Field.TEXT, span=span, text=name, role=role, blocked=blocked)


def attribution(name: str, kind: SpeakerKind) -> LinkedAttribution:
    return LinkedAttribution(
        attribution=Attribution(name=name, kind=kind, method=AttributionMethod.NAME),
        speaker=SpeakerRecord(slug="x", name=name, kind=kind),
    )


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Ana Ortega", "Ana B. Ortega", True),
        ("Ortega", "Ana Ortega", True),
        ("Ana Ortega", "Luis Ortega", False),
    ],
)
def test_a_person_is_told_by_the_words_of_the_name(gold: str, found: str, *, same: bool) -> None:
    speaker = GoldSpeaker(name=gold, kind=SpeakerKind.PERSON)
    assert is_same(speaker, attribution(found, SpeakerKind.PERSON)) is same


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ("Department of Harbors", "The U.S. Harbors Department", True),
        ("Department of Harbors", "DOH", True),
        ("Border Harbor Council", "BHC", True),
        ("Department of Harbors", "Department of Bridges", False),
    ],
)
def test_an_organization_is_told_by_its_words_or_initials(gold: str, found: str, *, same: bool) -> None:
    speaker = GoldSpeaker(name=gold, kind=SpeakerKind.ORGANIZATION)
    assert is_same(speaker, attribution(found, SpeakerKind.ORGANIZATION)) is same


def test_a_person_is_no_organization_of_the_same_name() -> None:
    speaker = GoldSpeaker(name="Ortega", kind=SpeakerKind.PERSON)
    assert not is_same(speaker, attribution("Ortega", SpeakerKind.ORGANIZATION))


def test_a_figure_below_what_is_asked_is_bold_beside_its_goal() -> None:
    runs = {
        finder: {
            "date": "2026-11-28",
            "pipeline": f"1.0.0+{finder}",
            "figures": {"F1": value, "articles": 20},
        }
        for finder, value in (("rules", 70.5), ("encoder", 80.0))
    }
    assert table("news", runs, {("news", "F1"): ("79", "83")}).splitlines()[-4:] == [
        "| | rules | encoder | at least | aim |",
        "|---|---|---|---|---|",
        "| F1 | **70.5** | 80.0 | 79 | 83 |",
        "| articles | 20 | 20 |  |  |",
    ]


def test_every_goal_is_at_least_what_is_asked_and_aimed_at() -> None:
    for least, aim in read_goals().values():
        assert 0 < float(least) <= float(aim)
