"""Which of the networks' statements are kept, and how sure they are. Needs no networks."""

import pytest
from spacy.language import Language

from app.domain.span import Span
from app.extraction.encoder.candidates import Candidate, Ruled, candidates
from app.extraction.encoder.decode import Decoded
from app.extraction.encoder.keeping import LEAST, kept
from app.extraction.encoder.scores import ALWAYS, FEATURES, Weights, features, load_weights, probability
from app.extraction.finders import WEIGHTS
from app.extraction.layout import Layout, lay_out

EVEN = Weights(said={}, right={})
SURE = Weights(said={"networks": 1.0}, right={ALWAYS: 2.0})
"""Kept as the networks say; right with a probability of 0.88."""

Seen = tuple[str, str, float]
"""Content (pieces apart by " / ") and cue as words of the text, and how likely the networks find them."""


def read(nlp: Language, text: str, seen: list[Seen]) -> tuple[Layout, dict[int, list[Candidate]]]:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    layout = lay_out(nlp(text))
    decoded = [
        Decoded(
            content=tuple(map(span, content.split(" / "))),
            cue=span(cue),
            source=None,
            cue_score=chance,
            content_score=1.0,
            source_score=0.5,
            outside=0.25,
            cue_pieces=1,
        )
        for content, cue, chance in seen
    ]
    return layout, candidates(layout, decoded, Ruled(layout))


def contents(nlp: Language, text: str, seen: list[Seen], weights: Weights) -> list[str]:
    layout, by_frame = read(nlp, text, seen)
    found = [one for some in kept(layout, by_frame, weights=weights).values() for one in some]
    return [span.of(text) for one in found for span in one.content]


TEXT = "Ana Ortega said the bridge was late and would open soon, she hinted."


@pytest.mark.parametrize(("chance", "stays"), [(LEAST + 0.01, True), (LEAST - 0.01, False)])
def test_what_is_unlikely_is_left_out(plain: Language, chance: float, *, stays: bool) -> None:
    seen = [("the bridge was late", "said", chance)]
    assert contents(plain, TEXT, seen, SURE) == ["the bridge was late"] * stays


def test_the_score_is_that_of_words_and_source(plain: Language) -> None:
    layout, by_frame = read(plain, TEXT, [("the bridge was late", "said", 0.9)])
    ((one,),) = kept(layout, by_frame, weights=SURE).values()
    assert one.score == pytest.approx(0.881, abs=0.001)


@pytest.mark.parametrize(("said", "hinted"), [(0.9, 0.6), (0.6, 0.9)])
def test_of_two_with_the_same_words_the_likelier_stays(plain: Language, said: float, hinted: float) -> None:
    longer = "the bridge was late and would open soon"
    seen = [("the bridge was late and", "said", said), (longer, "hinted", hinted)]
    assert contents(plain, TEXT, seen, SURE) == [seen[hinted > said][0]]


@pytest.mark.parametrize(
    ("said", "hinted", "expected"),
    [
        (0.6, 0.9, [("indirect", ["The bridge was late"]), ("direct", ["The ferry is old,"])]),
        (0.9, 0.6, [("mixed", ["The bridge was late", "The ferry is old,"])]),
    ],
)
def test_words_that_two_claim_are_the_likelier_ones(
    plain: Language, said: float, hinted: float, expected: list[tuple[str, list[str]]]
) -> None:
    text = "The bridge was late, Ana Ortega said. “The ferry is old,” she hinted."
    quoted = "“The ferry is old,”"
    seen = [(f"The bridge was late / {quoted}", "said", said), (quoted, "hinted", hinted)]
    layout, by_frame = read(plain, text, seen)
    found = [one for some in kept(layout, by_frame, weights=SURE).values() for one in some]
    found.sort(key=lambda one: one.content[0].start)
    assert [(one.kind, [span.of(text) for span in one.content]) for one in found] == expected
    assert [quote for one in found for quote in one.quotes] == [0]


def test_what_somebody_says_that_another_said_stays_beside_it(plain: Language) -> None:
    text = "Ana Ortega said Falk warned that the old bridge over the river was late."
    outer = ("Falk warned that the old bridge over the river was late", "said", 0.9)
    inner = ("that the old bridge over the river was late", "warned", 0.6)
    assert contents(plain, text, [outer, inner], SURE) == [outer[0], inner[0]]


def test_features(plain: Language) -> None:
    text = "Ana Ortega said the bridge was late and would open soon, which pleased the baker."
    seen = [("the bridge was late and would open soon", "said", 0.5), ("soon", "pleased", 0.5)]
    layout, by_frame = read(plain, text, seen)
    said, pleased = (features(layout, one) for one in by_frame[0])
    assert said == {
        "networks": 0.0,
        "source": 0.0,
        "outside": 0.25,
        "cue_length": 0.0,
        "confirmed": 1.0,
        "contradicted": 0.0,
        "alike": 1 / 8,
        "speech": 1.0,
        "other": 0.0,
        "clause": 1.0,
    }
    assert [pleased[name] for name in ("confirmed", "contradicted", "speech", "clause")] == [0.0] * 4


def test_rules_that_read_other_words_with_a_cue_contradict(plain: Language) -> None:
    text = "The baker knew that Ana Ortega said the bridge was late and would open soon."
    layout, by_frame = read(plain, text, [("The baker", "said", 0.9)])
    values = features(layout, by_frame[0][0])
    assert (values["confirmed"], values["contradicted"]) == (0.0, 1.0)


def test_the_shipped_weights_are_of_these_features_and_plausible() -> None:
    weights = load_weights(WEIGHTS)
    for row in (weights.said, weights.right):
        assert set(row) == {*FEATURES, ALWAYS}
        assert all(row[name] > 0 for name in ("networks", "confirmed", "speech", "clause"))
        assert all(row[name] < 0 for name in ("outside", "contradicted", "alike"))


def test_without_weights_nothing_is_told() -> None:
    assert probability({"networks": 3.0}, EVEN.said) == 0.5
