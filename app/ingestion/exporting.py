"""A corpus as JSON Lines: `dateline export`, which `dateline ingest` takes in again without extracting."""

from collections.abc import Iterator

from sqlalchemy import Engine

from app.ingestion.database import require_current
from app.schemas.exchange import HEADER, to_line
from app.storage.exporting import stored_corpus


def export_lines(engine: Engine) -> Iterator[str]:
    """Yield the lines of an export, without their ends: of one state of the corpus, read in pieces.

    Raises DatabaseNotReadyError.
    """
    with engine.connect() as connection:
        require_current(connection)
        yield HEADER
        yield from map(to_line, stored_corpus(connection))
