import pytest

from app.fetching.errors import NotFetched, failed
from app.fetching.exchange import Answer
from app.fetching.robots import Robots
from tests.fetching.web_site import Clock

ORIGIN = "http://herald.example"


def test_rules_are_asked_for_once_a_day_and_after_trouble_sooner(clock: Clock) -> None:
    answers = [
        Answer(200, {}, b"User-agent: *\nDisallow: /"),
        Answer(503, {}, b""),
        Answer(404, {}, b""),
    ]
    robots = Robots(lambda _: answers.pop(0), clock=clock)
    for seconds, words in ((0, "not allow"), (86_000, "not allow"), (500, "answered 503"), (200, "503")):
        clock.now += seconds
        with pytest.raises(NotFetched, match=words):
            robots.require(f"{ORIGIN}/a", ORIGIN)
    clock.now += 200
    assert robots.require(f"{ORIGIN}/a", ORIGIN) == 0
    assert answers == []


def test_each_origin_has_its_own(clock: Clock) -> None:
    asked: list[str] = []

    def get(url: str) -> Answer:
        asked.append(url)
        if url.startswith("https"):
            raise failed("no connection")
        return Answer(200, {}, b"User-agent: *\nCrawl-delay: 3\nDisallow: /b")

    robots = Robots(get, clock=clock)
    assert robots.require(f"{ORIGIN}/a", ORIGIN) == 3
    with pytest.raises(NotFetched, match="no connection"):
        robots.require("https://herald.example/a", "https://herald.example")
    assert asked == [f"{ORIGIN}/robots.txt", "https://herald.example/robots.txt"]


def test_what_is_no_text_allows_everything(clock: Clock) -> None:
    robots = Robots(lambda _: Answer(200, {}, b"\x00\xff<html>User-agent"), clock=clock)
    assert robots.require(f"{ORIGIN}/a", ORIGIN) == 0
