from datetime import UTC, datetime

import pytest

from app.domain.article import Precision
from app.readers.dates import parse_published

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
YEAR, MONTH, DAY, INSTANT = Precision

KNOWN = [
    ("2020", (2020, 1, 1), YEAR),
    ("2020-02", (2020, 2, 1), MONTH),
    ("February 2020", (2020, 2, 1), MONTH),
    ("Feb., 2020", (2020, 2, 1), MONTH),
    ("2020-02-14", (2020, 2, 14), DAY),
    ("20200214", (2020, 2, 14), DAY),
    ("2020/2/14", (2020, 2, 14), DAY),
    ("2020.02.14", (2020, 2, 14), DAY),
    ("2020-W07-5", (2020, 2, 14), DAY),
    ("2/14/2020", (2020, 2, 14), DAY),
    ("14/2/2020", (2020, 2, 14), DAY),
    ("1/1/2020", (2020, 1, 1), DAY),
    ("Feb. 14, 2020", (2020, 2, 14), DAY),
    ("February 14, 2020", (2020, 2, 14), DAY),
    ("FEB 14 2020", (2020, 2, 14), DAY),
    ("Friday, Feb. 14, 2020", (2020, 2, 14), DAY),
    ("Fri. February 14th, 2020", (2020, 2, 14), DAY),
    ("14 February 2020", (2020, 2, 14), DAY),
    ("14 Feb. 2020", (2020, 2, 14), DAY),
    ("Sept. 3, 2019", (2019, 9, 3), DAY),
    ("May 5, 2019", (2019, 5, 5), DAY),
    (" Feb. 14,\n2020 ", (2020, 2, 14), DAY),
    ("Feb. 29, 2020", (2020, 2, 29), DAY),
    # a time without a zone is known to the day
    ("2020-02-14T09:30:00", (2020, 2, 14), DAY),
    ("2020-02-14 09:30", (2020, 2, 14), DAY),
    ("Feb. 14, 2020, 9:30 a.m. ET", (2020, 2, 14), DAY),
    ("February 14, 2020 at 17:05 EST", (2020, 2, 14), DAY),
    ("Fri, 14 Feb 2020 17:05:00 XYZ", (2020, 2, 14), DAY),
    ("Fri, 14 Feb 2020 17:05:00", (2020, 2, 14), DAY),
    ("Fri, 14 Feb 2020 17:05:00 -0000", (2020, 2, 14), DAY),
    # instants, in UTC
    ("2020-02-14T09:30:00Z", (2020, 2, 14, 9, 30), INSTANT),
    ("2020-02-14T09:30:00+00:00", (2020, 2, 14, 9, 30), INSTANT),
    ("2020-02-14T23:30:00-05:00", (2020, 2, 15, 4, 30), INSTANT),
    ("2020-02-14 09:30 UTC", (2020, 2, 14, 9, 30), INSTANT),
    ("2020-02-14 09:30:00 -0500", (2020, 2, 14, 14, 30), INSTANT),
    ("2020-02-14T09:30:00.123456789Z", (2020, 2, 14, 9, 30, 0, 123456), INSTANT),
    ("20200214T093000Z", (2020, 2, 14, 9, 30), INSTANT),
    ("Fri, 14 Feb 2020 17:05:00 GMT", (2020, 2, 14, 17, 5), INSTANT),
    ("Fri, 14 Feb 2020 17:05:00 -0500", (2020, 2, 14, 22, 5), INSTANT),
    # the edges
    ("2020-03-02T11:59:00Z", (2020, 3, 2, 11, 59), INSTANT),
    ("2020-03-02", (2020, 3, 2), DAY),
    ("1900-01-02", (1900, 1, 2), DAY),
    ("1901", (1901, 1, 1), YEAR),
]

UNKNOWN = [
    ("2020-03-03", "future"),
    ("March 2021", "future"),
    ("1900-01-01", "outside 1900-01-02..2150"),
    ("1900", "outside 1900-01-02..2150"),
    ("0001-01-01T00:00:00+14:00", "not a date"),
    ("2020-02-30", "not a date"),
    ("Feb. 31, 2020", "not a date"),
    ("2020-13", "not a date"),
    ("2020-00-10", "not a date"),
    ("3/4/2020", "two ways"),
    ("14/15/2020", "not a date"),
    ("yesterday", "known form"),
    ("Feb. 14", "known form"),
    ("14.02.2020", "known form"),
    ("12", "known form"),
    ("Smarch 3, 2020", "known form"),
    ("٢٠٢٠-٠٢-١٤", "known form"),
    ("2020-02-14 and more", "not a date"),
    ("x" * 1500, "known form"),
]


@pytest.mark.parametrize(("value", "parts", "precision"), KNOWN)
def test_known_forms(value: str, parts: tuple[int, ...], precision: Precision) -> None:
    at = datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type] # year, month, day and perhaps a time
    assert parse_published(value, now=NOW) == (at, precision, None)


@pytest.mark.parametrize(("value", "said"), UNKNOWN)
def test_what_cannot_be_told_is_unknown_with_a_warning(value: str, said: str) -> None:
    published = parse_published(value, now=NOW)
    assert (published.at, published.precision) == (None, None)
    assert published.warning is not None
    assert said in published.warning
    assert len(published.warning) < 200


@pytest.mark.parametrize("value", ["", "  "])
def test_no_date_is_no_warning(value: str) -> None:
    assert parse_published(value, now=NOW) == (None, None, None)


def test_the_far_end_of_the_range() -> None:
    late = datetime(2500, 1, 1, tzinfo=UTC)
    assert parse_published("2149-12-31", now=late).precision == DAY
    assert "outside" in (parse_published("2150-01-01", now=late).warning or "")
