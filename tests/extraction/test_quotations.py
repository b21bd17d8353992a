import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction.paragraphs import find_paragraphs
from app.extraction.quotations import Quotation, find_quotations

MARKS = 20_000


def quotations(text: str) -> list[Quotation]:
    return find_quotations(text, find_paragraphs(text))


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("“Stay calm,” she said. “Stay in.”", ["Stay calm,", "Stay in."]),
        ('"Stay calm," she said.', ["Stay calm,"]),
        ('“Stay calm," she said. "Stay in.”', ["Stay calm,", "Stay in."]),
        ("''Stay calm,'' she said.", ["Stay calm,"]),
        ("``Stay calm,'' she said.", ["Stay calm,"]),
        ("«Stay calm», she said.", ["Stay calm"]),
        ("“He told me ‘no’ twice,” she said.", ["He told me ‘no’ twice,"]),
        ("“The “quiet” law,” she said.", ["The “quiet” law,"]),
        ("‘Stay calm,’ she said.", ["Stay calm,"]),
        ("'We don't know the workers' names,' she said.", ["We don't know the workers' names,"]),
        ("The ’90s and the workers' rights and rock 'n' roll.", []),
        ("It's the ‘quiet’ law of '96.", ["quiet"]),
        ('He is 6\'2" tall and said "no way."', ["no way."]),
        ('A 12" pipe.', []),
        ("Stray” marks” only.", []),
        ("“Stay calm, she said. “Stay in,” she added.", ["Stay in,"]),
        ("", []),
    ],
)
def test_regions_in_quotation_marks(text: str, inner: list[str]) -> None:
    assert [quotation.inner.of(text) for quotation in quotations(text)] == inner


def test_an_unclosed_quotation_runs_on_where_the_mark_is_repeated() -> None:
    text = "“One.\n\n“Two.\n\n“Three,” she said. “Four.”"
    assert [(q.inner.of(text), q.closed, q.continues) for q in quotations(text)] == [
        ("One.", False, False),
        ("Two.", False, True),
        ("Three,", True, True),
        ("Four.", True, False),
    ]


def test_an_unclosed_quotation_runs_on_into_a_paragraph_that_closes_it() -> None:
    text = "“One.\nTwo,” she said."
    assert [(q.inner.of(text), q.continues) for q in quotations(text)] == [("One.", False), ("Two,", True)]


@pytest.mark.parametrize(
    "piece", ['"', "“", "'", "‘ ", ' " a ', "''", "“a ", "”", "\n“", "'s ", "“ ‘", "\n\"'"]
)
def test_thousands_of_marks_are_paired(piece: str) -> None:
    text = piece * MARKS
    found = quotations(text)
    assert len(found) <= MARKS
    assert all(q.span.of(text)[:1] in "\"'“”‘" for q in found)


@given(st.text(alphabet="aB .,\n\"'“”‘’«»`", max_size=120))
def test_regions_are_in_order_apart_and_inside_their_paragraph(text: str) -> None:
    paragraphs = find_paragraphs(text)
    end = 0
    for quotation in find_quotations(text, paragraphs):
        line = paragraphs[quotation.paragraph]
        assert end <= quotation.span.start < quotation.span.end <= line.end
        assert line.start <= quotation.span.start
        assert quotation.span.start <= quotation.inner.start <= quotation.inner.end <= quotation.span.end
        end = quotation.span.end
