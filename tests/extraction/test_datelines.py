import pytest
from spacy.lang.en import English

from app.extraction.datelines import find_datelines

# text -> city and container
CASES = [
    ("WASHINGTON — Nobody came.", [("WASHINGTON", None)]),
    ("A headline\n\nSAN DIEGO, Calif. (AP) - Nobody came.", [("SAN DIEGO", "Calif.")]),
    ("Tampa (CNN) -- Nobody came.", [("Tampa", None)]),
    ("Nobody came. EL PASO (Reuters) - Few did.", [("EL PASO", None)]),
    ("BREAKING NEWS today in Tampa.", []),
    ("Nobody came — not even Ortega.", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_the_city_at_the_head_of_a_report(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(city.text, container) for city, container in find_datelines(English()(text))] == expected
