from datetime import UTC, datetime

from app.db.engine import writing_engine
from app.storage.watched import Watched, keep_watched, watched_inputs


def test_what_is_known_of_an_input_takes_the_place_of_what_was(database_url: str) -> None:
    feed = Watched(
        origin="https://elm.example/feed",
        version="1",
        etag='"é"',
        last_modified="then",
        failures=2,
        next_at=datetime(2023, 5, 1, tzinfo=UTC),
    )
    file = Watched(origin="/news/a.txt", version="1:2:3")
    engine = writing_engine(database_url)
    with engine.begin() as connection:
        keep_watched(connection, [feed, file])
        newer = Watched(origin=file.origin, version="4:5:6")
        keep_watched(connection, [newer])
        keep_watched(connection, [])
        known = watched_inputs(connection, [feed.origin, file.origin, "https://elm.example/other"])
    engine.dispose()
    assert known == {feed.origin: feed, newer.origin: newer}
