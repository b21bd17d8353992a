"""Measure saving: articles a CPU second, annotated and linked before, into both databases.

    python -m benchmarks.saving [--articles N] [--batch N] [--database sqlite|postgresql] [--statements N]

CPU time is that of this process and, with PostgreSQL, of the process that serves it; not that of the
server's own helpers, which write to disk behind it. The server has to run on this machine.
"""

import argparse
import gc
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from app.db.engine import writing_engine
from app.domain.links import LinkedArticle
from app.ingestion.database import prepare, writing
from app.storage.saving import save
from benchmarks import corpus
from benchmarks.databases import KINDS, database_server, new_database, server_seconds
from benchmarks.population import population

STATEMENTS = 15  # as many as an article of real news has; the read path is measured with fewer
BATCH = 250  # articles a transaction


class Cost(NamedTuple):
    """CPU seconds that saving took."""

    here: float
    server: float

    @property
    def total(self) -> float:
        """Return both together: what one core would need."""
        return self.here + self.server


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000, help="articles to save (2000)")
    parser.add_argument("--batch", type=int, default=BATCH, help=f"articles a transaction ({BATCH})")
    parser.add_argument("--database", choices=KINDS, action="append", help="one of them (both)")
    parser.add_argument("--statements", type=int, default=STATEMENTS, help=f"an article ({STATEMENTS})")
    asked = parser.parse_args()
    made = corpus.articles(asked.articles, population=population(), statements=asked.statements)
    articles = list(made)
    words = sum(len(linked.annotated.article.text.split()) for linked in articles)
    print(
        f"{len(articles):,} articles of {asked.statements} statements and {words / len(articles):.0f} words"
    )
    gc.freeze()  # else the collector walks over all of them again and again, as no run of the job makes it
    for kind in asked.database or KINDS:
        with tempfile.TemporaryDirectory() as folder, database_server(kind, Path(folder)) as server:
            for url in new_database(server, Path(folder)):
                cost = _cost(url, articles, asked.batch)
                each = cost.total / len(articles)
                print(
                    f"{kind}: {1 / each:,.0f} articles a CPU second, {each * 1000:.2f} ms an article "
                    f"({cost.here / len(articles) * 1000:.2f} here, "
                    f"{cost.server / len(articles) * 1000:.2f} in the server)"
                )


def _cost(url: str, articles: Sequence[LinkedArticle], batch: int) -> Cost:
    engine = writing_engine(url)
    prepare(engine)
    begin, began = time.process_time(), server_seconds(engine)
    for first in range(0, len(articles), batch):
        with writing(engine) as connection:
            save(connection, articles[first : first + batch], now=datetime.now(UTC))
    cost = Cost(time.process_time() - begin, server_seconds(engine) - began)
    engine.dispose()
    return cost


if __name__ == "__main__":
    main()
