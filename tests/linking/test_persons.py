import pytest

from app.domain.names import fold
from app.linking.persons import full_names, person_record


@pytest.mark.parametrize(
    ("printed", "slug", "name"),
    [
        ("Ana Ortega", "ana-ortega", "Ana Ortega"),
        ("Ana B. Ortega", "ana-ortega", "Ana B. Ortega"),
        ("Dr. Ana Ortega", "ana-ortega", "Ana Ortega"),
        ("Rep. Ana Ortega", "ana-ortega", "Ana Ortega"),
        ("Minority Leader Ana Ortega", "ana-ortega", "Ana Ortega"),
        ("ANA O’NEIL-ORTEGA", "ana-oneil-ortega", "Ana O’Neil-Ortega"),
        ("Ana Ortega, Ph.D.", "ana-ortega", "Ana Ortega"),
        ("Juan Ortega, Jr.", "juan-ortega-jr", "Juan Ortega Jr."),
        ("Juan B. Ortega III", "juan-ortega-iii", "Juan B. Ortega III"),
        ("J. Ana Ortega", "j-ana-ortega", "J. Ana Ortega"),
        ("J.B. Ortega", "jb-ortega", "J.B. Ortega"),
        ("Ana María de la Ortega", "ana-maria-de-la-ortega", "Ana María de la Ortega"),
        ("Van Ortega", "van-ortega", "Van Ortega"),
        ("President-elect Ana Ortega", "ana-ortega", "Ana Ortega"),
        ("lawyer Ana Ortega", "ana-ortega", "Ana Ortega"),
    ],
)
def test_who_a_printed_name_is(printed: str, slug: str, name: str) -> None:
    record = person_record(printed)
    assert record is not None
    assert (record.slug, record.name) == (slug, name)
    assert record.aliases == (() if printed == name else (printed,))


@pytest.mark.parametrize(
    "printed",
    ["Ortega", "Sen. Ortega", "Judge Ortega", "De La Ortega", "Ana O.", "Ortega Jr.", "Mr. Ortega", "", "."],
)
def test_a_name_that_tells_nobody_is_refused(printed: str) -> None:
    assert person_record(printed) is None


@pytest.mark.parametrize("printed", ["Tom Homan", "Thomas Homan", "Thomas D. Homan", "Mr. Tom Homan"])
def test_other_names_of_one_person_lead_to_one_record(printed: str) -> None:
    record = person_record(printed)
    assert record is not None
    assert (record.slug, record.name) == ("thomas-homan", "Thomas Homan")
    assert "Thomas Homan" not in record.aliases
    assert record.name_slug == ("tom-homan" if "Tom" in printed else None)


@pytest.mark.parametrize(
    ("text", "names", "full"),
    [
        ("Ana Ortega Vega won. Ortega Vega spoke.", ["Ana Ortega Vega", "Ortega Vega"], "Ana Ortega Vega"),
        (
            "Ana B. Vander Vega won. Vander Vega spoke.",
            ["Ana B. Vander Vega", "Vander Vega"],
            "Ana B. Vander Vega",
        ),
        (
            "Ana Ortega Vega and Juan Ortega Vega met. Ortega Vega spoke.",
            ["Ana Ortega Vega", "Juan Ortega Vega", "Ortega Vega"],
            None,
        ),
        (
            "Designate Ana Ortega came. Ana Ortega spoke. Ortega left.",
            ["Designate Ana Ortega", "Ana Ortega"],
            None,
        ),
        (
            "Minority Leader Ana Ortega came. Ana Ortega spoke.",
            ["Minority Leader Ana Ortega", "Ana Ortega"],
            None,
        ),
        ("Ortega Vega spoke.", ["Ortega Vega"], None),
    ],
)
def test_a_last_name_of_two_words_goes_by_the_one_full_name(
    text: str, names: list[str], full: str | None
) -> None:
    assert full_names(names, text=text) == ({} if full is None else {fold(names[-1]): full})
