"""Names from the networks' numbers. Needs no weights."""

import numpy as np
import pytest
import spacy

from app.extraction.encoder.names import find_names, place_words
from app.extraction.encoder.networks import Reading
from app.extraction.encoder.pieces import Pieces

COLUMNS = ("O", "B-person", "I-person", "B-org", "I-org", "B-place", "I-place")


def reading(text: str, pieces: list[str], labels: list[str]) -> Reading:
    starts, at = [], 0
    for piece in pieces:
        at = text.index(piece, at)
        starts.append(at)
        at += len(piece)
    names = np.full((len(pieces), len(COLUMNS)), 0.05, dtype=np.float32)
    names[range(len(pieces)), [COLUMNS.index(label) for label in labels]] = 0.7
    zeros = np.zeros(len(pieces), dtype=np.int64)
    cut = Pieces(
        ids=zeros,
        starts=np.array(starts),
        ends=np.array(starts) + np.array([len(piece) for piece in pieces]),
        case=zeros,
        quote=zeros,
        line=zeros,
    )
    empty = np.zeros((len(pieces), 3), dtype=np.float32)
    return Reading(pieces=cut, cues=empty, names=names, vectors=empty, tokens=empty)


@pytest.mark.parametrize(
    ("text", "pieces", "labels", "expected"),
    [
        (
            "Ana Ortega left Elmford.",
            ["Ana", "Ort", "ega", "left", "Elm", "ford", "."],
            ["B-person", "I-person", "I-person", "O", "B-place", "I-place", "O"],
            [("Ana Ortega", "PERSON"), ("Elmford", "GPE")],
        ),
        (
            "Boston Chicago agreed",
            ["Boston", "Chicago", "agreed"],
            ["B-place", "B-place", "O"],
            [("Boston", "GPE"), ("Chicago", "GPE")],
        ),
        (
            "Elm Institute Ortega",
            ["Elm", "Institute", "Ortega"],
            ["B-org", "I-org", "I-person"],
            [("Elm Institute", "ORG"), ("Ortega", "PERSON")],
        ),
        ("Ana\n\nleft", ["Ana", "left"], ["B-person", "O"], [("Ana", "PERSON")]),
    ],
)
def test_names_are_whole_tokens(
    text: str, pieces: list[str], labels: list[str], expected: list[tuple[str, str]]
) -> None:
    doc = spacy.blank("en")(text)
    found = find_names(doc, reading(text, pieces, labels))
    assert [(span.text, span.label_) for span in found] == expected


def test_one_doubtful_word_does_not_break_a_name() -> None:
    text = "Harbor Ortega Institute"
    read = reading(text, text.split(), ["B-org", "I-org", "I-org"])
    read.names[1] = (0.1, 0.0, 0.45, 0.05, 0.4, 0.0, 0.0)
    assert [span.text for span in find_names(spacy.blank("en")(text), read)] == [text]


def test_words_that_may_be_a_place_are_told_inside_other_names_too() -> None:
    text = "Tampa Elm Fair"
    read = reading(text, text.split(), ["B-org", "I-org", "I-org"])
    read.names[0] = (0.0, 0.0, 0.0, 0.6, 0.0, 0.4, 0.0)
    assert place_words(spacy.blank("en")(text), read) == {0}
