"""Loads all that the job needs; what is forked off the process that imported this can begin at once."""

import gc
import tempfile
from dataclasses import replace
from pathlib import Path

from app.cli.application import GARBAGE
from app.db.engine import writing_engine
from app.ingestion.job import run_ingestion
from tests.ingestion.job_processes import OPTIONS, write_articles

gc.set_threshold(GARBAGE)  # as the command does
writing_engine("postgresql://nobody@127.0.0.1/none").dispose()  # imports the driver
with tempfile.TemporaryDirectory() as folder:
    nowhere = writing_engine(f"sqlite:///{folder}/none.db")
    written = write_articles(Path(folder) / "one.jsonl", 1)
    run_ingestion([written], engine=nowhere, options=replace(OPTIONS, dry_run=True))
    nowhere.dispose()
gc.freeze()  # or every process would walk through, and thereby copy, all that it was given
