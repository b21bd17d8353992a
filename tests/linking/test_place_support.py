import math

import pytest

from app.domain.annotation import PlaceKind
from app.domain.links import GazetteerPlace
from app.linking.containers import Container
from app.linking.place_support import NO_SUPPORT, Expected, support_of


def city(name: str, state: str, *, latitude: float | None = 40.0) -> GazetteerPlace:
    return GazetteerPlace(
        slug=f"{name}-{state}".lower(),
        kind=PlaceKind.CITY,
        name=name,
        country="US",
        state=state,
        latitude=latitude,
        longitude=-80.0,
    )


IOWA = Container("US", state="IA")


def test_likely_places_of_other_names_are_near() -> None:
    support = support_of(
        [Expected("elm", city("Elm", "OH"), 0.5), Expected("ash", city("Ash", "OH"), 0.9)], {}
    )
    found = support.of(city("Elm", "OH"), "elm")
    assert found["near"] == found["in_region"] == pytest.approx(math.log1p(0.9))


@pytest.mark.parametrize(
    "other",
    [
        Expected("elm", city("Elm", "OH"), 0.9),
        Expected("ash", city("Ash", "OH"), 0.01),
        Expected("ash", city("Ash", "OH", latitude=50.0), 0.9),
        Expected("ash", city("Ash", "OH", latitude=None), 0.9),
    ],
)
def test_the_name_itself_the_unlikely_and_the_far_are_not_near(other: Expected) -> None:
    assert support_of([other], {}).of(city("Elm", "OH"), "elm")["near"] == 0


def test_home_is_the_state_in_which_the_other_names_lie() -> None:
    expected = [
        Expected("elm", city("Elm", "OH"), 0.4),
        Expected("elm", city("Elm", "IA"), 0.5),
        Expected("ash", city("Ash", "OH"), 0.9),
    ]
    support = support_of(expected, {})
    ohio, iowa = support.of(city("Elm", "OH"), "elm"), support.of(city("Elm", "IA"), "elm")
    assert ohio["not_home"] == 0
    assert iowa["not_home"] < 0
    assert ohio["home"] > 0.9 > iowa["home"]


def test_a_state_that_is_named_is_likelier_home() -> None:
    expected = [Expected("elm", city("Elm", state), 0.4) for state in ("OH", "IA")]
    support = support_of(expected, {IOWA: 3.0})
    assert support.of(city("Elm", "IA"), "elm")["home"] > support.of(city("Elm", "OH"), "elm")["home"]


def test_nothing_supports_a_name_that_stands_alone() -> None:
    assert set(NO_SUPPORT.of(city("Elm", "OH"), "elm").values()) == {0.0}
