import pytest

from app.readers.bylines import names_of_byline


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Lena Voss", ["Lena Voss"]),
        ("By Lena Voss and Omar Field", ["Lena Voss", "Omar Field"]),
        ("BY LENA VOSS, OMAR FIELD AND IDA LUND", ["LENA VOSS", "OMAR FIELD", "IDA LUND"]),
        ("Lena Voss in Boston and Omar Field in New York", ["Lena Voss", "Omar Field"]),
        ("Written by Lena Voss for the Example Herald", ["Lena Voss"]),
        ("Lena Voss, Jr., Omar Field", ["Lena Voss, Jr", "Omar Field"]),
        ("Lena Voss lena@example.com | Omar Field", ["Lena Voss", "Omar Field"]),
        ("Sandy Byrne & Anders Bywater", ["Sandy Byrne", "Anders Bywater"]),
        ("", []),
        (["By Lena Voss", "Omar Field"], ["Lena Voss", "Omar Field"]),
    ],
)
def test_names(byline: object, names: list[str]) -> None:
    assert names_of_byline(byline) == names


@pytest.mark.parametrize("given", [5, {"name": "Lena Voss"}, [1], "x" * 3000, ["x" * 3000]])
def test_what_is_no_byline_stays_as_it_is(given: object) -> None:
    assert names_of_byline(given) == given
