"""The composition root: quick to start, and free of what only the job needs."""

import subprocess
import sys

import pytest

from app.db.engine import UnsupportedDatabaseError
from app.main import create_app
from app.settings import Settings

JOB_ONLY = (
    "spacy",
    "nameparser",
    "ftfy",
    "courlan",
    "py3langid",
    "yaml",
    "lxml",
    "pyarrow",
    "thinc",
    "numpy",
)
SERVE = f"""
import sys
from app.main import create_app
create_app().openapi()
print(*(name for name in {JOB_ONLY!r} if name in sys.modules))
"""


def test_serving_needs_nothing_of_the_job() -> None:
    made = subprocess.run([sys.executable, "-c", SERVE], capture_output=True, text=True, check=True)
    assert made.stdout.split() == []


@pytest.mark.parametrize("url", ["mysql://localhost/dateline", "nonsense"])
def test_another_database_is_refused_at_once(url: str) -> None:
    with pytest.raises(UnsupportedDatabaseError):
        create_app(Settings(database_url=url))
