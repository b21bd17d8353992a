"""For every filter rows that match and rows that do not, on articles and on statements."""

from typing import Any

import pytest

from app.api.parameters import ArticlesQuery
from app.queries.filters import FILTERS
from app.storage.statement_keys import folded_words, statement_keys
from tests.api.routers.conftest import Ask
from tests.queries.stories import BOATS, KEYS, STORIES

ALL = set(KEYS)
SAID = {f"{story.key}/{n}" for story in STORIES for n in range(len(story.says))}
IN_BOSTON = {"feb14", "feb15", "undated"}
ON_DOCKS = {"feb14", "feb15", "leap"}  # or on piers, which are a part of them
ON_TOLLS = {"feb14", "county"}
IN_CHICAGO = {"feb15", "march"}
BY_ORTEGA = {"feb14/0", "march/0", "undated/0", "joined/0", "joined/1"}
BY_DIAZ = {"feb15/0", "march/0", "county/1"}
NOT_DIRECT = {"march/0", "feb14/1", "feb15/1", "county/0", "county/1"}
BY_AGENCY = {"feb14/1", "joined/0"}
REVIEWED = {"feb15/0", "feb15/1", "march/0", "county/0"}
SAID_SO = {"feb14/0", "march/0", "undated/0", "joined/0", "joined/1"}


ONE_STORY = {"feb14", "march", "undated"}
(BOATS_KEY,), (REPORTED_KEY,) = (statement_keys(key, [folded_words(BOATS)]) for key in ("feb14", "county"))


def statement_id(statement: dict[str, Any]) -> str:
    return f"{statement['article']['key']}/{statement['text'].rpartition(' ')[2]}"


def articles(answer: dict[str, Any]) -> set[str]:
    found = [article["key"] for article in answer["results"]]
    assert len(found) == len(set(found)) == answer["meta"]["total"]["value"]
    return set(found)


def statements(answer: dict[str, Any]) -> set[str]:
    found = [statement_id(statement) for statement in answer["results"]]
    assert len(found) == len(set(found)) == answer["meta"]["total"]["value"]
    return set(found)


def of(*keys: str) -> set[str]:
    """Return all statements of these articles."""
    return {statement for statement in SAID if statement.partition("/")[0] in keys}


