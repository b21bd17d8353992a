import pytest
from spacy.lang.en import English

from app.extraction.phrases import Phrases

PHRASES = Phrases(
    [("Harbor Center", "ORG"), ("Harbor Center of Tampa", "ORG"), ("Tampa", "GPE"), ("St. Paul", "GPE")]
)

# text -> phrases found
CASES = [
    ("The Harbor Center of Tampa opened.", ["Harbor Center of Tampa"]),
    ("The Harbor Center in Tampa opened.", ["Harbor Center", "Tampa"]),
    ("Tampanians and a harbor center.", []),
    ("Near St. Paul it rained.", ["St. Paul"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_longest_whole_words_are_found(text: str, expected: list[str]) -> None:
    assert [span.text for span in PHRASES.find(English()(text))] == expected
