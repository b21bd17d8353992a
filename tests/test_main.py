"""The composition root: quick to start, and free of what only the job needs."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.db.engine import UnsupportedDatabaseError
from app.main import create_app
from app.settings import Settings
from tests.conftest import ROOT

JOB_ONLY = (
    *("spacy", "thinc", "numpy", "nameparser", "ftfy", "py3langid", "yaml"),
    *("lxml", "trafilatura", "courlan", "feedparser", "fastwarc", "pyarrow"),
    *("app.fetching", "urllib3", "protego"),
)
SERVE = f"""
import sys
import app.cli.application
from app.main import create_app
create_app().openapi()
print(*(name for name in {JOB_ONLY!r} if name in sys.modules))
"""


def test_serving_needs_nothing_of_the_job(tmp_path: Path) -> None:
    """Neither the commands, of which it is one, nor the application."""
    environment = os.environ | {"DATELINE_DATABASE_URL": f"sqlite:///{tmp_path}/none.db"}
    made = subprocess.run(
        [sys.executable, "-c", SERVE], env=environment, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert made.stdout.split() == []


@pytest.mark.parametrize("url", ["mysql://localhost/dateline", "nonsense"])
def test_another_database_is_refused_at_once(url: str) -> None:
    with pytest.raises(UnsupportedDatabaseError):
        create_app(Settings(database_url=url))