CASES: list[tuple[str, set[str], set[str]]] = [
    ("", ALL, SAID),
    # places: only mentions that count
    ("city=boston-ma", IN_BOSTON, of(*IN_BOSTON)),
    ("city=Boston", IN_BOSTON, of(*IN_BOSTON)),
    ("city=beantown", IN_BOSTON, of(*IN_BOSTON)),
    ("city=geonames:4930956", IN_BOSTON, of(*IN_BOSTON)),
    ("city=san jose", {"joined"}, of("joined")),
    ("city=Springfield", {"springfields"}, set()),
    ("city=denver-co", set(), set()),
    ("city=boston-ma&city=chicago-il", IN_BOSTON | IN_CHICAGO, of(*IN_BOSTON, *IN_CHICAGO)),
    ("city=boston-ma&city=boston-ma", IN_BOSTON, of(*IN_BOSTON)),
    ("city=boston-ma&city=chicago-il&city_match=all", {"feb15"}, of("feb15")),
    ("city=Springfield&city=boston-ma&city_match=all", set(), set()),
    ("exclude_city=boston-ma", ALL - IN_BOSTON, SAID - of(*IN_BOSTON)),
    ("city=boston-ma&exclude_city=chicago-il", {"feb14", "undated"}, of("feb14", "undated")),
    ("exclude_city=boston-ma&exclude_city=Chicago", ALL - IN_BOSTON - IN_CHICAGO, of("county", "joined")),
    ("county=suffolk-county-ma", {"county"}, of("county")),
    ("county=fips:25025", {"county"}, of("county")),
    ("county=Suffolk County&county_match=all", {"county"}, of("county")),
    ("exclude_county=suffolk-county-ma", ALL - {"county"}, SAID - of("county")),
    ("state=MA", {"leap"}, set()),
    ("state=massachusetts", {"leap"}, set()),
    ("state=Massachusetts&state=IL", {"leap"}, set()),
    ("state=MA&state=IL&state_match=all", set(), set()),
    ("state=geonames:6254926", {"leap"}, set()),
    ("exclude_state=ma", ALL - {"leap"}, SAID),
    ("country=FR", {"leap"}, set()),
    ("country=France&state=MA", {"leap"}, set()),
    ("country=france&country_match=all", {"leap"}, set()),
    ("exclude_country=FR", ALL - {"leap"}, SAID),
    # organizations: the default relation differs
    ("organization=border-works-agency", {"feb14", "feb15"}, BY_AGENCY | {"county/1"}),
    ("organization=BWA", {"feb14", "feb15"}, BY_AGENCY | {"county/1"}),
    ("organization=bwa&organization_relation=mentioned", {"feb14", "feb15"}, of("feb14", "feb15")),
    ("organization=bwa&organization_relation=speaker", {"feb14", "joined"}, BY_AGENCY),
    ("organization=bwa&organization_relation=affiliation", {"county"}, {"county/1"}),
    (
        "organization=bwa&organization_relation=mentioned&organization_relation=affiliation",
        {"feb14", "feb15", "county"},
        of("feb14", "feb15") | {"county/1"},
    ),
    ("organization=works-office", {"feb14", "feb15"}, BY_AGENCY | {"county/1"}),
    ("organization=works-office&organization_relation=affiliation", {"county"}, {"county/1"}),
    ("speaker=works-desk", {"feb14", "joined"}, BY_AGENCY),
    ("exclude_speaker=works-desk", ALL - {"feb14", "joined"}, SAID - BY_AGENCY),
    ("organization=hrc", {"leap"}, {"feb14/0", "march/0"}),
    ("organization=bwa&organization=hrc&organization_match=all", set(), set()),
    ("organization=bwa&organization=inspection-bureau&organization_match=all", {"feb15"}, set()),
    ("organization=inspection-bureau", {"feb15"}, set()),
    ("exclude_organization=bwa", ALL - {"feb14", "feb15"}, SAID - BY_AGENCY - {"county/1"}),
    (
        "exclude_organization=bwa&organization_relation=speaker",
        ALL - {"feb14", "joined"},
        SAID - BY_AGENCY,
    ),
    # speakers
    ("speaker=ana-ortega", {"feb14", "march", "undated", "joined"}, BY_ORTEGA),
    ("speaker=Anita Ortega", {"feb14", "march", "undated", "joined"}, BY_ORTEGA),
    ("speaker=anna-ortega", {"feb14", "march", "undated", "joined"}, BY_ORTEGA),
    ("speaker=ben diaz", {"feb15", "march", "county"}, BY_DIAZ),
    ("speaker=ben-diaz&speaker=bwa", {"feb15", "march", "county", "feb14", "joined"}, BY_DIAZ | BY_AGENCY),
    ("speaker=ana-ortega&speaker=ben-diaz&speaker_match=all", {"march"}, {"march/0"}),
    ("exclude_speaker=ana-ortega", ALL - {"feb14", "march", "undated", "joined"}, SAID - BY_ORTEGA),
    ("speaker=ana-ortega&exclude_speaker=ben-diaz", {"feb14", "undated", "joined"}, BY_ORTEGA - {"march/0"}),
    ("speaker_kind=organization", {"feb14", "joined"}, BY_AGENCY),
    (
        "speaker_kind=person",
        {"feb14", "feb15", "march", "undated", "county", "joined"},
        BY_ORTEGA | BY_DIAZ,
    ),
    ("speaker=bioguide:O000001", {"feb14", "march", "undated", "joined"}, BY_ORTEGA),
    ("speaker=bioguide:o000001", {"feb14", "march", "undated", "joined"}, BY_ORTEGA),
    ("speaker=wikidata:Q4930956", {"feb14", "march", "undated", "joined"}, BY_ORTEGA),
    ("party=democratic", {"feb14", "march", "undated", "joined"}, BY_ORTEGA),
    (
        "party=democratic&party=republican",
        {"feb14", "feb15", "march", "undated", "county", "joined"},
        BY_ORTEGA | BY_DIAZ,
    ),
    ("party=independent", set(), set()),
    ("exclude_party=republican", ALL - {"feb15", "march", "county"}, SAID - BY_DIAZ),
    ("party=democratic&kind=mixed", {"march"}, {"march/0"}),
    ("role_category=federal_government", {"feb14", "joined"}, BY_AGENCY),
    ("role_category=local_government&party=republican", {"feb15", "march", "county"}, BY_DIAZ),
    ("exclude_role_category=legislator", ALL - {"feb14", "march", "undated", "joined"}, SAID - BY_ORTEGA),
    ("exclude_speaker_kind=organization", ALL - {"feb14", "joined"}, SAID - BY_AGENCY),
    ("kind=mixed", {"march"}, {"march/0"}),
    (
        "kind=mixed&kind=indirect",
        {"march", "feb14", "feb15", "county"},
        NOT_DIRECT,
    ),
    (
        "exclude_kind=direct",
        {"march", "springfields", "leap", "county"},
        NOT_DIRECT,
    ),
    # the reporting words: a word of them or all of them
    ("cue=said", {"feb14", "march", "undated", "county", "joined"}, SAID_SO | {"county/0"}),
    ("cue=SAID!", {"feb14", "march", "undated", "county", "joined"}, SAID_SO | {"county/0"}),
    ("cue=has said", {"county"}, {"county/0"}),
    ("cue=said has", set(), set()),
    ("cue=according to", {"feb15"}, {"feb15/1"}),
    ("cue=letter", {"feb14"}, {"feb14/1"}),
    ("cue=wrote in", set(), set()),
    ("cue=wrote in a letter", {"feb14"}, {"feb14/1"}),
    ("cue=hoping", {"county"}, {"county/1"}),
    ("cue=whispered", set(), set()),
    ("cue=hope&cue=letters", {"county", "feb14"}, {"county/1", "feb14/1"}),
    ("cue=wrote&cue=letter", {"feb14"}, {"feb14/1"}),
    ("exclude_cue=said", {"feb15", "springfields", "leap"}, SAID - SAID_SO - {"county/0"}),
    ("cue=said&exclude_cue=has", {"feb14", "march", "undated", "joined"}, SAID_SO),
    ("cue_class=writing", {"feb14"}, {"feb14/1"}),
    ("cue_class=writing&cue_class=intent", {"feb14", "county"}, {"feb14/1", "county/1"}),
    ("cue_class=belief", set(), set()),
    (
        "exclude_cue_class=speech",
        {"springfields", "leap"},
        {"feb14/1", "county/1"},
    ),
    ("exclude_cue_class=writing&has=statement", ALL - {"feb14", "springfields", "leap"}, SAID - {"feb14/1"}),
    # what people found who looked at it
    ("review=unreviewed", {"feb14", "undated", "county", "joined"}, SAID - REVIEWED),
    ("review=confirmed", {"feb15", "county"}, {"feb15/0", "county/0"}),
    ("review=corrected", {"march"}, {"march/0"}),
    ("review=retracted", {"feb15"}, {"feb15/1"}),
    ("review=confirmed&review=corrected", {"feb15", "march", "county"}, REVIEWED - {"feb15/1"}),
    (
        "review=unreviewed&review=confirmed&review=corrected",
        ALL - {"springfields", "leap"},
        SAID - {"feb15/1"},
    ),
    ("exclude_review=retracted", ALL - {"feb15"}, SAID - {"feb15/1"}),
    ("exclude_review=unreviewed", {"feb15", "march", "springfields", "leap"}, REVIEWED),
    ("exclude_review=unreviewed&exclude_review=confirmed&kind=indirect", set(), {"feb15/1"}),
    (
        "exclude_review=unreviewed&exclude_review=confirmed&exclude_review=corrected&exclude_review=retracted",
        {"springfields", "leap"},
        set(),
    ),
    ("review=retracted&has=speaker", set(), set()),
    ("review=confirmed&city=chicago-il&source=harbor-herald", {"feb15"}, {"feb15/0"}),
    ("review=confirmed&kind=indirect", {"county"}, {"county/0"}),
    ("review=confirmed&speaker=ben-diaz", {"feb15"}, {"feb15/0"}),
    ("review=confirmed&q=sanctuary", {"feb15"}, {"feb15/0"}),
    ("review=unreviewed&cue=said&article=county", set(), set()),
    # how sure it is
    ("min_confidence=0", ALL - {"springfields", "leap"}, SAID),
    ("min_confidence=0.75", ALL - {"springfields", "leap", "county"}, SAID - {"feb14/1"} - of("county")),
    ("min_confidence=0.8", {"feb15"}, of("feb15")),
    ("min_confidence=9e-1", {"feb15"}, of("feb15")),
    ("min_confidence=1", {"feb15"}, {"feb15/0"}),
    ("min_confidence=0.25&city=boston-ma", IN_BOSTON, of(*IN_BOSTON)),
    # one and the same statement
    ("cue=said&min_confidence=0.5&article=county", set(), set()),
    ("speaker=ben-diaz&min_confidence=0.8", {"feb15"}, {"feb15/0"}),
    ("speaker=ben-diaz&cue=said", {"march"}, {"march/0"}),
    ("speaker=ana-ortega&cue_class=writing", set(), set()),
    ("speaker=bwa&cue_class=writing&cue=letter&kind=indirect&min_confidence=0.5", {"feb14"}, {"feb14/1"}),
    ("speaker=bwa&cue_class=writing&cue=letter&kind=indirect&min_confidence=0.6", set(), set()),
    ("kind=direct&cue_class=writing", set(), set()),
    ("min_confidence=0.9&cue=according", {"feb15"}, {"feb15/1"}),
    ("min_confidence=0.95&cue=according", set(), set()),
    ("min_confidence=0.8&city=chicago-il&source=harbor-herald", {"feb15"}, of("feb15")),
    ("speaker=ana-ortega&kind=indirect", set(), set()),
    ("speaker=ana-ortega&kind=direct", {"feb14", "undated", "joined"}, BY_ORTEGA - {"march/0"}),
    ("kind=indirect&speaker_kind=organization", {"feb14"}, {"feb14/1"}),
    ("kind=indirect&has=speaker", {"feb14", "county"}, {"feb14/1", "county/1"}),
    ("speaker=ana-ortega&speaker_kind=organization", {"joined"}, {"joined/0"}),
    ("city=chicago-il&speaker=ben-diaz&kind=direct", {"feb15"}, {"feb15/0"}),
    # what is there at all
    (
        "has=speaker",
        {"feb14", "feb15", "march", "undated", "county", "joined"},
        BY_ORTEGA | BY_DIAZ | BY_AGENCY,
    ),
    ("has=city", IN_BOSTON | IN_CHICAGO | {"springfields", "joined"}, SAID - of("county")),
    ("has=statement", ALL - {"springfields", "leap"}, SAID),
    ("has=speaker&has=city", ALL - {"leap"}, SAID - {"county/0"}),
    (
        "has=speaker&has=city&has_match=all",
        {"feb14", "feb15", "march", "undated", "joined"},
        SAID - of("county") - {"feb15/1"},
    ),
    ("has=city&has=speaker&kind=indirect", {"feb14", "feb15", "county"}, {"feb14/1", "feb15/1", "county/1"}),
    ("exclude_has=speaker", {"springfields", "leap"}, {"feb15/1", "county/0"}),
    ("exclude_has=statement", {"springfields", "leap"}, set()),
    ("exclude_has=city", {"leap", "county"}, of("county")),
    # topics: a broader one selects what the narrower ones do
    ("topic=docks", ON_DOCKS, of(*ON_DOCKS)),
    ("topic=Piers", {"feb14", "feb15"}, of("feb14", "feb15")),
    ("topic=bridge TOLLS", ON_TOLLS, of(*ON_TOLLS)),
    ("topic=slipways", set(), set()),
    ("topic=piers&topic=tolls", {"feb14", "feb15", "county"}, of("feb14", "feb15", "county")),
    ("topic=docks&topic=tolls&topic_match=all", {"feb14"}, of("feb14")),
    ("exclude_topic=docks", ALL - ON_DOCKS, SAID - of(*ON_DOCKS)),
    ("topic=docks&exclude_topic=tolls", {"feb15", "leap"}, of("feb15")),
    ("topic=tolls&speaker=ben-diaz", {"county"}, {"county/1"}),
    ("has=topic", ON_DOCKS | ON_TOLLS, of(*ON_DOCKS, *ON_TOLLS)),
    ("exclude_has=topic", ALL - ON_DOCKS - ON_TOLLS, SAID - of(*ON_DOCKS, *ON_TOLLS)),
    # the article itself
    ("source=prairie-post", {"springfields", "leap", "joined"}, of("joined")),
    (
        "source=harbor herald",
        {"feb14", "feb15", "march", "undated"},
        of("feb14", "feb15", "march", "undated"),
    ),
    ("source=harbor-herald&source=prairie-post", ALL - {"county"}, SAID - of("county")),
    ("exclude_source=prairie-post", ALL - {"springfields", "leap", "joined"}, SAID - of("joined")),
    ("article=feb14", {"feb14"}, of("feb14")),
    ("article=feb14&article=leap", {"feb14", "leap"}, of("feb14")),
    ("exclude_article=feb14", ALL - {"feb14"}, SAID - of("feb14")),
    # copies of one text, named by whichever of them
    ("story=feb14", ONE_STORY, of(*ONE_STORY)),
    ("story=undated", ONE_STORY, of(*ONE_STORY)),
    ("story=leap&story=march", {"leap", *ONE_STORY}, of(*ONE_STORY)),
    ("story=march&city=boston-ma", {"feb14", "undated"}, of("feb14", "undated")),
    ("exclude_story=march", ALL - ONE_STORY, SAID - of(*ONE_STORY)),
    ("collapse=story", ALL - {"march", "undated"}, SAID - of("march", "undated")),
    ("collapse=story&city=chicago-il", IN_CHICAGO, of(*IN_CHICAGO)),
    ("collapse=story&city=boston-ma", {"feb14", "feb15"}, of("feb14", "feb15")),
    ("collapse=story&story=march&exclude_article=feb14", {"march"}, of("march")),
    ("collapse=story&source=harbor-herald", {"feb14", "feb15"}, of("feb14", "feb15")),
    ("collapse=story&speaker=ben-diaz", {"feb15", "march", "county"}, BY_DIAZ),
    ("collapse=story&speaker=ana-ortega", {"feb14", "joined"}, BY_ORTEGA - of("march", "undated")),
    ("collapse=story&q=council", {"feb15", "march", "leap"}, of("feb15", "march")),
    ("collapse=story&q=sanctuary -policy", {"feb14"}, of("feb14")),
    ("collapse=story&q=sanctuary -wait", {"march"}, of("march")),
    ("collapse=story&q=council -tactical", {"feb15", "march"}, of("feb15", "march")),
    (
        "collapse=story&published_from=2020-02-20",
        ALL - {"feb14", "feb15", "undated"},
        of("march", "county", "joined"),
    ),
    ("collapse=story&kind=mixed&speaker=ana-ortega", {"march"}, {"march/0"}),
    # the words of a quotation, wherever it is printed
    (f"quotation={BOATS_KEY}", {"feb14", "march", "joined"}, {"feb14/0", "march/0", "joined/0"}),
    (f"quotation={BOATS_KEY}&kind=mixed", {"march"}, {"march/0"}),
    (f"quotation={REPORTED_KEY}", set(), set()),
    (
        f"exclude_quotation={BOATS_KEY}",
        ALL - {"feb14", "march", "joined"},
        SAID - {"feb14/0", "march/0", "joined/0"},
    ),
    # dates: inclusive at the precision given, undated articles never
    ("published_from=2021", {"springfields", "county", "joined"}, of("county", "joined")),
    ("published_from=2020-02-29", ALL - {"feb14", "feb15", "undated"}, of("march", "county", "joined")),
    ("published_to=2020-02", {"feb14", "feb15", "leap"}, of("feb14", "feb15")),
    ("published_to=2020-02-15", {"feb14", "feb15"}, of("feb14", "feb15")),
    ("published_to=2020-02-15T10:30:05Z", {"feb14", "feb15"}, of("feb14", "feb15")),
    ("published_to=2020-02-15T10:30:04Z", {"feb14"}, of("feb14")),
    ("published_to=2020-02-15T10:30Z", {"feb14", "feb15"}, of("feb14", "feb15")),
    ("published_from=2020-02-15T10:30:05Z&published_to=2020-02", {"feb15", "leap"}, of("feb15")),
    ("published_from=2020-02-15T05:30:06-05:00&published_to=2020-02", {"leap"}, set()),
    ("published_from=2023&published_to=2023", {"joined"}, of("joined")),
    ("published_from=1700", ALL - {"undated"}, SAID - of("undated")),
    ("published_to=1899", set(), set()),
    ("published_from=2200", set(), set()),
    # words
    ("q=sanctuary", {"feb14", "feb15", "march"}, of("feb14", "feb15", "march")),
    ("q=SANCTUARIES waiting", {"feb14", "feb15"}, of("feb14", "feb15")),
    ('q="city council"', {"feb15"}, of("feb15")),
    ("q=council city", {"feb15", "march"}, of("feb15", "march")),
    ("q=naive", {"march"}, of("march")),
    ("q=sanctuary -policy", {"feb14", "march"}, of("feb14", "march")),
    ('q=sanctuary -"city council"', {"feb14", "march"}, of("feb14", "march")),
    (
        "q=-sanctuary",
        {"springfields", "undated", "leap", "county", "joined"},
        of("undated", "county", "joined"),
    ),
    ("q=obriens", {"county"}, of("county")),
    ('q="city council', {"feb15"}, of("feb15")),
    ("q=AND NEAR(", set(), set()),
    ("q=sanctuary* ^ : {", {"feb14", "feb15", "march"}, of("feb14", "feb15", "march")),
    ("city=boston-ma&q=sanctuary&published_from=2020-02-15", {"feb15"}, of("feb15")),
]


