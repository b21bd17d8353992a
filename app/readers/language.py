"""Which language a text is in; short English texts are not to be taken for another language."""

import re
from functools import cache
from importlib.resources import files

from py3langid.langid import MODEL_FILE, LanguageIdentifier

ENGLISH = "en"
UNKNOWN = "und"  # ISO 639-2: undetermined
DECLARED = re.compile(r"([a-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*", re.IGNORECASE)
EXAMINED_CHARS = 1000  # all of 1,000 news articles are told right by so much, in half a millisecond
# No paragraph of 10 to 300 letters in 1,000 English articles is called another language so surely.
SURE = 0.9
LIKELY = 0.5  # enough for the language of nearly every article
# Nigerian Pidgin: the model takes English lists of names for it.
NOT_TOLD_APART = "pcm"
# When no language is likely, the share of words in english_words.txt decides.
LEAST_ENGLISH = 0.12
WORD = re.compile(r"[^\W\d_]+")


def declared_language(value: str) -> str | None:
    """Return the code of a declared language ("en-US" gives "en"), or null when it is no language tag."""
    match = DECLARED.fullmatch(value.strip())
    return match[1].lower() if match else None


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`, "und" when it cannot be told."""
    part = text[:EXAMINED_CHARS]
    words = WORD.findall(part.casefold())
    if not words:
        return UNKNOWN
    language, probability = _identifier().classify(part)
    if probability >= (LIKELY if language == ENGLISH else SURE):
        return str(language)
    english = sum(word in _english_words() for word in words)
    return ENGLISH if english >= LEAST_ENGLISH * len(words) else UNKNOWN


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([label for label in identifier.labels if label != NOT_TOLD_APART])
    return identifier


@cache
def _english_words() -> frozenset[str]:
    lines = files("app.readers").joinpath("english_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
