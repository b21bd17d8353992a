import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.readers.normalise import normalise_in_place, normalise_line, normalise_text

NORMALISED = [
    ("One.\r\nTwo.\rThree.\u2028Four.\u2029Five.", "One.\nTwo.\nThree.\nFour.\nFive."),
    ("Ana Ortega\u00a0said\tno.\u2009Twice.\u3000", "Ana Ortega said no. Twice."),
    ("two  spaces \u00a0stay", "two  spaces  stay"),
    ("a line  \nand its end\t\n\n\n", "a line\nand its end"),
    ("\n\n  first", "  first"),
    ("sanc\u00adtu\u200bary\ufeff", "sanctuary"),
    ("\u202aleft\u202c \u2066to\u2069 right", "left to right"),
    ("Jose\u0301 Nu\u0301n\u0303ez", "José Núñez"),
    ("form\ffeed\x07", "form\nfeed"),
    ("“curly,” ‘single’ \"straight\" 'too'", "“curly,” ‘single’ \"straight\" 'too'"),
    ('mismatched “ and "', 'mismatched “ and "'),
    ("para one\n\npara two", "para one\n\npara two"),
    # damaged encoding
    ("â€œWe will not,â€\x9d she said â€” itâ€™s over.", "“We will not,” she said — it’s over."),
    ("MarÃ\xada PeÃ±a", "María Peña"),
    ("Ã¢Â\x80Â\x9cTwice damaged", "“Twice damaged"),
    ("protegA\u0303\u00a9", "protegé"),  # damaged, then taken apart
    ("it\x92s a C1 quote\x85", "it’s a C1 quote…"),
    ("Smith &amp; Ortega say &#8220;no&#8221;", "Smith & Ortega say “no”"),
    ("an ofﬁce", "an office"),
    ("\x1b[31mred\x1b[0m &lt;", "red <"),
    # what only looks damaged
    ("Peña, Núñez and García – ¿qué? £5 §7 ½", "Peña, Núñez and García – ¿qué? £5 §7 ½"),
    ("AT&T; R&D", "AT&T; R&D"),
    ("市长说，不会。", "市长说，不会。"),
    # joiners: kept inside emoji and other scripts
    ("👩\u200d👧 and می\u200cخواهم", "👩\u200d👧 and می\u200cخواهم"),
    ("a\u200db\u200c\u200d", "ab"),
    ("half \ud83d gone", "half \ufffd gone"),
]


@pytest.mark.parametrize(("text", "expected"), NORMALISED)
def test_text_is_normalised(text: str, expected: str) -> None:
    assert normalise_text(text) == expected


@pytest.mark.parametrize("expected", [expected for _, expected in NORMALISED])
def test_a_normalised_text_stays_as_it_is(expected: str) -> None:
    assert normalise_text(expected) == expected


@given(st.text())
def test_nothing_that_would_shift_or_hide_is_left(text: str) -> None:
    result = normalise_text(text)
    assert not set(result) & set("\r\t\0\u00a0\u200b\ufeff\u2028")
    assert all(line == line.rstrip(" ") for line in result.split("\n"))
    result.encode("utf-8")


@given(st.text(alphabet=st.characters(max_codepoint=0x7E, min_codepoint=0x20, exclude_characters="&")))
def test_plain_ascii_is_only_trimmed(text: str) -> None:
    assert normalise_text(text) == text.rstrip(" ")


@given(st.text())
def test_in_place_keeps_every_offset(text: str) -> None:
    result = normalise_in_place(text)
    assert len(result) == len(text)
    changed = {old for old, new in zip(text, result, strict=True) if old != new}
    assert not any(character.isalnum() or character in "\"'“”‘’" for character in changed)
    result.encode("utf-8")


def test_in_place_makes_line_ends_and_spaces_plain() -> None:
    assert normalise_in_place("a\r\nb\rc\u00a0d\te\u2029") == "a \nb\nc d e\n"
    assert normalise_in_place("\x93No,\x94 she said\x97twice\x81") == "“No,” she said—twice "


def test_a_short_field_is_one_line() -> None:
    assert normalise_line("  Mayor\nOrtega\u00a0 says\u200b no ") == "Mayor Ortega says no"


def test_long_runs_take_time_in_proportion() -> None:
    many = 200_000
    started = os.times().user
    assert normalise_text("a" + " " * many + "b") == "a" + " " * many + "b"
    assert len(normalise_text("é" + "\u200d" * many + "é")) == many + 2
    assert len(normalise_text("Ã©" * many)) == many
    assert os.times().user - started < 20  # seconds; in proportion to the square it is an hour


def test_the_seed_article_keeps_its_offsets(shared: Path) -> None:
    path = shared / "corpora/seed-article/border-agents-sanctuary-cities.txt"
    given_text = path.read_text(encoding="utf-8")
    assert normalise_text(given_text) == given_text.replace("\u00a0", " ")
