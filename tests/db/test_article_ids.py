from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.db.article_ids import EARLIEST, FIRST_DATED, LATEST, article_id

instants = st.datetimes(datetime(1900, 1, 2), datetime(2150, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@given(earlier=instants, later=instants, key=st.text(max_size=12))
def test_ids_follow_publication_time(earlier: datetime, later: datetime, key: str) -> None:
    if later - earlier >= timedelta(seconds=1):
        assert article_id(earlier, key) < article_id(later, "x" + key)


@given(published_at=instants, key=st.text(max_size=12))
def test_ids_fit_a_signed_64_bit_integer(published_at: datetime, key: str) -> None:
    assert FIRST_DATED <= article_id(published_at, key) < 2**63


def test_undated_articles_come_before_all_dated_ones() -> None:
    assert article_id(None, "k") < FIRST_DATED <= article_id(EARLIEST, "k")
    assert article_id(LATEST, "k") < FIRST_DATED
