"""Who says what may not fall behind what was measured on the held-out half of the gold standard of news."""

from pathlib import Path

import pytest

from evaluation.news import pairs_of
from evaluation.news_scores import figures

FLOORS = {
    "encoder": {
        "direct, F1": 92,
        "indirect of speech and writing, precision": 70,
        "indirect of speech and writing, recall": 83,
        "kinds right": 97,
        "sources right": 91,
        "resolved speakers right": 97,
        "given to a named speaker: said by this speaker": 90,
        "named sources resolved": 88,
        "role categories right": 75,
        "classes of cue right": 86,
    },
    "rules": {
        "direct, F1": 89,
        "indirect of speech and writing, precision": 79,
        "indirect of speech and writing, recall": 76,
        "kinds right": 97,
        "sources right": 95,
        "resolved speakers right": 99,
        "given to a named speaker: said by this speaker": 89,
        "named sources resolved": 76,
        "role categories right": 70,
        "classes of cue right": 89,
    },
}


@pytest.mark.parametrize("finder", sorted(FLOORS))
def test_statements_and_speakers_of_news(shared: Path, finder: str) -> None:
    found = figures(pairs_of(shared, finder, "held_out"))
    behind = {name: found[name] for name, least in FLOORS[finder].items() if found[name] < least}
    assert behind == {}
