"""The word lists about cues, read once: which lemma takes which frames."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Frames by verb lemma, particles by verb lemma, and the nouns and adjectives that cue a clause."""

    verbs: dict[str, frozenset[str]]
    particles: dict[str, dict[str, frozenset[str]]]  # "point" -> {"out": frames}
    nouns: frozenset[str]
    adjectives: frozenset[str]


def read_words(name: str) -> list[str]:
    """Return the lines of the word list `name` in data/, without comments and blank lines."""
    text = files("app.extraction").joinpath("data", name).read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def load_lexicon() -> Lexicon:
    """Return the lexicon; the files are read on the first call only."""
    verbs: dict[str, frozenset[str]] = {}
    particles: dict[str, dict[str, frozenset[str]]] = {}
    for line in read_words("cues.txt"):
        lemma, *frames = line.split()
        verb, _, particle = lemma.partition("_")
        if particle:
            particles.setdefault(verb, {})[particle] = frozenset(frames)
        else:
            verbs[verb] = frozenset(frames)
    return Lexicon(
        verbs=verbs,
        particles=particles,
        nouns=frozenset(read_words("noun_cues.txt")),
        adjectives=frozenset(read_words("adjective_cues.txt")),
    )
