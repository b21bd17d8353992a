"""Lines that a page puts between or behind the paragraphs of an article: links to others, offers, notices."""

import re
from functools import cache
from importlib.resources import files

LONGEST = 200  # characters; a longer paragraph is the article's
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*$")


def without_related_lines(text: str) -> str:
    """Return the text without such paragraphs (related_lines.txt)."""
    return "\n\n".join(paragraph for paragraph in text.split("\n\n") if not _is_related(paragraph))


def _is_related(paragraph: str) -> bool:
    if len(paragraph) > LONGEST:
        return False
    anyway, unless_sentence = _patterns()
    if anyway.match(paragraph):
        return True
    return bool(unless_sentence.match(paragraph)) and not SENTENCE_END.search(paragraph)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what counts anyway, and what counts unless the paragraph ends as a sentence does."""
    lines = files("app.readers").joinpath("related_lines.txt").read_text(encoding="utf-8").splitlines()
    given = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    anyway = [line.removeprefix("!").strip() for line in given if line.startswith("!")]
    others = [line for line in given if not line.startswith("!")]
    return _any(anyway), _any(others)


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
