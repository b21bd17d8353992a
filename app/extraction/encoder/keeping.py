"""Which statements of the networks are kept: likely ones, and words that several claim by the likeliest."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from app.extraction.encoder.candidates import Candidate, give_up
from app.extraction.encoder.overlaps import likeness, overlap
from app.extraction.encoder.scores import Weights, features, probability
from app.extraction.found import Found
from app.extraction.layout import Layout

LEAST = 0.35
"""Probability of being said in these words from which on a candidate is kept: about half the F1 that is
reached, from where on keeping one more raises it.
"""

SAME = 0.2
"""Share of the words from which on two candidates claim the same ones, which the less likely gives up."""

NEAR = 2
"""Frames between the cues of two candidates up to which they may claim the same words."""


def kept(
    layout: Layout, by_frame: Mapping[int, Sequence[Candidate]], *, weights: Weights
) -> dict[int, list[Found]]:
    """Return the statements that are kept by frame, in order, each with its score."""
    likely = []
    for number, some in by_frame.items():
        for one in some:
            values = features(layout, one)
            said = probability(values, weights.said)
            if said >= LEAST:
                one.found.score = probability(values, weights.right)
                likely.append((said, number, one))
    taken: dict[int, list[Candidate]] = defaultdict(list)
    for _, number, one in sorted(likely, key=lambda each: -each[0]):
        near = (other for at in range(number - NEAR, number + NEAR + 1) for other in taken.get(at, ()))
        for other in near:
            if _claim_same(one, other):
                give_up(layout, one, other.words)
        if one.found.content:
            taken[number].append(one)
    return {number: [one.found for one in by_frame[number] if one in some] for number, some in taken.items()}


def _claim_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates claim the same words, and none tells of the other."""
    if likeness(one.words, other.words) < SAME:
        return False
    return not (_tells_of(one.found, other.found) or _tells_of(other.found, one.found))


def _tells_of(outer: Found, inner: Found) -> bool:
    """Tell whether the cue of a statement stands in another one's words: "he said that she said"."""
    return any(overlap(cue, span) for cue in inner.cue for span in outer.content)
