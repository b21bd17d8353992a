"""How likely a statement of the networks is one, and how sure it is: readable features, two weights each.

Two logits over the same features: that something is said in these words, and that it is by this source too.
Both rows of weights stand beside the networks; `training/scores.py` fits them on PolNeAR dev.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app.domain.annotation import CueClass
from app.extraction.cue_classes import FINDING, TELLING, listed_classes
from app.extraction.encoder.candidates import Candidate
from app.extraction.layout import Layout

SCORES = "scores.tsv"
"""File beside the networks."""

ALWAYS = "always"
"""What speaks for any candidate stands among the weights."""

FEATURES = (
    "networks",
    "source",
    "outside",
    "cue_length",
    "confirmed",
    "contradicted",
    "alike",
    "speech",
    "other",
    "clause",
)

_SPEECH = frozenset({CueClass.SPEECH, CueClass.WRITING, FINDING, TELLING})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NEVER_SURER = 0.9999
"""Probability of the networks beyond which they are not believed: logits stay finite."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature: of what is said in these words, and of what is right, source and all."""

    said: Mapping[str, float]
    right: Mapping[str, float]


def features(layout: Layout, candidate: Candidate) -> dict[str, float]:
    """Return the features of a candidate: logits of the networks' probabilities, and yes (1) or no (0) else.

    `outside` and `alike` are shares, `cue_length` the logarithm of pieces. `speech` and `other`: so the first
    word of the cue that is listed; `clause`: its content has a finite verb.
    """
    found, decoded = candidate.found, candidate.decoded
    listed = next(iter(listed_classes(layout.doc, found.cue)), None)
    return {
        "networks": _logit(decoded.cue_score * decoded.content_score),
        "source": _logit(decoded.source_score),
        "outside": decoded.outside,
        "cue_length": math.log(decoded.cue_pieces),
        "confirmed": float(found.confirmed),
        "contradicted": float(candidate.contradicted),
        "alike": candidate.alike,
        "speech": float(listed in _SPEECH),
        "other": float(listed == CueClass.OTHER),
        "clause": float(_has_finite_verb(layout, candidate)),
    }


def probability(values: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the probability that the features have by the weights."""
    score = weights.get(ALWAYS, 0.0) + sum(weights.get(name, 0.0) * value for name, value in values.items())
    return 1 / (1 + math.exp(-score))


@lru_cache(maxsize=1)
def load_weights(folder: Path) -> Weights:
    """Return the weights beside the networks of a folder; raises FileNotFoundError without the file."""
    lines = (folder / SCORES).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return Weights(
        said={name: float(weight) for name, weight, _ in rows},
        right={name: float(weight) for name, _, weight in rows},
    )


def _logit(chance: float) -> float:
    believed = min(max(chance, 1 - _NEVER_SURER), _NEVER_SURER)
    return math.log(believed / (1 - believed))


def _has_finite_verb(layout: Layout, candidate: Candidate) -> bool:
    spans = (span for span in candidate.found.content if span.start < span.end)
    return any(
        token.tag_ in _FINITE
        for span in spans
        for token in layout.doc.char_span(*span, alignment_mode="expand") or ()
    )
