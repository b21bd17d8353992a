import pytest

from app.linking.article import Indexes, load_indexes


@pytest.fixture(scope="session")
def indexes() -> Indexes:
    return load_indexes()
