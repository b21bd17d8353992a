"""A corpus of a few articles, built once a session: most of its cost are the known places."""

from pathlib import Path

import pytest

from benchmarks.databases import database

SIZE = 60


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder that keeps a corpus of `SIZE` articles."""
    folder = tmp_path_factory.mktemp("corpora")
    database(None, SIZE, folder=folder)
    return folder
