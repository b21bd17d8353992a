"""Folding of names: the one comparison of names in the whole product, and the slugs made from it."""

import hashlib
import re
import unicodedata

# Letters that Unicode does not take apart into a base letter and a mark.
_UNDECOMPOSED = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "&": " and ",
    }
)
# What is written inside a word and may be left out: full stops, apostrophes, soft hyphens, zero-width marks.
_DROPPED = re.compile(r"[.'’‘ʼʻʹ`´\u00ad\u200b-\u200f\u2060\ufeff]")
# "J. D. Vance", "U. S. Senate": initials printed with spaces are the same as those without.
_SPACED_INITIALS = re.compile(r"(?<!\w)(\w)\.\s+(?=\w\.)")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
# All of that for ASCII, in one step and a third of the time; "&" is written out before.
_ASCII = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)} | {
    ord(dropped): None for dropped in ".'`"
}
# A slug stands in URLs, file names and index keys: long names end in a digest instead.
_LONGEST_SLUG = 100
_DIGEST_LENGTH = 8


def fold(name: str) -> str:
    """Return the form in which two spellings of one name are equal; empty when it has no letter or digit.

    Case, diacritics, punctuation and white space are folded: "San José" and "san jose", "St. Louis" and
    "St Louis", "U.S." and "US", "O’Brien" and "O'Brien" are the same. Folding twice changes nothing.
    """
    joined = _SPACED_INITIALS.sub(r"\1.", name) if name.count(".") > 1 else name
    if joined.isascii():
        return " ".join(joined.replace("&", " and ").translate(_ASCII).split())
    apart = unicodedata.normalize("NFKD", joined)
    joined = "".join(letter for letter in apart if not unicodedata.combining(letter))
    joined = unicodedata.normalize("NFKC", joined)  # scripts whose letters are put together again (Hangul)
    bare = _DROPPED.sub("", joined.casefold().translate(_UNDECOMPOSED))
    return _BETWEEN_WORDS.sub(" ", bare).strip()


def slugify(name: str) -> str:
    """Return the public key that a name gives: lower-case ASCII letters, digits and hyphens, never empty.

    A name with letters outside ASCII, or longer than 100 characters, ends in a digest, so that two such
    names do not share a slug by what was cut off.
    """
    folded = fold(name)
    words = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    if words and folded.isascii() and len(words) <= _LONGEST_SLUG:
        return words
    digest = hashlib.sha256(folded.encode()).hexdigest()[:_DIGEST_LENGTH]
    kept = words[: _LONGEST_SLUG - _DIGEST_LENGTH - 1].rstrip("-")
    return f"{kept}-{digest}" if kept else f"x-{digest}"
