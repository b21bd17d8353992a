"""The search parameter: words, "phrases" and -exclusions, parsed so that any input is safe."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.db.search_index import Phrase
from app.db.search_text import folded_words, search_words
from app.queries.slots import Slot

_TOKEN = re.compile(r'(-?)(?:"([^"]*)"?|([^\s"]+))')
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„‟«»", '"'))


@dataclass(frozen=True, slots=True)
class Search:
    """Phrases that must occur in title or text, phrases that must not, and the query as understood: its
    words without case, diacritics and signs; words that have to stand side by side in quotation marks.
    """

    wanted: tuple[Phrase, ...]
    unwanted: tuple[Phrase, ...]
    understood: str

    def shape(self, slot: Callable[[object], Slot]) -> "OpenSearch":
        """Return the same search with slots for its phrases."""
        wanted = slot(self.wanted) if self.wanted else None
        return OpenSearch(wanted, tuple(slot((phrase,)) for phrase in self.unwanted))


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """A search without its phrases: a slot for all that must occur, one for each that must not."""

    wanted: Slot | None
    unwanted: tuple[Slot, ...]


def parse_search(text: str) -> Search:
    """Return what `text` asks for: every word and every "phrase" must occur, a `-word` must not.

    A quotation mark that is not closed runs to the end; a hyphen inside a word makes a phrase of its parts.
    Raises ValueError when there is no letter or digit in it.
    """
    wanted: dict[Phrase, str] = {}
    unwanted: dict[Phrase, str] = {}
    for negative, phrase, token in _phrases(text):
        (unwanted if negative else wanted).setdefault(phrase, token)
    if not wanted and not unwanted:
        raise ValueError("There is no word in it: a search needs at least one letter or digit.")
    return Search(tuple(wanted), tuple(unwanted), " ".join([*wanted.values(), *unwanted.values()]))


def _phrases(text: str) -> Iterator[tuple[bool, Phrase, str]]:
    for match in _TOKEN.finditer(text.translate(_QUOTATION_MARKS)):
        minus, quoted, word = match.groups()
        given = quoted if word is None else word
        words = folded_words(given)
        if words:
            shown = words[0] if len(words) == 1 else f'"{" ".join(words)}"'
            yield bool(minus), Phrase(tuple(search_words(given))), minus + shown
