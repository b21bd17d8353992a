from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from app.db.engine import reading_engine
from tests.queries.world import world_url

__all__ = ["world_url"]


@pytest.fixture
def world(world_url: str) -> Iterator[Connection]:
    engine = reading_engine(world_url, timeout_seconds=5, connections=1)
    with engine.connect() as connection:
        yield connection
    engine.dispose()