@pytest.mark.parametrize(
    ("query", "selected", "said"), CASES, ids=[query or "nothing" for query, *_ in CASES]
)
def test_a_filter_selects(ask: Ask, query: str, selected: set[str], said: set[str]) -> None:
    assert articles(ask(f"/articles?{query}")) == selected
    assert statements(ask(f"/statements?{query}")) == said


def test_every_filter_has_rows_that_match_and_rows_that_do_not() -> None:
    names = {part.partition("=")[0] for query, *_ in CASES for part in query.split("&")}
    assert {*FILTERS, "q", "published_from", "published_to"} <= names
    assert {name for name in ArticlesQuery.model_fields if name.startswith("exclude_")} <= names
    assert {f"exclude_{name}" for name in FILTERS} - names == {"exclude_min_confidence"}


NESTED = [
    ("/cities/boston-ma/articles", "/articles?city=boston-ma"),
    (
        "/cities/boston-ma/articles?exclude_city=chicago-il",
        "/articles?city=boston-ma&exclude_city=chicago-il",
    ),
    ("/cities/boston-ma/speakers?kind=direct", "/speakers?city=boston-ma&kind=direct"),
    ("/cities/boston-ma/organizations", "/organizations?city=boston-ma"),
    ("/topics/docks/articles?exclude_topic=tolls", "/articles?topic=docks&exclude_topic=tolls"),
    ("/topics/tolls/statements", "/statements?topic=tolls"),
    ("/topics/piers/speakers?kind=direct", "/speakers?topic=piers&kind=direct"),
    ("/organizations/border-works-agency/articles", "/articles?organization=border-works-agency"),
    (
        "/organizations/border-works-agency/articles?organization_relation=speaker",
        "/articles?organization=border-works-agency&organization_relation=speaker",
    ),
    ("/organizations/border-works-agency/statements", "/statements?organization=border-works-agency"),
    ("/organizations/border-works-agency/speakers", "/speakers?organization=border-works-agency"),
    ("/speakers/ana-ortega/statements?kind=mixed", "/statements?speaker=ana-ortega&kind=mixed"),
    ("/articles/joined/statements", "/statements?article=joined&sort=published_at"),
    (f"/statements/{BOATS_KEY}/occurrences", f"/statements?quotation={BOATS_KEY}"),
    (
        f"/statements/{BOATS_KEY}/occurrences?exclude_article=feb14",
        f"/statements?quotation={BOATS_KEY}&exclude_article=feb14",
    ),
]


@pytest.mark.parametrize(("nested", "flat"), NESTED)
def test_a_nested_path_is_the_flat_list_with_one_filter_preset(ask: Ask, nested: str, flat: str) -> None:
    below, above = ask(nested), ask(flat)
    assert below["results"] == above["results"] != []
    assert below["meta"]["total"] == above["meta"]["total"]
    echoed = {name: value for name, value in above["meta"]["query"].items() if not name.endswith("_match")}
    assert below["meta"]["query"] == echoed
