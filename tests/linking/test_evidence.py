import pytest

from app.linking.article import Indexes
from app.linking.containers import Container, lies_in, read_container
from app.linking.evidence import named_containers

OHIO, GEORGIA, MEXICO = Container("US", "OH"), Container("US", "GA"), Container("MX")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Ana Ortega left Ohio for Mexico.", {OHIO: 1, MEXICO: 1}),
        ("A Mexican court heard Ortega.", {MEXICO: 1}),
        ("Police in Lima, OH, and in Dayton, Ohio", {OHIO: 2}),
        ("He was born in Tampa, Fla.", {Container("US", "FL"): 1}),
        ("Ortega left Kansas City for Ohio.", {OHIO: 1}),
        ("The Richmond, Va.-based court and an Ohio-based one", {Container("US", "VA"): 1, OHIO: 1}),
        ("OR ELSE, IN ME", {}),
        ("Miss Ortega was ill.", {}),
        ("New York and Washington agreed.", {}),
        ("Georgia", {GEORGIA: 0.5, Container("GE"): 0.5}),
        ("Lima is in the Middle East of nothing.", {}),
        ("Trains from Ontario", {Container("CA", region="08"): 1}),
    ],
)
def test_states_and_countries_that_a_text_names(
    indexes: Indexes, text: str, named: dict[Container, float]
) -> None:
    assert named_containers(text, gazetteer=indexes.gazetteer) == named


@pytest.mark.parametrize(
    ("words", "containers"),
    [
        ("Ill.", {Container("US", "IL")}),
        ("Texas", {Container("US", "TX")}),
        ("Georgia", {GEORGIA, Container("GE")}),
        ("Ontario", {Container("CA", region="08")}),
        ("England", {Container("GB", region="ENG")}),
        ("D.C.", {Container("US", "DC")}),
        ("Ortega", set()),
        ("Europe", set()),
    ],
)
def test_what_the_words_behind_a_city_say(indexes: Indexes, words: str, containers: set[Container]) -> None:
    assert read_container(words, gazetteer=indexes.gazetteer) == containers


def test_a_city_lies_in_its_state_country_and_province(indexes: Indexes) -> None:
    toronto = next(c for c in indexes.gazetteer.candidates("Toronto") if c.place.country == "CA")
    assert lies_in(toronto, Container("CA"))
    assert lies_in(toronto, Container("CA", region="08"))
    assert not lies_in(toronto, Container("CA", region="10"))
    assert not lies_in(toronto, OHIO)
