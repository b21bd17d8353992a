import pytest

from app.linking.article import Indexes
from app.linking.counties import named_counties

WALKER = {"01127": 1 / 3, "13295": 1 / 3, "48471": 1 / 3}  # of Alabama, Georgia and Texas


@pytest.mark.parametrize(
    ("text", "counties"),
    [
        ("Maricopa County will sue.", {"04013": 1}),
        ("A Rapides Parish Fire District engine came.", {"22079": 1}),
        ("Deputies of Walker County, and the Walker County jail", WALKER),
        ("Sheriff Ortega Maricopa County", {"04013": 1}),
        ("The maricopa county, Ortega County and County Road 3", {}),
    ],
)
def test_counties_that_a_text_names(indexes: Indexes, text: str, counties: dict[str, float]) -> None:
    assert named_counties(text, gazetteer=indexes.gazetteer) == counties
