"""The gold standard of immigration news is well-formed and holds no text."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.news_gold import GOLD, HALVES, GoldArticle, read_gold, read_texts

LONGEST_NAME = 60


@pytest.fixture(scope="module")
def gold() -> list[GoldArticle]:
    return read_gold()


def strings(value: object) -> Iterator[str]:
    """Yield every string inside a JSON value, without the keys."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, dict):
        yield from strings(list(value.values()))


def test_forty_articles_in_two_halves_hold_more_than_400_statements(gold: list[GoldArticle]) -> None:
    assert len({one.article for one in gold}) == 40
    assert [sum(one.half == half for one in gold) for half in HALVES] == [20, 20]
    assert sum(len(one.statements) for one in gold) >= 400


def test_named_sources_have_speakers_and_others_have_none(gold: list[GoldArticle]) -> None:
    for statement in (each for one in gold for each in one.statements):
        assert bool(statement.speakers) == (statement.source_kind == "named")


def test_every_speaker_says_something(gold: list[GoldArticle]) -> None:
    for one in gold:
        assert set(one.speakers) == {speaker for each in one.statements for speaker in each.speakers}


def test_no_words_of_a_text_stand_in_the_file() -> None:
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        del found["sha256"]
        assert max(map(len, strings(found))) <= LONGEST_NAME


def test_spans_are_those_of_the_texts_that_were_read(shared: Path, gold: list[GoldArticle]) -> None:
    lines = read_texts(shared, gold)
    for one in gold:
        text = json.loads(lines[one.article])["text"]
        for each in one.statements:
            spans = (*each.content, *each.cue, *each.source)
            assert all(0 <= span.start < span.end <= len(text) for span in spans)
            assert all(span.of(text) == span.of(text).strip() for span in spans)
            assert all(a.end <= b.start for a, b in zip(each.content, each.content[1:], strict=False))
