import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from app.extraction.long_sentences import LONGEST, cut_long_sentences


def starts(doc: Doc) -> list[int]:
    """Return the tokens with which a sentence is known to begin, but for the first."""
    return [token.i for token in cut_long_sentences(doc) if token.i and token.is_sent_start]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word " * LONGEST, []),
        ("word " * 3 * LONGEST, [LONGEST, 2 * LONGEST]),
        (f"{'word ' * (LONGEST - 10)}. " * 3, []),
        (f"{'word ' * (LONGEST - 10)}, " * 2, [LONGEST - 9]),
        (f"{'word ' * 10}, {'word ' * LONGEST}", [LONGEST]),  # no joint in the second half
        ("no , " * LONGEST, [LONGEST]),
    ],
)
def test_words_without_end_are_cut_behind_a_joint_where_there_is_one(text: str, expected: list[int]) -> None:
    assert starts(English()(text)) == expected


def test_a_known_beginning_is_an_end_too() -> None:
    doc = English()("word " * 2 * LONGEST)
    doc[LONGEST - 1].is_sent_start = True
    assert starts(doc) == [LONGEST - 1, 2 * LONGEST - 1]
