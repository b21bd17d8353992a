import pytest

from app.extraction.paragraphs import find_paragraphs, report_start


def test_paragraphs_are_the_lines_without_the_space_around_them() -> None:
    text = "  One. \n\n\n\tTwo\r\nThree"
    assert [span.of(text) for span in find_paragraphs(text)] == ["One.", "Two", "Three"]
    assert find_paragraphs(" \n \n") == []


@pytest.mark.parametrize(
    ("line", "report"),
    [
        ("WASHINGTON — The mayor spoke.", "The mayor spoke."),
        ("TUCSON, Ariz. (AP) — The mayor spoke.", "The mayor spoke."),
        ("(CNN) - The mayor spoke.", "The mayor spoke."),
        ("EL PASO, Texas, July 19 (UPI) -- The mayor spoke.", "The mayor spoke."),
        ("Ana Ortega — the mayor — spoke.", "Ana Ortega — the mayor — spoke."),
        ("A-list guests spoke.", "A-list guests spoke."),
        ("— Ana Ortega", "— Ana Ortega"),
    ],
)
def test_a_report_begins_behind_its_dateline(line: str, report: str) -> None:
    (paragraph,) = find_paragraphs(line)
    assert line[report_start(line, paragraph) :] == report
