from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine

from app.db.engine import writing_engine


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    made = writing_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as opened:
        yield opened
