from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from app.db.engine import writing_engine
from app.storage.topics import load_topics
from tests.storage.linked import TAXONOMY


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = writing_engine(database_url)
    with made.begin() as opened:
        load_topics(opened, TAXONOMY)
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as opened:
        yield opened
