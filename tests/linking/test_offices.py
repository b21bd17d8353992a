from datetime import date

import pytest

from app.linking.article import Indexes


@pytest.mark.parametrize(
    ("last", "title", "on", "name"),
    [
        ("Bush", "President", date(1990, 5, 1), "George H. W. Bush"),
        ("Bush", "President", date(2006, 5, 1), "George W. Bush"),
        ("Bush", "U.S. President", date(2006, 5, 1), "George W. Bush"),
        ("Biden", "Vice President", date(2014, 5, 1), "Joe Biden"),
        ("Trump", "President-elect", date(2016, 12, 1), "Donald Trump"),
        ("Clinton", "former President", date(2015, 5, 1), "Bill Clinton"),
        ("Obama", "President", date(2018, 5, 1), "Barack Obama"),
        ("Trump", "President", None, "Donald Trump"),
        ("Bush", "President", None, None),
        ("Bush", "President", date(2015, 5, 1), None),
        ("Trump", "President", date(1999, 5, 1), None),
        ("Obama", "Senator", date(2006, 5, 1), None),
        ("Obama", "Bank President", date(2012, 5, 1), None),
        ("Ortega", "President", date(2012, 5, 1), None),
    ],
)
def test_whom_an_office_and_a_last_name_mean(
    indexes: Indexes, last: str, title: str, on: date | None, name: str | None
) -> None:
    assert indexes.offices.holder(last, title, on=on) == name
