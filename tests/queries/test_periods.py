from datetime import UTC, datetime

import pytest

from app.db.article_ids import FIRST_DATED, first_id
from app.queries.periods import LAST_ID, IdRange, Period, parse_period, published_between


def at(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[misc, arg-type] # year, month, day, ...


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020", at(2020, 1, 1), at(2021, 1, 1)),
        ("2020-02", at(2020, 2, 1), at(2020, 3, 1)),
        ("2020-12", at(2020, 12, 1), at(2021, 1, 1)),
        ("2020-02-29", at(2020, 2, 29), at(2020, 3, 1)),
        ("2020-02-29T10:30Z", at(2020, 2, 29, 10, 30), at(2020, 2, 29, 10, 31)),
        ("2020-02-29T10:30:05Z", at(2020, 2, 29, 10, 30, 5), at(2020, 2, 29, 10, 30, 6)),
        ("2020-02-29T10:30:05.000Z", at(2020, 2, 29, 10, 30, 5), at(2020, 2, 29, 10, 30, 6)),
        ("2020-02-29T01:00:00+05:30", at(2020, 2, 28, 19, 30), at(2020, 2, 28, 19, 30, 1)),
        ("0001", at(1, 1, 1), at(2, 1, 1)),
        ("9999", at(9999, 1, 1), None),
        ("9999-12", at(9999, 12, 1), None),
        ("9999-12-31", at(9999, 12, 31), None),
    ],
)
def test_a_period_is_as_long_as_its_precision(text: str, start: datetime, end: datetime | None) -> None:
    assert parse_period(text) == Period(start, end)


@pytest.mark.parametrize(
    "text",
    [
        "0000",
        "20",
        "2020-13",
        "2019-02-29",
        "2020-2-1",
        "02/14/2020",
        "2020-02-14T12:00:00",
        "2020-02-14T12:00:00 02:00",
        "2020-02-14T12:00:00.5Z",
        "2020-02-14T25:00Z",
        "٢٠٢٠",
        "yesterday",
        "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Give a year"):
        parse_period(text)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, None),
        ("2020", None, IdRange(first_id(at(2020, 1, 1)), LAST_ID)),
        (None, "2020", IdRange(FIRST_DATED, first_id(at(2021, 1, 1)))),
        ("2020", "2020-02", IdRange(first_id(at(2020, 1, 1)), first_id(at(2020, 3, 1)))),
        ("1700", None, IdRange(FIRST_DATED, LAST_ID)),
        (None, "1700", IdRange(FIRST_DATED, FIRST_DATED)),
        ("3000", None, IdRange(LAST_ID, LAST_ID)),
        (None, "9999", IdRange(FIRST_DATED, LAST_ID)),
    ],
)
def test_periods_are_ranges_of_ids(start: str | None, end: str | None, expected: IdRange | None) -> None:
    first, last = (None if text is None else parse_period(text) for text in (start, end))
    assert published_between(first, last) == expected
