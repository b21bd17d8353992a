import time

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


def test_time_grows_no_faster_than_the_text() -> None:
    nlp = English()
    spent = []
    for count in (1_000, 8_000):
        doc = nlp.make_doc("Tampa is not Harbor Street. " * count)
        begun = time.process_time()
        assert len(PHRASES.find(doc)) == count
        spent.append(time.process_time() - begun)
    assert spent[1] < 8 * 4 * spent[0]
