import random

import pytest

from app.domain.copies import BANDS, BANDS_OF_BEGINNING, LEAST_BANDS, are_copies, bands, shingles
from tests.made_prose import prose, sentences

WIRE = prose(1, 30)
OWN = prose(2, 3)
QUOTED = "“" + " ".join(sentences(3, 12)) + "”"


def shortened(text: str, part: float) -> str:
    words = text.split(" ")
    return " ".join(words[: int(len(words) * part)])


def without_paragraphs(text: str, *places: int) -> str:
    return "\n\n".join(p for place, p in enumerate(text.split("\n\n")) if place not in places)


def mistyped(text: str, part: float) -> str:
    draw = random.Random(5)  # noqa: S311 - not for secrets
    return " ".join(word for word in text.split(" ") if draw.random() > part)


COPIES = {
    "equal": WIRE,
    "in other marks and case": WIRE.upper().replace(".", " –"),
    "in other paragraphs": " ".join(WIRE.split()),
    "shortened to a half": shortened(WIRE, 0.5),
    "shortened to a third": shortened(WIRE, 0.34),
    "with lines of the outlet's": f"{OWN}\n\n{WIRE}\n\nRead on in our paper.",
    "shortened, with lines of the outlet's": f"{prose(4, 2)}\n\n{shortened(WIRE, 0.6)}",
    "without some paragraphs": without_paragraphs(WIRE, 3, 5, 6),
    "edited here and there": mistyped(WIRE, 0.03),
}
OTHERS = {
    "of other words": prose(6, 30),
    "with a paragraph in common": f"{prose(7, 24)}\n\n{WIRE.split(chr(10))[0]}",
    "with a half of its own": f"{shortened(WIRE, 0.3)}\n\n{prose(8, 9)}",
}


@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES.keys())
def test_copies_are_told_both_ways_and_found(copy: str) -> None:
    one, other = shingles(WIRE), shingles(copy)
    assert are_copies(one, other)
    assert are_copies(other, one)
    assert len({*bands(WIRE)} & {*bands(copy)}) >= LEAST_BANDS


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS.keys())
def test_other_texts_are_no_copies(other: str) -> None:
    assert not are_copies(shingles(WIRE), shingles(other))
    assert not are_copies(shingles(other), shingles(WIRE))


def test_reports_that_quote_the_same_at_length_are_no_copies() -> None:
    one, other = f"{prose(9, 6)}\n\n{QUOTED}", f"{prose(10, 6)}\n\n{QUOTED}"
    assert not are_copies(shingles(one), shingles(other))


def test_prose_alone_makes_no_copy_of_other_quotations() -> None:
    said = "“" + " ".join(sentences(11, 12)) + "”"
    one, other = f"{prose(9, 6)}\n\n{QUOTED}", f"{prose(9, 6)}\n\n{said}"
    assert not are_copies(shingles(one), shingles(other))


def test_a_speech_is_a_copy_of_the_equal_one_alone() -> None:
    same = QUOTED.replace("“", '"').replace("”", '"')
    assert are_copies(shingles(QUOTED), shingles(same))
    assert len({*bands(QUOTED)} & {*bands(same)}) >= LEAST_BANDS
    assert not are_copies(shingles(QUOTED), shingles(f"{QUOTED} And more."))


def test_short_equal_texts_are_no_copies() -> None:
    notice = "To read on, buy our paper or sign in to your account."
    assert bands(notice) == ()
    assert not are_copies(shingles(notice), shingles(notice))
    assert bands("") == ()


def test_bands_are_the_same_on_every_machine_and_fit_a_column() -> None:
    found = bands(WIRE)
    assert len(found) == len({*found}) == BANDS + BANDS_OF_BEGINNING
    assert all(0 <= band < 2**63 for band in found)
    assert found[:3] == (
        8911338122640217029,
        4895882164148225685,
        5224870563088872284,
    )  # stored corpora rely on it
