"""Prose that nobody wrote: sentences of made-up words, the same for the same seed."""

import random

SYLLABLES = ("ba", "do", "fe", "gi", "ku", "la", "mo", "ne", "pi", "ru", "sa", "to", "ve", "wi", "ya", "zo")


def sentences(seed: int, number: int) -> list[str]:
    """Return so many sentences of 8 to 16 words."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets
    return [_sentence(draw) for _ in range(number)]


def prose(seed: int, number: int = 20) -> str:
    """Return a text of so many sentences, three a paragraph."""
    made = sentences(seed, number)
    return "\n\n".join(" ".join(made[start : start + 3]) for start in range(0, number, 3))


def _sentence(draw: random.Random) -> str:
    words = ["".join(draw.choices(SYLLABLES, k=draw.randint(1, 4))) for _ in range(draw.randint(8, 16))]
    return " ".join(words).capitalize() + "."
