"""Public keys of statements: they stay as long as the words stand in the article."""

import hashlib
from collections import Counter
from collections.abc import Iterable

from app.domain.names import fold

KEY_CHARS = 16  # 80 bits: among a hundred million statements two share a key with a chance of 4 in a billion

# Print that folds like this ASCII, which is folded in half the time.
_PLAIN = (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("–", "-"), ("—", "-"), ("…", "'"), ("\u00a0", " "))


_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for first in _BASE32 for second in _BASE32]
_PLACES = range(5 * KEY_CHARS - 10, -1, -10)  # bits below each pair; the library takes ten times as long


def folded_words(text: str) -> str:
    """Return the words of a statement as keys and quotations are told by: without punctuation and case."""
    return fold(_plain(text))


def statement_keys(article_key: str, said: Iterable[str]) -> list[str]:
    """Return the keys of an article's statements, given by their folded words in text order.

    Made from the article's key, the folded words and, when the same words occur again, how many times they
    did before: punctuation, quotation marks and statements elsewhere in the article change no key.
    """
    seen: Counter[str] = Counter()
    keys = []
    for words in said:
        keys.append(_key(f"{article_key}\n{words}\n{seen[words]}"))
        seen[words] += 1
    return keys


def _plain(text: str) -> str:
    for printed, same in _PLAIN:
        text = text.replace(printed, same)
    return text


def _key(name: str) -> str:
    number = int.from_bytes(hashlib.sha256(name.encode("utf-8")).digest()[: KEY_CHARS * 5 // 8])
    return "".join([_PAIRS[number >> at & 0x3FF] for at in _PLACES])
