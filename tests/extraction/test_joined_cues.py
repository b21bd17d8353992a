"""Which earlier statement a cue without a source of its own is joined to."""

import re

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from app.domain.annotation import StatementKind
from app.domain.span import Span
from app.extraction.drafts import StatementDraft
from app.extraction.joined_cues import JoinedCues

MARKS = re.compile(r"[<>\[\]]")


def marked(nlp: Language, text: str) -> tuple[Doc, list[StatementDraft]]:
    """Return the parse of a text without its marks, and its statements: <a cue> before [its content]."""
    plain = MARKS.sub("", text)
    spans = {
        mark: [
            Span(*(len(MARKS.sub("", text[:at])) for at in found.span()))
            for found in re.finditer(pattern, text)
        ]
        for mark, pattern in (("cue", r"<[^>]*>"), ("content", r"\[[^\]]*\]"))
    }
    pairs = zip(spans["cue"], spans["content"], strict=True)
    drafts = [
        StatementDraft(kind=StatementKind.INDIRECT, content=(content,), cue=(cue,), score=1.0)
        for cue, content in pairs
    ]
    return nlp(plain), drafts


@pytest.mark.parametrize(
    ("text", "earlier"),
    [
        ("Ana Ortega spoke, <saying> [that it was late] and <predicting> [that it would sink].", 0),
        ("Ana Ortega spoke, <saying> [that it was late], but <predicting> [that it would sink].", 0),
        ("Ana Ortega spoke, <saying> [that it was late], <predicting> [that it would sink].", None),
        ("Ana Ortega <called for> [repairs] and then <warned> [that it would sink].", 0),
    ],
)
def test_the_draft_that_a_cue_is_joined_to(nlp: Language, text: str, earlier: int | None) -> None:
    joined = JoinedCues(*marked(nlp, text))
    assert joined.earlier(1) == earlier
    assert joined.earlier(0) is None


@pytest.mark.parametrize(
    ("between", "tag", "earlier"),
    [
        ("and", "VBG", 0),
        (", and ,", "VBG", 0),
        ("and", "VBD", None),
        (",", "VBG", None),
        ("and but", "VBG", None),
        ("and then", "VBG", None),
        (", , , , , , , , and", "VBG", None),
    ],
)
def test_what_may_stand_between_where_the_parse_joins_nothing(
    nlp: Language, between: str, tag: str, earlier: int | None
) -> None:
    words = ["saying", "much", *between.split(), "predicting", "more"]
    tags = ["VBG", *(tag if word == "predicting" else "X" for word in words[1:])]
    doc = Doc(nlp.vocab, words=words, tags=tags)
    spans = [Span(token.idx, token.idx + len(token)) for token in doc]
    drafts = [
        StatementDraft(kind=StatementKind.INDIRECT, cue=(cue,), content=(content,), score=1.0)
        for cue, content in (spans[:2], spans[-2:])
    ]
    assert JoinedCues(doc, drafts).earlier(1) == earlier


def test_of_a_cue_of_several_words_the_last_is_compared(nlp: Language) -> None:
    words = ["was", "saying", "much", "and", "predicting", "more"]
    doc = Doc(nlp.vocab, words=words, tags=["VBD", "VBG", "X", "X", "VBG", "X"])
    drafts = [
        StatementDraft(
            kind=StatementKind.INDIRECT,
            cue=(Span(doc[first].idx, doc[last].idx + len(doc[last])),),
            content=(Span(doc[last + 1].idx, doc[last + 1].idx + len(doc[last + 1])),),
            score=1.0,
        )
        for first, last in ((0, 1), (4, 4))
    ]
    assert JoinedCues(doc, drafts).earlier(1) == 0


def test_only_one_that_stands_before_is_looked_for(nlp: Language) -> None:
    doc, drafts = marked(
        nlp, "Ana Ortega spoke, <saying> [that it was late] and <predicting> [that it would sink]."
    )
    assert JoinedCues(doc, drafts[::-1]).earlier(0) is None


def test_of_two_that_end_there_it_is_the_first(nlp: Language) -> None:
    doc, drafts = marked(
        nlp, "Ana Ortega spoke, <saying> [that it was late] and <predicting> [that it would sink]."
    )
    assert JoinedCues(doc, [drafts[0], *drafts]).earlier(2) == 0


def test_what_has_no_words_is_joined_to_nothing(nlp: Language) -> None:
    doc = nlp("Ana Ortega spoke.")
    empty = StatementDraft(kind=StatementKind.DIRECT, content=(Span(3, 3),), cue=(), score=1.0)
    assert JoinedCues(doc, [empty, empty]).earlier(1) is None
