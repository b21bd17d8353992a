"""What rules make of what the networks found: kinds, marks, blocks, carried speakers. Needs no weights."""

import pytest
from spacy.language import Language

from app.domain.span import Span
from app.extraction.drafts import SourceHint, StatementDraft
from app.extraction.encoder.decode import Decoded
from app.extraction.encoder.joining import join
from app.extraction.encoder.scores import Weights
from app.extraction.layout import lay_out
from app.extraction.statements import to_drafts

Found = tuple[list[str], str, str | None]
"""Content, cue and source as words of the text."""


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
            source_score=0.9,
            outside=0.0,
            cue_pieces=1,
        )
        for content, cue, source in found
    ]
    return to_drafts(join(lay_out(nlp(text)), decoded, weights=Weights({}, {})))


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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ana Ortega might say that it was late.", (["that it was late"], "might say", "Ana Ortega")),
        ("It is open if Ana Ortega says that it is safe.", (["that it is safe"], "says", "Ana Ortega")),
        ("Nobody said that it was late.", (["that it was late"], "said", "Nobody")),
        ("Not even Ana Ortega said that it was late.", (["that it was late"], "said", "Ana Ortega")),
        ("Ana Ortega was criticized for the delay.", (["the delay"], "was criticized for", "Ana Ortega")),
    ],
)
def test_what_nobody_said_is_left_out(plain: Language, text: str, found: Found) -> None:
    assert drafts(plain, text, [found]) == []


@pytest.mark.parametrize(
    ("text", "cue", "whole"),
    [
        ("Ana Ortega did not say that it was late.", "say", "did not say"),
        ("Ana Ortega didn’t say that it was late.", "didn’t say", "didn’t say"),
        ("Ana Ortega never said that it was late.", "said", "never said"),
        ("Ana Ortega declined to say that it was late.", "say", "declined to say"),
        ("Ana Ortega has yet to explain that it was late.", "explain", "has yet to explain"),
        ("Ana Ortega could not explain that it was late.", "explain", "could not explain"),
        ("Ana Ortega was not there and said that it was late.", "said", "said"),
    ],
)
def test_what_was_not_said_is_told_with_its_denial(plain: Language, text: str, cue: str, whole: str) -> None:
    (draft,) = drafts(plain, text, [(["that it was late"], cue, "Ana Ortega")])
    assert [span.of(text) for span in draft.cue] == [whole]


@pytest.mark.parametrize("content", ["The ferry did not sail", "The ferry is unlikely to sail"])
def test_what_did_not_happen_according_to_somebody_is_said(plain: Language, content: str) -> None:
    text = f"{content}, according to Ana Ortega."
    (draft,) = drafts(plain, text, [([content], "according to", "Ana Ortega")])
    assert [span.of(text) for span in (*draft.content, *draft.cue)] == [content, "according to"]


@pytest.mark.parametrize(
    ("text", "content", "cue", "source"),
    [
        ("Ana Ortega was criticized by Ruben Falk for the delay.", "the delay", "criticized", ["Ruben Falk"]),
        ("Ana Ortega was told that the bridge was late.", "that the bridge was late", "was told", []),
    ],
)
def test_whom_a_passive_cue_speaks_about_is_no_source(
    plain: Language, text: str, content: str, cue: str, source: list[str]
) -> None:
    (draft,) = drafts(plain, text, [([content], cue, "Ana Ortega")])
    assert [span.of(text) for span in draft.source] == source


@pytest.mark.parametrize(
    ("cut", "whole"),
    [
        ("it would open in the new", "it would open in the new year"),
        ("it would open in the new year", "it would open in the new year"),
        ("would open in the new year", "it would open in the new year"),
    ],
)
def test_a_content_is_not_cut_inside_a_phrase(plain: Language, cut: str, whole: str) -> None:
    text = "Ana Ortega said it would open in the new year."
    (draft,) = drafts(plain, text, [([cut], "said", "Ana Ortega")])
    assert [span.of(text) for span in draft.content] == [whole]


def test_paragraphs_about_those_named_at_their_head_are_no_transcript(plain: Language) -> None:
    tale = (
        "has been in office since the spring of last year and wants to finish the bridge before the next one."
    )
    text = "\n\n".join(f"{name}: The mayor {tale}" for name in ("Ortega", "Falk", "Ortega", "Falk"))
    assert drafts(plain, text, [([f"The mayor {tale}"], ":", "Ortega")]) == []


@pytest.mark.parametrize("before", ["", "A bridge is late\n\n"])
def test_a_dateline_is_no_part_of_a_source(plain: Language, before: str) -> None:
    text = f"{before}BOSTON — Ana Ortega said the bridge was late."
    said = (["the bridge was late"], "said", "BOSTON — Ana Ortega")
    (draft,) = drafts(plain, text, [(["the bridge was late"], "—", "BOSTON"), said])
    assert [span.of(text) for span in draft.source] == ["Ana Ortega"]


def test_words_of_a_block_are_no_second_statement(plain: Language) -> None:
    words = "The bridge was late. Everybody knew it, and nobody told us why it took so long."
    text = f"Mayor Ana Ortega said in a statement:\n\n“{words}”\n"
    again = ([words], "said in a statement:", "Mayor Ana Ortega")
    part = (["Everybody knew it"], "a statement:", None)
    contents = [[span.of(text) for span in each.content] for each in drafts(plain, text, [again, part])]
    assert contents == [[words]]


def test_words_between_two_cues_are_said_once(plain: Language) -> None:
    text = (
        "The bridge is old. It was built long ago. Few remember when. "
        "According to Ortega, the bridge was late, she said."
    )
    first = (["the bridge was late"], "According to", "Ortega")
    second = (["the bridge was late"], "said", "she")
    (only,) = drafts(plain, text, [first, second])
    assert [span.of(text) for span in only.content] == ["the bridge was late"]


@pytest.mark.parametrize(
    ("before", "cut"),
    [
        ("TAMPA, Fla. — ", "TAMPA"),
        ("It is late. ", "is late"),
        ("They came to the old bridge. ", "old bridge"),
    ],
)
def test_a_content_begins_with_its_own_sentence(plain: Language, before: str, cut: str) -> None:
    text = f"{before}The bridge will be closed on Friday, Ana Ortega said. Nobody knew. It rained."
    content = text[text.index(cut) : text.index(", Ana")]
    (one,) = drafts(plain, text, [([content], "said", "Ana Ortega")])
    assert [span.of(text) for span in one.content] == ["The bridge will be closed on Friday"]


def test_a_place_that_begins_the_sentence_is_no_source(plain: Language) -> None:
    text = "In Congress, Iris Vale’s office said the plan was late."
    (one,) = drafts(plain, text, [(["the plan was late"], "said", "Congress, Iris Vale’s office")])
    assert [span.of(text) for span in one.source] == ["Iris Vale’s office"]
