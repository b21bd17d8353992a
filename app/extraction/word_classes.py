"""Classes of words, and the lemmas that need no rule, by look-up: in place of the model's attribute ruler.

The ruler matches 180 patterns over the whole text, which takes nearly as long as parsing it. Tag, dependency
and word tell the same, but for a few phrases ("let's", "there is") of which nobody here reads the class.
"""

from typing import Any, NamedTuple

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from app.extraction.words import rows

ANY_WORD = "*"
BY_RULE, LOWERED, PRINTED = "-", "=", "=="
"""How the list writes lemmas that it does not spell out."""

_AUXILIARY = frozenset({"aux", "auxpass"})
_WITH_NOUN = frozenset({"det", "quantmod"})
_CLAUSES = frozenset({"ROOT", "advcl", "ccomp", "conj", "relcl", "xcomp"})
_FULL_VERBS = frozenset({"do", "does", "did", "have", "has", "had", "'d"})
"""Auxiliaries that are verbs where they are the head of a clause."""


class WordClass(NamedTuple):
    """What the list says of a word."""

    pos: str
    lemma: str


UNLISTED = WordClass("X", LOWERED)


class _Numbers(NamedTuple):
    """A class as spaCy keeps it; `lemma` is 0 where another number of the word stands for it, or a rule."""

    pos: int
    lemma: int
    is_lowered: bool
    is_printed: bool


class WordClasses:
    """The component: sets `token.pos`, and `token.lemma` where the lemmatizer is not needed."""

    def __init__(self, vocab: Vocab) -> None:
        self._strings = vocab.strings
        listed = rows("word_classes.tsv")
        self._list = {(tag, word): WordClass(pos, lemma) for tag, word, pos, lemma in listed}
        self._words = {self._strings.add(word) for _, word in self._list}
        self._known: dict[tuple[int, int, int], _Numbers] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Classify the words of a text with tags and dependencies."""
        found = []
        for printed, lower, tag, dep in doc.to_array(["ORTH", "LOWER", "TAG", "DEP"]).tolist():
            key = (lower if lower in self._words else 0, tag, dep)
            one = self._known.get(key) or self._learn(key)
            found.append((one.pos, one.lemma or one.is_lowered * lower or one.is_printed * printed))
        classes: Any = np.array(found, dtype=np.uint64).reshape(-1, 2)  # typed as another library's array
        return doc.from_array(["POS", "LEMMA"], classes)

    def _learn(self, key: tuple[int, int, int]) -> _Numbers:
        """Keep the class of a listed word, or any other where its number is 0, by tag and dependency."""
        word, tag, dep = (self._strings[number] for number in key)
        one = self.class_of(word, tag, dep)
        lemma = 0 if one.lemma in {BY_RULE, LOWERED, PRINTED} else self._strings.add(one.lemma)
        self._known[key] = _Numbers(self._strings[one.pos], lemma, one.lemma == LOWERED, one.lemma == PRINTED)
        return self._known[key]

    def class_of(self, word: str, tag: str, dep: str) -> WordClass:
        """Return the class of a word in lower case, by its tag and what it depends as."""
        listed = self._list.get((tag, word)) or self._list.get((tag, ANY_WORD), UNLISTED)
        if dep in _AUXILIARY and tag != "TO":
            return listed._replace(pos="AUX")
        if word in _FULL_VERBS and dep in _CLAUSES:
            return listed._replace(pos="VERB")
        if tag == "IN" and dep == "mark":
            return listed._replace(pos="SCONJ")
        if tag in {"DT", "WDT"} and dep not in _WITH_NOUN:
            return listed._replace(pos="PRON")
        return listed


@Language.factory(
    "dateline_word_classes", requires=["token.tag", "token.dep"], assigns=["token.pos", "token.lemma"]
)
def word_classes(nlp: Language, name: str) -> WordClasses:  # noqa: ARG001 - spaCy hands the name on
    """Return the component for a pipeline."""
    return WordClasses(nlp.vocab)
