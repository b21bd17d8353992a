"""Finding the entries of a word list in a text: longest first, whole words only, case as written."""

from collections.abc import Iterable

from spacy.tokens import Doc, Span


class Phrases:
    """A set of phrases with a label each; finding them costs one look-up a capitalised word."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._by_first: dict[str, list[tuple[str, str]]] = {}
        for phrase, label in phrases:
            self._by_first.setdefault(_first_word(phrase), []).append((phrase, label))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, doc: Doc) -> list[Span]:
        """Return the spans of `doc` that are a phrase, without overlaps, labelled."""
        text = doc.text  # put together anew at every access
        found: list[Span] = []
        end = 0
        for token in doc:
            if token.i < end or not token.text[0].isalnum():
                continue
            entries = self._by_first.get(token.text) or self._by_first.get(_first_word(token.text))
            span = self._match(doc, text, token.idx, entries or [])
            if span is not None:
                found.append(span)
                end = span.end
        return found

    @staticmethod
    def _match(doc: Doc, text: str, start: int, entries: list[tuple[str, str]]) -> Span | None:
        for phrase, label in entries:
            if text.startswith(phrase, start):
                span = doc.char_span(start, start + len(phrase), label=label)
                if span is not None:
                    return span
        return None


def _first_word(phrase: str) -> str:
    """Return what stands before the first space or hyphen: never longer than spaCy's first token."""
    return phrase.replace("-", " ", 1).split(" ", 1)[0]
