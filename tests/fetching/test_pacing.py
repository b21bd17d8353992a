from datetime import UTC, datetime

import pytest

from app.fetching.errors import NotFetched
from app.fetching.pacing import Pace, asked_to_wait
from tests.fetching.web_site import Clock

NOW = datetime(2023, 5, 1, 12, 0, 0, tzinfo=UTC)


def test_each_site_has_its_own_turn(clock: Clock) -> None:
    pace = Pace(clock=clock, sleep=clock.sleep)
    pace.wait("a.example")
    pace.hold("a.example", 2)
    pace.wait("b.example")
    assert clock.waited == 0
    pace.wait("a.example")
    assert clock.waited == 2


def test_the_longest_hold_counts(clock: Clock) -> None:
    pace = Pace(clock=clock, sleep=clock.sleep)
    pace.hold("a.example", 30)
    pace.hold("a.example", 2)
    pace.wait("a.example")
    assert clock.waited == 30


def test_a_site_that_wants_a_long_rest_is_given_up(clock: Clock) -> None:
    pace = Pace(clock=clock, sleep=clock.sleep)
    pace.hold("a.example", 3_600)
    with pytest.raises(NotFetched, match="no request for the next 3600 seconds"):
        pace.wait("a.example")
    assert clock.waited == 0


def test_waiting_ends_when_the_run_is_to_end(clock: Clock) -> None:
    pace = Pace(clock=clock, sleep=clock.sleep, stop=lambda: clock.waited >= 1)
    pace.hold("a.example", 60)
    with pytest.raises(NotFetched, match="stopped"):
        pace.wait("a.example")
    assert clock.waited < 2


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ("7", 7),
        (" 0 ", 0),
        ("Mon, 01 May 2023 12:00:30 GMT", 30),
        ("Mon, 01 May 2023 11:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("²", None),
        ("", None),
    ],
)
def test_how_long_an_answer_wants_us_to_wait(given: str, seconds: float | None) -> None:
    assert asked_to_wait({"Retry-After": given}, now=NOW) == seconds
